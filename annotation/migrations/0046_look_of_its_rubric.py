from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0045_note_of_its_rubric")]

    operations = [
        refuse(
            name="look_of_its_rubric",
            table="annotation_look",
            events="INSERT",
            when="NEW.criterion_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM annotation_revision r "
            "JOIN annotation_annotation a ON a.id = r.annotation_id JOIN annotation_task t ON t.id = a.task_id "
            "JOIN rubrics_criterion c ON c.rubric_id = t.rubric_id WHERE r.id = NEW.revision_id AND c.id = NEW.criterion_id)",
            message="a look is for a criterion of the rubric of its task",
        ),
    ]
