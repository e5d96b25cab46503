"""The matrices hold what was submitted: first, independent judgements of study tasks, all of one moment."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.cache import cache
from django.utils import timezone

from annotation.flow import adjudicate
from annotation.flow.agree import report
from annotation.flow.judgements import ProjectCache, Purpose, rating_matrices, read_judgements, read_matrices, reader, revisions
from annotation.flow.release import Options, release
from annotation.flow.release.content import steady
from annotation.flow.score import revise
from annotation.models import Assignment, Project, Query, Score, Task, User
from tests.factories import (
    block,
    body,
    criterion,
    judge,
    judged,
    load,
    make_member,
    make_project,
    make_rubric,
    png,
    record,
)

pytestmark = pytest.mark.django_db
ROWS = [[4, 2, None], [body(text=6, penalties=["harm"]), None, 1], [3, 3, 5], [None, None, None]]


def nested(array: Any) -> list[list[float | None]]:
    return [[None if value != value else value for value in row] for row in array.tolist()]


def test_each_criterion_is_annotators_by_responses() -> None:
    project = make_project()
    tasks = judged(project, ROWS)
    [matrix] = rating_matrices(project)
    assert (matrix.rubric.name, matrix.annotators) == ("small@1", ["ana", "bo", "chen"])
    assert matrix.annotator_pks == [User.objects.get(username=name).pk for name in ("ana", "bo", "chen")]
    assert (matrix.tasks.tolist(), matrix.complete.tolist()) == ([task.pk for task in tasks], [False, False, True, False])
    assert nested(matrix.values["text"]) == [[4, 6, 3, None], [2, None, 3, None], [None, 1, 5, None]]
    assert nested(matrix.values["images"]) == [[None] * 4] * 3
    assert nested(matrix.values["harm"]) == [[0, 1, 0, None], [0, None, 0, None], [None, 0, 0, None]]
    assert (matrix.queries.tolist(), matrix.query_ids.tolist()) == ([0, 1, 2, 3], [f"PBL-000{n}" for n in (1, 2, 3, 4)])
    assert (matrix.samples.tolist(), matrix.about["system"].tolist()) == ([0] * 4, ["system-a"] * 4)


def test_there_is_a_matrix_for_each_rubric_whatever_rubric_a_revision_stands_beside() -> None:
    make_rubric()
    make_rubric(slug="other", category="situational-analysis")
    project = make_project(overlap=2, rubrics=["small@1", "other@1"])
    load(project, [record(1), record(2, id="SA-0001"), record(3)])
    ana, bo = make_member(project, "ana"), make_member(project, "bo")
    for number, task in enumerate(Task.objects.order_by("response__query__external_id"), 1):
        judge(task, ana, text=number)
    judge(Task.objects.get(response__query__external_id="PBL-0001"), bo, text=6)
    matrices = rating_matrices(project)
    assert [matrix.rubric.name for matrix in matrices] == ["other@1", "small@1"]
    assert [matrix.query_ids.tolist() for matrix in matrices] == [["SA-0001"], ["PBL-0001", "PBL-0003"]]
    assert [nested(matrix.values["text"]) for matrix in matrices] == [[[3]], [[1, 2], [6, None]]]


def test_only_first_independent_judgements_of_study_tasks_are_read() -> None:
    project = make_project()
    judged(project, [[4, 2, 3], [1, 1, 1]])
    ana = User.objects.get(username="ana")
    slot = Assignment.objects.filter(annotator=ana).order_by("task")[0]
    revise.revise(assignment=slot.pk, by=ana, body=body(text=6))
    Assignment.objects.filter(annotator__username="bo", task=slot.task).update(reason="after_dispute")
    Task.objects.filter(pk=Task.objects.order_by("-pk")[0].pk).update(kind="anchor")
    [matrix] = rating_matrices(project)
    assert nested(matrix.values["text"]) == [[4], [3]]
    assert matrix.annotators == ["ana", "chen"]


def test_a_project_without_judgements_has_empty_arrays() -> None:
    project = make_project()
    judged(project, [[None], [None]])
    [matrix] = rating_matrices(project)
    assert (matrix.values["text"].shape, matrix.overall.shape, matrix.annotators) == ((0, 2), (0, 2), [])
    assert rating_matrices(make_project(slug="empty", rubrics=["small"])) == []


def test_the_tasks_that_are_named_are_read_alone_and_those_of_dropped_queries_too() -> None:
    project = make_project()
    tasks = judged(project, ROWS)
    dropped = Query.objects.filter(responses__tasks=tasks[0])
    dropped.update(dropped_at=timezone.now(), dropped_by=make_member(project, "lea", "manager"))
    [some] = read_matrices(project, [tasks[0].pk, tasks[1].pk])
    assert (some.tasks.tolist(), nested(some.values["text"])) == (
        [tasks[0].pk, tasks[1].pk],
        [[4, 6], [2, None], [None, 1]],
    )
    [one] = read_matrices(project, [tasks[1].pk])
    assert (one.annotators, nested(one.values["text"])) == (["ana", "chen"], [[6], [1]])
    assert [matrix.tasks.tolist() for matrix in read_matrices(project)] == [[task.pk for task in tasks[1:]]]
    assert read_matrices(project, []) == []


def test_a_cached_matrix_is_the_one_that_was_read() -> None:
    project = make_project()
    judged(project, ROWS)
    [read] = rating_matrices(project)
    [again] = rating_matrices(project)
    assert (again.annotators, again.rubric) == (read.annotators, read.rubric)
    for key in ("text", "images", "harm"):
        assert str(again.values[key].tolist()) == str(read.values[key].tolist())
    assert (again.days.tolist(), nested(again.overall)) == (read.days.tolist(), nested(read.overall))


def test_whether_a_criterion_could_be_not_applicable_is_read_by_rubric_and_image() -> None:
    everywhere = {"text": "never", "layout": "allowed", "images": "when_no_response_image", "figures": "when_no_query_image"}
    criteria = [criterion(key=key, title=key, na=na) for key, na in everywhere.items()]
    project = make_project(rubrics=[make_rubric(criteria=criteria).name])
    picture = [block(None, "a.png")]
    load(project, [record(1, answer=picture), record(2, question=picture), record(3)], {"a.png": png()})
    [matrix] = rating_matrices(project)
    assert {key: mask.tolist() for key, mask in matrix.free.items()} == {
        "layout": [True, True, True],
        "images": [False, True, True],
        "figures": [True, False, True],
    }
    assert matrix.part(np.array([True, False, True])).free["images"].tolist() == [False, True]


def test_a_judgement_without_a_rating_found_the_criterion_not_applicable() -> None:
    project = make_project()
    judged(project, ROWS)
    [matrix] = rating_matrices(project)
    assert nested(matrix.applicable("text")) == [[1, 1, 1, None], [1, None, 1, None], [None, 1, 1, None]]
    assert nested(matrix.applicable("images")) == [[0, 0, 0, None], [0, None, 0, None], [None, 0, 0, None]]


@pytest.mark.parametrize("tasks", [3, 30])
def test_reading_takes_as_many_queries_however_many_tasks_there_are(tasks: int, django_assert_num_queries: Any) -> None:
    project = make_project()
    made = judged(project, [[4, 4, 4]] * tasks)
    read_matrices(project)  # the process then has the rubric
    with django_assert_num_queries(7):  # the images among them
        read_matrices(project)
    with django_assert_num_queries(6):
        read_matrices(project, [task.pk for task in made[:2]])


def test_what_is_submitted_while_a_release_reads_is_in_no_part_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project()
    tasks = judged(project, [[4, 4, 5], [3, 4, None]])
    chen = make_member(project, "chen")
    filtered = Score.objects.filter

    def submit_first(*args: Any, **conditions: Any) -> Any:
        if not chen.annotations.filter(task=tasks[1]).exists():
            judge(tasks[1], chen, text=6)
        return filtered(*args, **conditions)

    before = steady(report.agreement_report(project)["groups"])
    cache.clear()
    monkeypatch.setattr(revisions.Score.objects, "filter", submit_first)
    made = release(project=project, out=tmp_path / "out", options=Options(check_size=0))
    assert chen.annotations.filter(task=tasks[1]).exists()
    assert made.manifest["agreement"] == before
    assert made.manifest["counts"]["ratings"] == 5 * 3
    assert made.manifest["counts"]["not_judged"] == 1


def test_a_reading_for_agreement_is_the_same_as_that_part_of_one_for_labels() -> None:
    project = make_project()
    judged(project, ROWS)
    ana = User.objects.get(username="ana")
    slot = Assignment.objects.filter(annotator=ana).order_by("task")[0]
    revise.revise(assignment=slot.pk, by=ana, body=body(text=1))
    [alone], [part] = read_matrices(project), read_judgements(project).matrices(Purpose.AGREEMENT)
    assert str({key: array.tolist() for key, array in alone.values.items()}) == str(
        {key: array.tolist() for key, array in part.values.items()}
    )
    for name in ("revisions", "days", "revised", "changed", "complete", "tasks"):
        assert getattr(alone, name).tolist() == getattr(part, name).tolist()


def test_reading_for_labels_takes_one_more_query_for_what_was_late(django_assert_num_queries: Any) -> None:
    project = Project.objects.select_related("rules").get(pk=make_project().pk)
    made = judged(project, [[4, 4, 4]] * 3)
    read_matrices(project)  # the process then has the rubric
    with django_assert_num_queries(8):
        read_matrices(project, purpose=Purpose.LABELS)
    with django_assert_num_queries(7):
        read_matrices(project, [made[0].pk], Purpose.LABELS)


def test_cached_labels_change_with_revisions_and_rules_and_not_with_each_step_of_a_case(monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project()
    [task] = judged(project, [[1, 4, 6]])
    readings: list[Any] = []
    read = reader.read_judgements
    monkeypatch.setattr(reader, "read_judgements", lambda *args, **more: readings.append(args) or read(*args, **more))

    def cached() -> tuple[list[list[float | None]], bool, int]:
        fresh = Project.objects.get(pk=project.pk)
        [matrix] = rating_matrices(fresh, purpose=Purpose.LABELS)
        return nested(matrix.values["text"]), bool(matrix.changed[0]), len(readings)

    ana, ada = User.objects.get(username="ana"), make_member(project, "ada", "adjudicator")
    lea = make_member(project, "lea", "manager")
    slot = Assignment.objects.get(annotator=ana, task=task)
    assert cached() == ([[1], [4], [6]], False, 1)
    revise.revise(assignment=slot.pk, by=ana, body=body(text=2))
    assert cached() == ([[2], [4], [6]], False, 2)
    review = adjudicate.claim(project=project, by=ada)
    assert review is not None
    case = review.adjudication_id
    readings.clear()
    adjudicate.score_blind(case=case, by=ada, answers={"text": 3})
    adjudicate.decide(case=case, by=ada, decisions={"text": {"score": 3, "cause": "slip", "reason": "x"}})
    assert cached() == ([[2], [4], [6]], False, 0)
    revise.revise(assignment=slot.pk, by=ana, body=body(text=5))
    assert cached() == ([[2], [4], [6]], True, 1)
    adjudicate.confirm(case=case, by=lea)
    assert cached() == ([[5], [4], [6]], False, 2)
    revise.revise(assignment=slot.pk, by=ana, body=body(text=6))
    assert cached() == ([[5], [4], [6]], True, 3)
    adjudicate.reopen(case=case, by=lea, reason="x")
    assert cached()[:2] == ([[6], [4], [6]], False)


def test_who_needs_the_judgements_for_labels_and_the_first_ones_reads_once(django_assert_num_queries: Any) -> None:
    project = make_project()
    [task] = judged(project, [[4, 4, 4]])
    slot = Assignment.objects.get(annotator__username="ana", task=task)
    revise.revise(assignment=slot.pk, by=slot.annotator, body=body(text=2))
    fresh = Project.objects.select_related("rules").get(pk=project.pk)
    cache = ProjectCache(fresh)
    [of_labels] = rating_matrices(fresh, cache, Purpose.LABELS)
    with django_assert_num_queries(1):  # the rubric
        [first] = rating_matrices(fresh, cache)
    assert nested(first.values["text"]) == [[4], [4], [4]]
    assert nested(of_labels.values["text"]) == [[2], [4], [4]]
