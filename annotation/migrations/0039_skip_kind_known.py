from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0038_skip_kind")]

    operations = [
        migrations.AddConstraint(
            model_name="skip",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["broken_image", "unclear_query", "harmful", "conflict", "other"])),
                name="skip_kind_known",
            ),
        ),
    ]
