from fractions import Fraction
from typing import Any

import pytest

from rubrics.models import Rubric
from rubrics.scoring import explain_overall, format_score, overall, rounded
from tests.factories import criterion, make_rubric, penalty

pytestmark = pytest.mark.django_db


def whole_rubric(**changes: Any) -> Rubric:
    rubric = make_rubric(criteria=[criterion(key="a", weight=3), criterion(key="b", na="allowed"), penalty(points=1)], **changes)
    return Rubric.objects.with_content().get(pk=rubric.pk)


@pytest.mark.parametrize(
    ("scores", "penalties", "expected"),
    [
        ({"a": 4, "b": 6}, set(), Fraction(9, 2)),
        ({"a": 4, "b": 6}, {"harm"}, Fraction(7, 2)),
        ({"a": 4, "b": None}, set(), Fraction(4)),
        ({"a": None, "b": None}, set(), None),
        ({"a": 1, "b": 1}, {"harm"}, Fraction(0)),
    ],
)
def test_overall_is_the_weighted_mean_less_penalties_within_the_range(scores: Any, penalties: Any, expected: Any) -> None:
    assert overall(whole_rubric(), scores=scores, penalties=penalties) == expected


def test_sum_and_holistic_are_other_rules() -> None:
    summed = whole_rubric(slug="sum", overall={"method": "sum", "max": 20})
    assert overall(summed, scores={"a": 2, "b": 3}, penalties=set()) == 9
    holistic = whole_rubric(slug="holistic", overall={"method": "holistic"})
    assert overall(holistic, scores={"a": 2, "b": 3}, penalties=set(), holistic=5) == 5
    assert overall(holistic, scores={"a": 2, "b": 3}, penalties=set()) is None


def test_rounding_is_the_rubrics() -> None:
    up, even = whole_rubric(slug="up"), whole_rubric(slug="even", overall={"rounding": "half_even"})
    assert [rounded(up, Fraction(n, 2)) for n in (5, 7, 6)] == [3, 4, 3]
    assert [rounded(even, Fraction(n, 2)) for n in (5, 7, 6)] == [2, 4, 3]


@pytest.mark.parametrize(
    ("method", "scores", "penalties", "words"),
    [
        ("weighted_mean", {"a": 4, "b": 6}, set(), "the mean"),
        ("weighted_mean", {"a": 4, "b": 6}, {"harm"}, "mean 4.5, less 1 for Harm"),
        ("weighted_mean", {"a": 0, "b": 1}, {"harm"}, "mean 0.25, less 1 for Harm, but not below 0"),
        ("sum", {"a": 1, "b": 1}, set(), "the sum"),
        ("weighted_mean", {"a": None, "b": None}, {"harm"}, ""),
        ("holistic", {"a": 4, "b": 6}, set(), ""),
    ],
)
def test_the_overall_is_explained_in_words(method: str, scores: Any, penalties: Any, words: str) -> None:
    rubric = whole_rubric(overall={"method": method})
    assert explain_overall(rubric, scores=scores, penalties=penalties) == words


def test_a_holistic_overall_is_explained_as_it_was_given() -> None:
    rubric = whole_rubric(overall={"method": "holistic"})
    assert explain_overall(rubric, scores={"a": 2, "b": 3}, penalties={"harm"}, holistic=5) == "given as 5, less 1 for Harm"


def test_a_score_is_shown_with_two_decimals_at_most() -> None:
    scores = (4, Fraction(9, 2), Fraction(1, 3), Fraction(-1, 3))
    assert [format_score(score) for score in scores] == ["4", "4.5", "0.33", "-0.33"]
