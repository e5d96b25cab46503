from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0124_project_second_factor"),
    ]

    operations = [
        migrations.AddField(
            model_name="project",
            name="larger_share",
            field=models.FloatField(default=0, verbose_name="share of responses with more annotators"),
        ),
    ]
