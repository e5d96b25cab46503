from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0001_initial"), ("rubrics", "0002_frozen_rubrics_never_change")]

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
        refuse(
            name="score_never_changes",
            table="annotation_score",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="a score never changes: an edit is the next revision",
        ),
        refuse(
            name="revision_never_changes",
            table="annotation_revision",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="a revision never changes: an edit is the next revision",
        ),
        refuse(
            name="release_never_changes",
            table="annotation_release",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="a release never changes",
        ),
        refuse(
            name="label_never_changes",
            table="annotation_label",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="the labels of a release never change",
        ),
        refuse(
            name="criterion_label_never_changes",
            table="annotation_criterionlabel",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="the labels of a release never change",
        ),
        refuse(
            name="slot_of_its_project",
            table="annotation_assignment",
            events="INSERT OR UPDATE",
            when="NOT EXISTS (SELECT 1 FROM annotation_task t WHERE t.id = NEW.task_id AND t.project_id = NEW.project_id)",
            message="a slot belongs to the project of its task",
        ),
        refuse(
            name="task_of_a_frozen_rubric",
            table="annotation_task",
            events="INSERT OR UPDATE",
            when="NOT EXISTS (SELECT 1 FROM rubrics_rubric r WHERE r.id = NEW.rubric_id AND r.frozen_at IS NOT NULL)",
            message="a task is judged with a frozen rubric",
        ),
        refuse(
            name="task_of_its_project",
            table="annotation_task",
            events="INSERT OR UPDATE",
            when="NOT EXISTS (SELECT 1 FROM annotation_response a JOIN annotation_query q ON q.id = a.query_id "
            "WHERE a.id = NEW.response_id AND q.project_id = NEW.project_id)",
            message="a task belongs to the project of its response",
        ),
        refuse(
            name="event_never_changes",
            table="annotation_event",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="what happened never changes",
        ),
    ]
