from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0037_event_verbs")]

    operations = [
        refuse(
            name="adjudication_decided_once_revealed",
            table="annotation_adjudication",
            events="INSERT OR UPDATE",
            when="NEW.outcome = 'decided' AND NOT EXISTS (SELECT 1 FROM annotation_casereview r WHERE "
            "r.adjudication_id = NEW.id AND r.adjudicator_id = NEW.decided_by_id AND r.revealed_at IS NOT "
            "NULL)",
            message="a case is decided by an adjudicator to whom the scores were revealed",
        )
    ]
