from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0041_review_of_its_project")]

    operations = [
        refuse(
            name="blind_score_never_changes",
            table="annotation_blindscore",
            events="UPDATE",
            when="1 = 1",
            message="a blind score never changes",
        )
    ]
