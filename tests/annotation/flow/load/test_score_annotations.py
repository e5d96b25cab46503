"""How the rows of one annotator and response become an annotation. Its faults: tests/annotation/importers/test_scores.py."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from annotation.errors import Rejected
from annotation.models import Project, Revision, Task
from tests.annotation.flow.load.score_files import as_json_lines, counts, everything, reasons, says, stored, take
from tests.factories import (
    criterion,
    make_project,
    make_rubric,
    responses,
)

pytestmark = pytest.mark.django_db


def test_the_latest_time_the_greatest_duration_and_each_comment_once_count(project: Project) -> None:
    text, images = says("uma")
    rows = [
        text | {"comment": "Well said", "submitted_at": "2026-05-01T14:00:00+02:00", "active_seconds": "30.0"},
        images | {"comment": "No picture", "submitted_at": "2026-05-01 12:00:01 UTC", "active_seconds": "7"},
        *says("uma", 2, comment="twice", submitted_at="", active_seconds=""),
    ]
    before = timezone.now()
    take(project, rows)
    timed, untimed = Revision.objects.order_by("annotation__task__response__query__external_id")
    noon = datetime(2026, 5, 1, 12, 0, 1, tzinfo=UTC)
    assert (timed.feedback, timed.submitted_at, timed.active_seconds) == ("Well said\nNo picture", noon, 30)
    slot = timed.annotation.assignment
    assert (slot.claimed_at, slot.submitted_at, slot.lease_expires_at) == (noon, noon, None)
    assert (untimed.feedback, untimed.active_seconds, before <= untimed.submitted_at <= timezone.now()) == ("twice", 0, True)


def test_a_holistic_overall_stands_under_the_criterion_overall() -> None:
    make_rubric(slug="whole", overall={"method": "holistic", "min": 0, "max": 6}, criteria=[criterion(key="text")])
    project = make_project(rubrics=["whole"])
    responses(project)
    about = {"id": "PBL-0001", "model": "system-a", "annotator": "uma"}
    rows = [about | {"criterion": "text", "score": 3}, about | {"criterion": "overall", "score": 5.0}]
    assert take(project, as_json_lines(rows), "scores.jsonl").as_dict() == counts(annotations=1, scores=1, annotators=1)
    assert stored(project) == {("PBL-0001", "system-a", 0, "uma", key): value for key, value in (("text", 3), ("overall", 5))}
    before = everything()
    with pytest.raises(Rejected) as caught:
        take(project, [about | {"annotator": "vic", "criterion": "text", "score": 3}])
    assert (reasons(caught.value), everything()) == ([(1, "criterion", "overall is missing")], before)


def test_the_rubric_decides_where_a_response_is_judged_more_than_once(project: Project) -> None:
    task = Task.objects.get(response__query__external_id="PBL-0001")
    second = make_rubric(slug="second", criteria=[criterion(key="text")])
    make_project(slug="other", rubrics=["second"])  # which freezes it
    second.refresh_from_db()
    project.project_rubrics.create(category="second", rubric=second)
    Task.objects.create(project=project, response=task.response, rubric=second)
    [row, _images] = says("uma")
    with pytest.raises(Rejected) as caught:
        take(project, [row])
    error = "this response is judged more than once: expected one of second@1, small@1"
    assert reasons(caught.value) == [(1, "rubric", error)]
    rows = [row | {"rubric": "second@1", "split": "train"}, *(row | {"rubric": "small@1"} for row in says("uma"))]
    assert take(project, rows).as_dict() == counts(annotations=2, scores=3, annotators=1, slots=1)
