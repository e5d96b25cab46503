from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0005_release_never_changes")]

    operations = [
        refuse(
            name="label_never_changes",
            table="annotation_label",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="the labels of a release never change",
        ),
    ]
