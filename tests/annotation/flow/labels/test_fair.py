from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from annotation.agreement import fair_values
from annotation.flow import adjudicate
from annotation.flow.judgements import Purpose, read_matrices
from annotation.flow.labels import FairValue, cached_fair_tables, fair, fair_of_task, fair_tables
from annotation.flow.score import revise
from annotation.models import Assignment, Event, Project, Query
from tests.factories import body, judged, make_member, make_project, make_rubric

pytestmark = pytest.mark.django_db

LEVELS = [[4, 5, 5], [1, 2, 1], [3, 3, 4], [2, 2, 4], [6, 5, 6], [3, 2, 3], [1, 4, 6], [4, 4, 5]]


def study() -> tuple[Project, list[Any]]:
    project = make_project()
    return project, judged(project, LEVELS)


def same(actual: Any, expected: Any) -> bool:
    return bool(np.array_equal(actual, expected, equal_nan=True))


def test_a_table_has_the_fair_values_of_each_rated_criterion_and_the_overall() -> None:
    project, tasks = study()
    [matrix] = read_matrices(project, purpose=Purpose.LABELS)
    [table] = fair_tables([matrix])
    assert (table.rubric, table.tasks.tolist()) == ("small@1", [task.pk for task in tasks])
    assert list(table.columns) == ["text", "images", "overall"]
    text, images, overall = table.columns.values()
    expected = fair_values(np.array(LEVELS, dtype=float).T, ends=(1, 6))
    assert same(text.values, expected.values)
    assert same(text.errors, expected.errors)
    assert text.means == pytest.approx(np.mean(LEVELS, axis=1))
    assert (text.reason, text.groups) == (None, [])
    assert images.reason == "nothing has been rated"
    assert np.isnan(images.means).all()
    assert same(overall.values, fair_values(matrix.overall, ends=(0, 6), step=0).values)
    assert table.of(tasks[6].pk) == {
        "text": FairValue(round(expected.values[6], 4), round(expected.errors[6], 4), None),
        "images": FairValue(None, None, "nothing has been rated"),
        "overall": FairValue(round(overall.values[6], 4), round(overall.errors[6], 4), None),
    }


def test_an_overall_that_is_scored_directly_has_levels() -> None:
    rubric = make_rubric(overall={"method": "holistic", "min": 0, "max": 6})
    project = make_project(rubrics=[rubric.name])
    judged(project, [[{"text": level, "overall": level} for level in levels] for levels in LEVELS])
    [table] = fair_tables(read_matrices(project, purpose=Purpose.LABELS))
    assert same(table.columns["overall"].values, fair_values(np.array(LEVELS, dtype=float).T, ends=(0, 6), step=1).values)


def test_annotators_who_share_nothing_are_named() -> None:
    project = make_project(overlap=2)
    ratings = [[4, 5, None, None], [2, 3, None, None], [None, None, 4, 6], [None, None, 1, 2]]
    judged(project, ratings, names=("ana", "bo", "chen", "dee"))
    [table] = fair_tables(read_matrices(project, purpose=Purpose.LABELS))
    text = table.columns["text"]
    assert text.reason == "the annotators fall into groups that share no response"
    assert text.groups == [["ana", "bo"], ["chen", "dee"]]
    assert table.of(table.tasks[0])["text"] == FairValue(None, None, text.reason)


def test_a_response_that_nobody_rated_has_a_reason_beside_those_that_have_values() -> None:
    project = make_project()
    *_tasks, other = judged(project, [*LEVELS, [None] * 3])
    [table] = fair_tables(read_matrices(project, purpose=Purpose.LABELS))
    assert table.columns["text"].reason is None
    assert table.of(other.pk)["text"] == FairValue(None, None, "nothing has been rated")


def test_cached_tables_are_computed_once_for_each_state_of_the_judgements(monkeypatch: pytest.MonkeyPatch) -> None:
    project, tasks = study()
    made: list[Any] = []
    compute = fair.fair_tables
    monkeypatch.setattr(fair, "fair_tables", lambda matrices: made.append(1) or compute(matrices))

    def of_first() -> tuple[FairValue, int]:
        [table] = cached_fair_tables(Project.objects.get(pk=project.pk))
        return table.of(tasks[0].pk)["text"], len(made)

    before, times = of_first()
    assert (of_first(), times) == ((before, 1), 1)
    slot = Assignment.objects.get(task=tasks[0], annotator__username="ana")
    revise.revise(assignment=slot.pk, by=slot.annotator, body=body(text=1))
    after, times = of_first()
    assert times == 2
    assert after.value is not None
    assert before.value is not None
    assert after.value < before.value


def test_a_decision_changes_no_fair_value() -> None:
    project, tasks = study()
    [before] = cached_fair_tables(project)
    ada = make_member(project, "ada", "adjudicator")
    review = adjudicate.claim(project=project, by=ada, task=tasks[6].pk)
    assert review is not None
    adjudicate.score_blind(case=review.adjudication_id, by=ada, answers={"text": 6})
    adjudicate.decide(case=review.adjudication_id, by=ada, decisions={"text": {"score": 6, "cause": "slip", "reason": "x"}})
    [after] = cached_fair_tables(Project.objects.get(pk=project.pk))
    assert [after.of(task.pk) for task in tasks] == [before.of(task.pk) for task in tasks]


def test_a_response_of_a_dropped_query_has_no_fair_values() -> None:
    project, tasks = study()
    [table] = cached_fair_tables(project)
    assert fair_of_task(project, tasks[0].pk) == table.of(tasks[0].pk)
    Query.objects.filter(pk=tasks[0].response.query_id).update(
        dropped_at=timezone.now(), dropped_by=make_member(project, "lea", "manager")
    )
    Event.objects.create(project=project, verb=Event.Verb.DROPPED)
    assert fair_of_task(Project.objects.get(pk=project.pk), tasks[0].pk) == {}
