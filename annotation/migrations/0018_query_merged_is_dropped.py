from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0017_query_dropped_by_somebody")]

    operations = [
        refuse(
            name="query_merged_is_dropped",
            table="annotation_query",
            events="INSERT OR UPDATE",
            when="NEW.merged_into_id IS NOT NULL AND (NEW.dropped_at IS NULL OR NEW.merged_into_id = NEW.id OR NOT EXISTS "
            "(SELECT 1 FROM annotation_query q WHERE q.id = NEW.merged_into_id AND q.project_id = NEW.project_id))",
            message="a query that is merged into another of its project is dropped",
        ),
    ]
