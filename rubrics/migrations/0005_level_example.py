"""An example per level; null, so that SQLite adds the column and keeps the table's triggers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rubrics", "0004_rubric_translations"),
    ]

    operations = [
        migrations.AddField(
            model_name="level",
            name="example",
            field=models.TextField(blank=True, null=True, verbose_name="example"),
        ),
    ]
