from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0004_revision_never_changes")]

    operations = [
        refuse(
            name="release_never_changes",
            table="annotation_release",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="a release never changes",
        ),
    ]
