from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0019_slot_withdrawn_at")]

    operations = [
        refuse(
            name="slot_withdrawn_while_open",
            table="annotation_assignment",
            events="INSERT OR UPDATE",
            when="NEW.withdrawn_at IS NOT NULL AND NEW.annotator_id IS NOT NULL",
            message="a slot that somebody holds or has submitted is not withdrawn",
        ),
    ]
