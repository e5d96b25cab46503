"""On arrays: what is disputed, decided and left out, and how many labels there are."""

from typing import Any

import pytest

from annotation.flow.judgements import rating_matrices
from annotation.flow.labels import count_labels, label_counts, read_outcomes
from annotation.flow.labels.rule import decisions, disputes
from annotation.models import Task
from tests.annotation.flow.labels.studies import EVERY_CASE, METHODS, Study, said, task
from tests.factories import body, judged, make_project

pytestmark = pytest.mark.django_db


def test_each_reason_is_counted() -> None:
    counts = {}
    for method in METHODS:
        study = Study(method)
        study.fill(EVERY_CASE)
        counts[method] = count_labels(study.project)
        assert label_counts(read_outcomes(study.project)) == counts[method]
    of_criteria = {"labelled": 5, "not_judged": 1, "disputed": 6, "not_applicable": 2}
    holistic = {"labelled": 1, "not_judged": 1, "disputed": 6, "not_applicable": 6}
    assert counts == {"weighted_mean": of_criteria, "sum": of_criteria, "holistic": holistic}


def test_a_project_without_judgements_has_nothing_but_what_waits() -> None:
    project = make_project()
    assert count_labels(project) == {"labelled": 0, "not_judged": 0, "disputed": 0, "not_applicable": 0}
    judged(project, [[None], [None]])
    assert count_labels(project) == {"labelled": 0, "not_judged": 2, "disputed": 0, "not_applicable": 0}


def test_disputes_are_those_of_tasks_that_all_have_judged() -> None:
    project = make_project()
    judged(project, [[1, 2, 3], [1, 2, 4], [1, 6, None], [body(text=4, penalties=["harm"]), 4, 4]])
    [matrix] = rating_matrices(project)
    assert {key: mask.tolist() for key, mask in disputes(matrix, project).items()} == {
        "text": [False, True, False, False],
        "images": [False, False, False, False],
        "harm": [False, False, False, True],
    }


def test_the_newest_decision_on_each_criterion_holds() -> None:
    study = Study("sum")
    study.fill(
        [
            task(said(1), said(6), decided=[{"text": 3, "images": 2}, {"text": "na"}], undecided={"images": 5}),
            task(said(1, harm=True), said(6), decided=[{"harm": False}]),
        ]
    )
    first, second = Task.objects.order_by("pk").values_list("pk", flat=True)
    text, images, harm = (study.criteria[key].pk for key in ("text", "images", "harm"))
    expected: dict[int, Any] = {text: {first: None}, images: {first: 2}, harm: {second: 0}}
    assert decisions(study.project) == expected
    assert decisions(study.project, [second]) == {harm: {second: 0}}
