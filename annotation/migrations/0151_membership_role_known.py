from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0150_membership_without_role_known"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["annotator", "adjudicator", "expert", "manager"])), name="membership_role_known"
            ),
        ),
    ]
