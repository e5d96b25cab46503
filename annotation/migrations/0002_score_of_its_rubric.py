from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0001_initial"), ("rubrics", "0004_rubric_frozen_levels")]

    operations = [
        refuse(
            name="score_of_its_rubric",
            table="annotation_score",
            events="INSERT",
            when="NOT EXISTS (SELECT 1 FROM annotation_revision r JOIN annotation_annotation a ON a.id = r.annotation_id "
            "JOIN annotation_task t ON t.id = a.task_id JOIN rubrics_criterion c ON c.rubric_id = t.rubric_id "
            "WHERE r.id = NEW.revision_id AND c.id = NEW.criterion_id AND ("
            "(c.kind = 'penalty' AND NEW.level_id IS NULL AND NOT NEW.not_applicable) OR "
            "(c.kind = 'rated' AND NEW.not_applicable AND c.na <> 'never') OR (c.kind = 'rated' AND EXISTS "
            "(SELECT 1 FROM rubrics_level l WHERE l.id = NEW.level_id AND l.criterion_id = c.id))))",
            message="a score belongs to a criterion and a level of the rubric of its task",
        ),
    ]
