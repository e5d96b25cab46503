from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0086_fill_participations")]

    operations = [
        refuse(
            name="membership_of_somebody_who_takes_part",
            table="annotation_membership",
            events="INSERT",
            when="NOT EXISTS (SELECT 1 FROM annotation_participation p WHERE p.project_id = NEW.project_id "
            "AND p.user_id = NEW.user_id AND p.ended_at IS NULL)",
            message="a member takes part in the project, under a name that stays",
        )
    ]
