from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0002_score_of_its_rubric")]

    operations = [
        refuse(
            name="score_never_changes",
            table="annotation_score",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="a score never changes: an edit is the next revision",
        ),
    ]
