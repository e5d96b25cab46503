from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0025_possible_duplicate")]

    operations = [
        refuse(
            name="pair_of_its_project",
            table="annotation_possibleduplicate",
            events="INSERT OR UPDATE",
            when="(SELECT count(*) FROM annotation_query q WHERE q.id IN (NEW.first_id, NEW.second_id) "
            "AND q.project_id = NEW.project_id) <> 2",
            message="a pair holds two queries of its project",
        ),
    ]
