from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0154_invitation_without_role_known"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["annotator", "adjudicator", "expert", "manager"])), name="invitation_role_known"
            ),
        ),
    ]
