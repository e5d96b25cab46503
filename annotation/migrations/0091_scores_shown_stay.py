from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0090_participation_ended_without_membership")]

    operations = [
        refuse(
            name="scores_shown_stay",
            table="annotation_scoresshown",
            events="UPDATE OR DELETE",
            when="1 = 1",
            message="what somebody has been shown never changes",
        )
    ]
