"""The arrays say what the judgements say, and the vectorised overall is the one that rubrics.scoring makes."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from annotation.flow.judgements.matrix import rating_matrices
from annotation.flow.judgements.ratings import rated_tasks
from annotation.flow.score import revise
from annotation.models import Assignment, Task, User
from tests.factories import body, criterion, judged, make_project, make_rubric, penalty

pytestmark = pytest.mark.django_db
ROWS = [[4, 2, None], [body(text=6, penalties=["harm"]), None, 1], [3, 3, 5], [None, None, None]]


def nested(array: Any) -> list[list[float | None]]:
    return [[None if np.isnan(value) else value for value in row] for row in array.tolist()]


def test_each_criterion_is_annotators_by_responses() -> None:
    project = make_project()
    tasks = judged(project, ROWS)
    [found] = rating_matrices(project)
    assert (found.rubric.name, found.annotators, found.tasks.tolist()) == (
        "small@1",
        ["ana", "bo", "chen"],
        [t.pk for t in tasks],
    )
    assert nested(found.values["text"]) == [[4, 6, 3, None], [2, None, 3, None], [None, 1, 5, None]]
    assert nested(found.values["images"]) == [[None] * 4] * 3
    assert nested(found.values["harm"]) == [[0, 1, 0, None], [0, None, 0, None], [None, 0, 0, None]]
    assert nested(found.overall) == [[4, 5, 3, None], [2, None, 3, None], [None, 1, 5, None]]
    assert (found.queries.tolist(), found.about["system"].tolist()) == ([0, 1, 2, 3], ["system-a"] * 4)


@pytest.mark.parametrize("method", ["weighted_mean", "sum", "holistic"])
def test_the_overall_is_the_rubrics_rule(method: str) -> None:
    criteria = [criterion(key="text", weight=2), criterion(key="images", na="allowed", weight=0.5), penalty(points=2)]
    name = make_rubric(criteria=criteria, overall={"method": method, "min": 0, "max": 6}).name
    project = make_project(rubrics=[name])
    more = {"overall": 3} if method == "holistic" else {}
    rows = [[body(text=1 + (3 * row + column) % 6, images=[1, 6, "na"][(row + column) % 3], penalties=["harm"][: row % 2], **more)
             for column in range(3)] for row in range(6)]  # fmt: skip
    judged(project, rows)
    [found] = rating_matrices(project)
    by_task = {task.id: task for task in rated_tasks(project)}
    expected = [[float(by_task[pk].overalls[place]) for pk in found.tasks.tolist()] for place in range(3)]  # type: ignore[arg-type]
    np.testing.assert_allclose(found.overall, expected, rtol=0, atol=1e-12)


def test_only_first_independent_judgements_of_study_tasks_are_read() -> None:
    project = make_project()
    judged(project, [[4, 2, 3], [1, 1, 1]])
    ana = User.objects.get(username="ana")
    slot = Assignment.objects.filter(annotator=ana).order_by("task")[0]
    revise.revise(assignment=slot.pk, by=ana, body=body(text=6))
    Assignment.objects.filter(annotator__username="bo", task=slot.task).update(reason="after_dispute")
    Task.objects.filter(pk=Task.objects.order_by("-pk")[0].pk).update(kind="anchor")
    [found] = rating_matrices(project)
    assert nested(found.values["text"]) == [[4], [3]]
    assert found.annotators == ["ana", "chen"]


def test_a_project_without_judgements_has_empty_arrays() -> None:
    project = make_project()
    judged(project, [[None], [None]])
    [found] = rating_matrices(project)
    assert (found.values["text"].shape, found.overall.shape, found.annotators) == ((0, 2), (0, 2), [])
    assert rating_matrices(make_project(slug="empty", rubrics=["small"])) == []


def test_a_part_has_the_responses_of_the_mask() -> None:
    project = make_project()
    judged(project, ROWS)
    [found] = rating_matrices(project)
    part = found.part(np.array([True, False, True, False]))
    assert (nested(part.values["text"]), part.queries.tolist()) == ([[4, 3], [2, 3], [None, 5]], [0, 2])
    assert nested(part.overall) == [[4, 3], [2, 3], [None, 5]]


def test_a_response_is_of_the_iso_week_of_its_last_judgement() -> None:
    project = make_project()
    judged(project, ROWS)
    [found] = rating_matrices(project)
    sunday, monday = date(2027, 1, 3).toordinal(), date(2027, 1, 4).toordinal()
    days = np.array([[sunday, sunday, monday, 0], [sunday - 7, monday, 0, 0], [0, 0, 0, 0]])
    assert replace(found, days=days).weeks.tolist() == ["2026-W53", "2027-W01", "2027-W01", ""]
    assert replace(found, days=days[:, :0]).weeks.tolist() == []
    assert replace(found, days=days[:0]).weeks.tolist() == [""] * 4
