import django.db.models.deletion
from django.db import migrations, models

from config.triggers import AddNamedField


class Migration(migrations.Migration):
    dependencies = [("annotation", "0015_query_dropped_by")]

    operations = [
        AddNamedField(
            model_name="query",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="annotation.query",
                verbose_name="merged into",
            ),
        ),
    ]
