from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0104_event_verbs_of_scorers"),
    ]

    operations = [
        refuse(
            name="scorer_of_its_project",
            table="annotation_scorer",
            events="INSERT OR UPDATE",
            when="NEW.trained_on_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM annotation_release r WHERE r.id = "
            "NEW.trained_on_id AND r.project_id = NEW.project_id)",
            message="a scorer is trained on a release of its project",
        )
    ]
