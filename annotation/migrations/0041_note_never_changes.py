from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0040_event_verbs_of_scoring")]

    operations = [
        refuse(
            name="note_never_changes",
            table="annotation_note",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="a note never changes: an edit is the next revision",
        ),
    ]
