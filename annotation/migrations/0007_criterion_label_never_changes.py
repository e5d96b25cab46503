from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0006_label_never_changes")]

    operations = [
        refuse(
            name="criterion_label_never_changes",
            table="annotation_criterionlabel",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="the labels of a release never change",
        ),
    ]
