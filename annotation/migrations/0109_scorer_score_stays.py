from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0108_scorer_run_stays"),
    ]

    operations = [
        refuse(
            name="scorer_score_stays",
            table="annotation_scorerscore",
            events="UPDATE OR DELETE",
            when="1 = 1",
            message="a score of a scorer never changes",
        )
    ]
