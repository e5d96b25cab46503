from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0177_membership_once_per_role"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role__in", ["annotator", "manager"])),
                fields=("project", "user"),
                name="membership_annotator_or_manager",
            ),
        )
    ]
