from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0185_decision_cause_with_answer"),
    ]

    operations = [
        refuse(
            name="decision_never_changes",
            table="annotation_decision",
            events="UPDATE",
            when="OLD.level_id IS NOT NULL OR OLD.na OR OLD.given IS NOT NULL",
            message="a decision never changes: it is reopened",
        )
    ]
