import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0161_queries_of_search_entries"),
    ]

    operations = [
        migrations.AlterField(
            model_name="searchentry",
            name="query",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="search_entries",
                to="annotation.query",
                verbose_name="query",
            ),
        ),
    ]
