from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0043_decision_never_changes")]

    operations = [
        refuse(
            name="comment_on_a_decision",
            table="annotation_casecomment",
            events="INSERT",
            when="NOT EXISTS (SELECT 1 FROM annotation_adjudication c WHERE c.id = NEW.adjudication_id AND "
            "c.decided_at IS NOT NULL)",
            message="a case is commented on after its decision",
        )
    ]
