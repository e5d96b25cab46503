from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0016_query_merged_into")]

    operations = [
        refuse(
            name="query_dropped_by_somebody",
            table="annotation_query",
            events="INSERT OR UPDATE",
            when="(NEW.dropped_at IS NULL) <> (NEW.dropped_by_id IS NULL)",
            message="a query is dropped by somebody at some time",
        ),
    ]
