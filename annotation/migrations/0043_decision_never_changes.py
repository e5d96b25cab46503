from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0042_blind_score_never_changes")]

    operations = [
        refuse(
            name="decision_never_changes",
            table="annotation_decision",
            events="UPDATE",
            when="OLD.cause <> ''",
            message="a decision never changes: it is reopened",
        )
    ]
