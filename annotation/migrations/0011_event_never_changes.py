from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0010_task_of_its_project")]

    operations = [
        refuse(
            name="event_never_changes",
            table="annotation_event",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="what happened never changes",
        ),
    ]
