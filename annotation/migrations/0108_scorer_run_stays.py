from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0107_scorer_never_deleted"),
    ]

    operations = [
        refuse(
            name="scorer_run_stays",
            table="annotation_scorerrun",
            events="UPDATE OR DELETE",
            when="1 = 1",
            message="a run of a scorer never changes",
        )
    ]
