from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0164_search_words_by_a_function"),
    ]

    # Added in place: Django would have SQLite remake the table, which loses its triggers, and takes long where there are many rows.
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE annotation_query ADD COLUMN language varchar(35) NOT NULL DEFAULT ''",
                    "ALTER TABLE annotation_query DROP COLUMN language",
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name="query",
                    name="language",
                    field=models.CharField(blank=True, max_length=35, verbose_name="language"),
                )
            ],
        )
    ]
