"""The rules that span tables, and the rows that never change."""

from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0001_initial"), ("rubrics", "0002_triggers")]

    operations = [
        refuse(
            name="task_of_its_project",
            table="annotation_task",
            events="INSERT OR UPDATE",
            when="NOT EXISTS (SELECT 1 FROM annotation_response a JOIN annotation_query q ON q.id = a.query_id "
            "WHERE a.id = NEW.response_id AND q.project_id = NEW.project_id)",
            message="a task belongs to the project of its response",
        ),
        refuse(
            name="task_of_a_frozen_rubric",
            table="annotation_task",
            events="INSERT OR UPDATE",
            when="NOT EXISTS (SELECT 1 FROM rubrics_rubric r WHERE r.id = NEW.rubric_id AND r.frozen_at IS NOT NULL)",
            message="a task is judged with a frozen rubric",
        ),
        refuse(
            name="slot_of_its_project",
            table="annotation_assignment",
            events="INSERT OR UPDATE",
            when="NOT EXISTS (SELECT 1 FROM annotation_task t WHERE t.id = NEW.task_id AND t.project_id = NEW.project_id)",
            message="a slot belongs to the project of its task",
        ),
        refuse(
            name="slot_withdrawn_while_open",
            table="annotation_assignment",
            events="INSERT OR UPDATE",
            when="NEW.withdrawn_at IS NOT NULL AND NEW.annotator_id IS NOT NULL",
            message="a slot that somebody holds or has submitted is not withdrawn",
        ),
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
            name="score_confidence_of_a_level",
            table="annotation_score",
            events="INSERT",
            when="NEW.confidence IS NOT NULL AND (NEW.level_id IS NULL OR NEW.confidence NOT IN (1, 2, 3))",
            message="confidence is 1 to 3, and is given with a level",
        ),
        refuse(
            name="note_of_its_rubric",
            table="annotation_note",
            events="INSERT",
            when="NEW.criterion_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM annotation_revision r "
            "JOIN annotation_annotation a ON a.id = r.annotation_id JOIN annotation_task t ON t.id = a.task_id "
            "JOIN rubrics_criterion c ON c.rubric_id = t.rubric_id WHERE r.id = NEW.revision_id AND c.id = NEW.criterion_id)",
            message="a note is on a criterion of the rubric of its task",
        ),
        refuse(
            name="look_of_its_rubric",
            table="annotation_look",
            events="INSERT",
            when="NEW.criterion_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM annotation_revision r "
            "JOIN annotation_annotation a ON a.id = r.annotation_id JOIN annotation_task t ON t.id = a.task_id "
            "JOIN rubrics_criterion c ON c.rubric_id = t.rubric_id WHERE r.id = NEW.revision_id AND c.id = NEW.criterion_id)",
            message="a look is for a criterion of the rubric of its task",
        ),
        refuse(
            name="error_of_its_project",
            table="annotation_errormark",
            events="INSERT",
            when="NOT EXISTS (SELECT 1 FROM annotation_revision r JOIN annotation_annotation a ON a.id = r.annotation_id "
            "JOIN annotation_task t ON t.id = a.task_id JOIN annotation_errortype e ON e.project_id = t.project_id "
            "WHERE r.id = NEW.revision_id AND e.id = NEW.error_type_id)",
            message="an error is of a type of its project",
        ),
        refuse(
            name="pair_of_its_project",
            table="annotation_possibleduplicate",
            events="INSERT OR UPDATE",
            when="(SELECT count(*) FROM annotation_query q WHERE q.id IN (NEW.first_id, NEW.second_id) "
            "AND q.project_id = NEW.project_id) <> 2",
            message="a pair holds two queries of its project",
        ),
        refuse(
            name="query_dropped_by_somebody",
            table="annotation_query",
            events="INSERT OR UPDATE",
            when="(NEW.dropped_at IS NULL) <> (NEW.dropped_by_id IS NULL)",
            message="a query is dropped by somebody at some time",
        ),
        refuse(
            name="query_merged_is_dropped",
            table="annotation_query",
            events="INSERT OR UPDATE",
            when="NEW.merged_into_id IS NOT NULL AND (NEW.dropped_at IS NULL OR NEW.merged_into_id = NEW.id OR NOT EXISTS "
            "(SELECT 1 FROM annotation_query q WHERE q.id = NEW.merged_into_id AND q.project_id = NEW.project_id))",
            message="a query that is merged into another of its project is dropped",
        ),
        refuse(
            name="revision_never_changes",
            table="annotation_revision",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="a revision never changes: an edit is the next revision",
        ),
        refuse(
            name="score_never_changes",
            table="annotation_score",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="a score never changes: an edit is the next revision",
        ),
        refuse(
            name="note_never_changes",
            table="annotation_note",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="a note never changes: an edit is the next revision",
        ),
        refuse(
            name="error_mark_never_changes",
            table="annotation_errormark",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="an error never changes: an edit is the next revision",
        ),
        refuse(
            name="look_never_changes",
            table="annotation_look",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="a look never changes: an edit is the next revision",
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
            name="event_never_changes",
            table="annotation_event",
            events="UPDATE",
            when="NEW.id = OLD.id",
            message="what happened never changes",
        ),
    ]
