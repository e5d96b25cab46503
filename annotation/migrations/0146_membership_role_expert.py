from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0145_event_verbs_of_references"),
    ]

    operations = [
        migrations.AlterField(
            model_name="membership",
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
