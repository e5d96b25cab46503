from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0080_project_template")]

    operations = [
        migrations.AddField(
            model_name="project",
            name="score_without_feedback",
            field=models.BooleanField(default=False, verbose_name="the overall alone where no feedback fits the label"),
        )
    ]
