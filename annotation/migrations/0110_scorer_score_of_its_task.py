from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0109_scorer_score_stays"),
    ]

    operations = [
        refuse(
            name="scorer_score_of_its_task",
            table="annotation_scorerscore",
            events="INSERT",
            when="NOT EXISTS (SELECT 1 FROM annotation_scorerrun r JOIN annotation_scorer s ON s.id = r.scorer_id JOIN"
            " annotation_task t ON t.project_id = s.project_id WHERE r.id = NEW.run_id AND t.id = NEW.task_id AND"
            " (NEW.criterion_id IS NULL OR EXISTS (SELECT 1 FROM rubrics_criterion c WHERE c.id = "
            "NEW.criterion_id AND c.rubric_id = t.rubric_id)))",
            message="a score of a scorer belongs to a task of its project and to a criterion of the rubric of the task",
        )
    ]
