from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0036_draft_writer")]

    operations = [
        migrations.AddField(
            model_name="score",
            name="confidence",
            field=models.PositiveSmallIntegerField(
                blank=True, choices=[(1, "unsure"), (2, "fairly sure"), (3, "sure")], null=True, verbose_name="confidence"
            ),
        ),
    ]
