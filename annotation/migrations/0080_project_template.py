from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0079_criterion_label_never_deleted")]

    operations = [
        migrations.AddField(
            model_name="project",
            name="template",
            field=models.CharField(
                choices=[
                    ("mmie", "feedback and overall, as MMIE's scorer answers"),
                    ("scores", "the overall alone"),
                    ("criteria", "the level of each criterion, then the overall"),
                ],
                default="scores",
                max_length=20,
                verbose_name="training template",
            ),
        )
    ]
