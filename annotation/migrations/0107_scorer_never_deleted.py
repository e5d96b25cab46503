from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0106_scorer_withdrawal_stays"),
    ]

    operations = [
        refuse(
            name="scorer_never_deleted",
            table="annotation_scorer",
            events="DELETE",
            when="1 = 1",
            message="a scorer is never deleted: it is withdrawn",
        )
    ]
