"""On arrays: what is left out and why, and how many labels there are."""

import pytest

from annotation.flow.labels import cached_outcomes, count_labels, criteria_asked, label_counts, read_outcomes
from tests.annotation.flow.labels.studies import EVERY_CASE, METHODS, Study, decided, said, task
from tests.factories import judged, make_project

pytestmark = pytest.mark.django_db


def test_each_reason_is_counted() -> None:
    counts = {}
    for method in METHODS:
        study = Study(method)
        study.fill(EVERY_CASE)
        counts[method] = count_labels(study.project)
        assert label_counts(read_outcomes(study.project)) == counts[method]
    of_criteria = {"labelled": 10, "not_judged": 1, "disputed": 8, "unusable": 1, "not_applicable": 2}
    holistic = {"labelled": 1, "not_judged": 1, "disputed": 9, "unusable": 1, "not_applicable": 10}
    assert counts == {"weighted_mean": of_criteria, "sum": of_criteria, "holistic": holistic}


def test_a_project_without_judgements_has_nothing_but_what_waits() -> None:
    project = make_project()
    assert count_labels(project) == {"labelled": 0, "not_judged": 0, "disputed": 0, "unusable": 0, "not_applicable": 0}
    judged(project, [[None], [None]])
    assert count_labels(project) == {"labelled": 0, "not_judged": 2, "disputed": 0, "unusable": 0, "not_applicable": 0}


def test_a_dispute_of_the_overall_asks_every_rated_criterion_until_it_is_decided() -> None:
    study = Study("holistic")
    far = (said(4, 4, holistic=1), said(4, 4, harm=True, holistic=6))
    study.fill([task(*far), task(*far, rounds=[decided(text=4, images=4, harm=True)]), task(said(4, holistic=3), said(1))])
    [part] = read_outcomes(study.project)
    assert {key: mask.tolist() for key, mask in criteria_asked(study.rubric, part.undecided).items()} == {
        "text": [True, False, True],
        "images": [True, False, False],
        "harm": [True, False, False],
    }
    assert (part.awaiting.tolist(), part.left_out.tolist()) == ([True, False, True], ["disputed", "", "disputed"])
    assert part.overall.tolist()[1] == 3.5 - 1


def test_a_reopened_decision_waits_even_where_nothing_is_in_dispute() -> None:
    study = Study("sum")
    study.fill(
        [
            task(said(4), said(4), rounds=[decided(text=3, reopened=True)]),
            task(said(4), said(4), rounds=[decided(text=3, reopened=True), decided(text=5)]),
            task(said(4), said(4), rounds=[decided(text=3, reopened=True), decided(text=5, second=True)]),
        ]
    )
    [part] = cached_outcomes(study.project)
    assert (part.awaiting.tolist(), part.reopened.tolist()) == ([True, False, True], [True, False, True])
    assert part.left_out.tolist() == ["disputed", "", "disputed"]
    assert part.overall.tolist()[1] == 5


def test_scores_after_a_decision_change_nothing_but_that_it_is_told() -> None:
    study = Study("sum")
    late = {0: (15, said(1, 3))}
    study.fill(
        [
            task(said(1, 1), said(6, 1), revised=late, rounds=[decided(text=3)]),
            task(said(1, 1), said(6, 1), revised=late, rounds=[decided(text=3, confirmed=30)]),
            task(said(1, 1), said(6, 1), revised=late, rounds=[decided(text=3, reopened=True)]),
            task(said(1, 1), said(1, 1), after_dispute=(15, said(6, 6)), rounds=[decided(text=3)]),
        ]
    )
    for [part] in (read_outcomes(study.project), cached_outcomes(study.project)):
        assert part.changed.tolist() == [True, False, False, True]
        assert part.left_out.tolist() == ["", "disputed", "disputed", ""]
        assert part.overall.tolist()[0] == part.overall.tolist()[3] == 4
        assert part.revised.tolist() == [False] * 4
        assert part.matrix.revised.any(axis=0).tolist() == [False, True, True, False]
