"""Decisions against the annotators, against blind scores and against another adjudicator."""

import pytest

from annotation.flow.lessons import lessons
from tests.annotation.flow.lessons.studies import FEW, IMAGES, TEXT, figure, make_study, reopened_by_otto

pytestmark = pytest.mark.django_db


def test_decisions_are_held_against_the_annotators_and_the_blind_scores() -> None:
    """Decided 2, 5 and 4; the annotators' means 2, 14/3 and 4; blind 2, 4 and 4."""
    project, _tasks = make_study()
    people = lessons(project, for_manager=True)["adjudicators"]
    none = {"n": 0, "higher": 0, "same": 0, "lower": 0, "difference": figure(None, 0, "no response has both")}
    mean = (5 - 14 / 3) / 3
    assert people["against_annotators"] == [
        TEXT | {"n": 3, "higher": 0, "same": 3, "lower": 0, "difference": figure(pytest.approx(mean), 3, **FEW)},
        IMAGES | none,
    ]
    assert people["against_blind_scores"] == [
        TEXT | {"n": 3, "changed": 1, "towards": 1, "away": 0},
        IMAGES | {"n": 0, "changed": 0, "towards": 0, "away": 0},
    ]
    assert people["annotators"] == [
        {"rubric": "small@1", "annotator": name, "n": 3, "higher": higher, "same": same, "lower": lower}
        | {"difference": figure(pytest.approx(difference), 3, **FEW)}
        for name, higher, same, lower, difference in (
            ("ana", 3, 0, 0, (1 + 2 + 2) / 3),
            ("bo", 1, 1, 1, (1 + 0 - 1) / 3),
            ("chen", 0, 0, 3, (-2 - 1 - 1) / 3),
        )
    ]


def test_two_adjudicators_are_compared_where_both_scored_blind_or_decided() -> None:
    """Otto scores the first response 4 blind and decides 3, where Ada had 2 and 2."""
    project, tasks = make_study()
    reopened_by_otto(project, tasks[0].pk)
    blind, _images, decided, _images_decided = lessons(project, for_manager=True)["adjudicators"]["among_adjudicators"]
    one = figure(None, 1, "only one response has two ratings")
    assert blind == {"what": "blind"} | TEXT | {
        "exact": figure(0.0, 1, **FEW),
        "adjacent": figure(0.0, 1, **FEW),
        "mean_absolute_difference": figure(2.0, 1, **FEW),
        "weighted_kappa": one,
    }
    assert decided == {"what": "decided"} | TEXT | {
        "exact": figure(0.0, 1, **FEW),
        "adjacent": figure(1.0, 1, **FEW),
        "mean_absolute_difference": figure(1.0, 1, **FEW),
        "weighted_kappa": one,
    }
