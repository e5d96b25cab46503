from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0041_note_never_changes")]

    operations = [
        refuse(
            name="error_mark_never_changes",
            table="annotation_errormark",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="an error never changes: an edit is the next revision",
        ),
    ]
