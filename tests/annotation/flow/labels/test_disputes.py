"""What the project's rule disputes, and how many responses other rules would queue."""

from typing import Any

import pytest

from annotation.flow.judgements import Purpose, RatingMatrix, rating_matrices
from annotation.flow.labels import count_disputes
from annotation.flow.labels.disputes import disputes
from tests.annotation.flow.labels.studies import DEFAULT, Study, decided, said, task
from tests.factories import body, judged, make_project

pytestmark = pytest.mark.django_db


def test_disputes_are_those_of_tasks_that_all_have_judged() -> None:
    project = make_project()
    judged(project, [[1, 2, 3], [1, 2, 4], [1, 6, None], [body(text=4, penalties=["harm"]), 4, 4]])
    [matrix] = rating_matrices(project)
    assert {key: mask.tolist() for key, mask in disputes(matrix, project).items()} == {
        "text": [False, True, False, False],
        "images": [False, False, False, False],
        "harm": [False, False, False, True],
    }


@pytest.fixture
def matrices() -> list[RatingMatrix]:
    study = Study("holistic")
    study.fill(
        [
            task(said(3, 3), said(4, 3)),
            task(said(2, 3), said(4, 1)),
            task(said(2, 3, harm=True), said(4, "na")),
            task(said(4, "na"), said(4, 4)),
            task(said(4, holistic=1), said(4, holistic=4)),
            task(said(1), said(6), rounds=[decided(text=4)]),
            task(said(1), said(6), "open"),
        ]
    )
    return rating_matrices(study.project, purpose=Purpose.LABELS)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"gap": 3, "cut_off": 0, "applicability": 2, "penalties": 1, "holistic": 1, "total": 5}),
        ({"pair_gap": 3}, {"gap": 1, "cut_off": 0, "applicability": 2, "penalties": 1, "holistic": 1, "total": 4}),
        ({"cut_off": 4}, {"gap": 3, "cut_off": 4, "applicability": 2, "penalties": 1, "holistic": 1, "total": 6}),
        (
            {"applicability": False, "penalties": False, "holistic": False, "pair_gap": 6},
            {"gap": 0, "cut_off": 0, "applicability": 0, "penalties": 0, "holistic": 0, "total": 0},
        ),
    ],
)
def test_each_response_that_a_rule_would_queue_counts_once_in_total(
    matrices: list[RatingMatrix], changes: dict[str, Any], expected: dict[str, int]
) -> None:
    assert count_disputes(matrices, DEFAULT | changes) == expected


def test_without_responses_nothing_is_queued() -> None:
    assert set(count_disputes([], DEFAULT).values()) == {0}
