from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0105_scorer_of_its_project"),
    ]

    operations = [
        refuse(
            name="scorer_withdrawal_stays",
            table="annotation_scorer",
            events="UPDATE",
            when="OLD.withdrawn_at IS NOT NULL",
            message="a scorer that is withdrawn never changes",
        )
    ]
