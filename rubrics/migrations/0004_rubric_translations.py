"""A rubric's words in other languages; null, so that SQLite adds the column and keeps the table's triggers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rubrics", "0003_authorship"),
    ]

    operations = [
        migrations.AddField(
            model_name="rubric",
            name="translations",
            field=models.JSONField(blank=True, null=True, verbose_name="translations"),
        ),
    ]
