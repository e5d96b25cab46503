import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from config.triggers import AddNamedField


class Migration(migrations.Migration):
    dependencies = [("annotation", "0014_query_dropped_at")]

    operations = [
        AddNamedField(
            model_name="query",
            name="dropped_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="dropped by",
            ),
        ),
    ]
