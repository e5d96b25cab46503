from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0176_membership_without_membership_once"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("project", "user", "role"), name="membership_once"),
        )
    ]
