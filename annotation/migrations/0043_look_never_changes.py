from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0042_error_mark_never_changes")]

    operations = [
        refuse(
            name="look_never_changes",
            table="annotation_look",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="a look never changes: an edit is the next revision",
        ),
    ]
