from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0003_score_never_changes")]

    operations = [
        refuse(
            name="revision_never_changes",
            table="annotation_revision",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="a revision never changes: an edit is the next revision",
        ),
    ]
