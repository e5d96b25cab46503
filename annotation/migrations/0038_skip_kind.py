from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0037_score_confidence")]

    operations = [
        migrations.AddField(
            model_name="skip",
            name="kind",
            field=models.CharField(
                choices=[
                    ("broken_image", "broken image"),
                    ("unclear_query", "unclear query"),
                    ("harmful", "harmful content"),
                    ("conflict", "conflict of interest"),
                    ("other", "other"),
                ],
                default="other",
                max_length=20,
                verbose_name="kind",
            ),
        ),
    ]
