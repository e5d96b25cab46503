"""The responses of a study that its tables have rows of."""

import pytest

from annotation.flow.score import revise
from annotation.flow.tables import study as study_tables
from annotation.flow.tables.study import StudyTables
from annotation.models import Assignment, Task, User
from tests.factories import body, judged, make_project

pytestmark = pytest.mark.django_db


def test_responses_come_in_batches_by_query_all_of_them_or_those_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(study_tables, "BATCH", 2)
    project = make_project()
    judged(project, [[4, 4, 4]] * 3)
    study = StudyTables(project, {})
    first, second, third = Task.objects.order_by("response__query__external_id").values_list("pk", flat=True)
    assert [list(batch) for batch in study.batches()] == [[first, second], [third]]
    assert [list(batch) for batch in study.batches({first, third})] == [[first, third]]
    assert list(study.batches(set())) == []


def test_responses_with_a_note_or_an_error_mark_are_those_with_remarks() -> None:
    project = make_project()
    judged(project, [[4, 4, 4]] * 3)
    bo = User.objects.get(username="bo")
    noted, marked, plain = Assignment.objects.filter(annotator=bo).order_by("task__response__query__external_id")
    revise.revise(assignment=noted.pk, by=bo, body=body(text=4) | {"notes": {"text": "short"}})
    revise.revise(assignment=marked.pk, by=bo, body=body(text=4) | {"errors": [{"type": "complex-reasoning", "block": None}]})
    revise.revise(assignment=plain.pk, by=bo, body=body(text=3))
    assert StudyTables(project, {}).remarked == {noted.task_id, marked.task_id}
