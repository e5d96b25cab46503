from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0089_scores_shown")]

    operations = [
        refuse(
            name="participation_ended_without_membership",
            table="annotation_participation",
            events="UPDATE",
            when="NEW.ended_at IS NOT NULL AND EXISTS (SELECT 1 FROM annotation_membership m "
            "WHERE m.project_id = NEW.project_id AND m.user_id = NEW.user_id)",
            message="a membership that has ended is deleted",
        )
    ]
