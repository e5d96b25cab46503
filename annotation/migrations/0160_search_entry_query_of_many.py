import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0159_search_entry_without_of_one"),
    ]

    operations = [
        migrations.AlterField(
            model_name="searchentry",
            name="query",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="search_entries",
                to="annotation.query",
                verbose_name="query",
            ),
        ),
    ]
