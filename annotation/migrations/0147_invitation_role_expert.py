from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0146_membership_role_expert"),
    ]

    operations = [
        migrations.AlterField(
            model_name="invitation",
            name="role",
            field=models.CharField(
                choices=[
                    ("annotator", "annotator"),
                    ("adjudicator", "adjudicator"),
                    ("expert", "expert"),
                    ("manager", "manager"),
                ],
                max_length=20,
                verbose_name="role",
            ),
        ),
    ]
