"""The rule on arrays is the rule for one response at a time."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.agreement import ExactValues, agreed_penalty, agreed_values, dispute_kinds, disputed, disputed_penalty

RATINGS = st.integers(0, 5).flatmap(
    lambda annotators: st.lists(
        st.lists(st.none() | st.integers(1, 6), min_size=annotators, max_size=annotators), min_size=1, max_size=8
    )
)


def columns(responses: Sequence[Sequence[int | None]]) -> Any:
    """Annotators x responses, from the ratings of each response."""
    return np.array([[np.nan if rating is None else rating for rating in row] for row in responses], dtype=float).T


def fractions(values: ExactValues) -> list[Fraction | None]:
    return [None if value != value else value for value in values.as_fractions().tolist()]


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([], False), ([4], False), ([4, 5], False), ([4, 6], True), ([1, 2, 3], False), ([1, 2, 4], True), ([1, 1, 4, 2], True),
        ([None, None], False), ([None, 4], True), ([None, 4, 4], True),
    ],
)  # fmt: skip
def test_two_ratings_dispute_from_a_gap_of_2_three_from_a_range_of_3(ratings: Any, expected: bool) -> None:
    array = columns([ratings])
    assert disputed(array, np.ones(array.shape, dtype=bool), pair_gap=2, group_range=3).tolist() == [expected]


def test_who_did_not_judge_a_response_disputes_nothing() -> None:
    ratings = columns([[4, None, 4], [4, None, 4], [None, None, 1]])
    submitted = np.array([[True, True, False], [False, True, False], [True, True, True]])
    assert disputed(ratings, submitted, pair_gap=2, group_range=3).tolist() == [False, True, False]


@pytest.mark.parametrize(("given", "expected"), [([], False), ([1], False), ([1, 1], False), ([0, 0], False), ([1, 0], True)])
def test_a_penalty_is_disputed_when_neither_all_nor_none_gave_it(given: Any, expected: bool) -> None:
    assert disputed_penalty(columns([given])).tolist() == [expected]
    assert disputed_penalty(columns([[*given, None]])).tolist() == [expected]


def test_each_response_has_its_own_penalty() -> None:
    ratings = columns([[1, 1, None], [0, 0, 1], [0, None, 0], [None, None, None]])
    assert disputed_penalty(ratings).tolist() == [False, True, False, False]
    assert fractions(agreed_penalty(ratings)) == [1, 0, 0, None]


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([4], 4),
        ([4, 5], Fraction(9, 2)),
        ([4, 4, 5], Fraction(13, 3)),
        ([1, 2, 3], 2),
        ([3, 4, 5], 4),
        ([4, 4, 6], Fraction(14, 3)),
        ([1, 3, 3], Fraction(7, 3)),
        ([1, 3, 2, 2], 2),
        ([1, 4, 2, 5], 3),
        ([1, 4], Fraction(5, 2)),
        ([None, None], None),
        ([None, 4, None], 4),
        ([], None),
    ],
)
def test_agreed_is_the_mean(ratings: Any, expected: Any) -> None:
    assert fractions(agreed_values(columns([ratings]))) == [expected]


@pytest.mark.parametrize(
    ("given", "expected"),
    [([], None), ([None], None), ([1], 1), ([0, None], 0), ([1, 0], 0), ([1, 1, 0], 1), ([1, 0, 0], 0), ([1, 1, 0, 0], 0)],
)
def test_a_penalty_applies_where_more_than_half_gave_it(given: Any, expected: Any) -> None:
    assert fractions(agreed_penalty(columns([given]))) == [expected]


def test_without_options_two_ratings_dispute_from_a_gap_of_2_three_from_a_range_of_3_and_applicability_does() -> None:
    pairs, threes = columns([[4, 5], [4, 6]]), columns([[1, 2, 3], [1, 2, 4], [None, 2, 2]])

    def of(ratings: Any, **rule: Any) -> list[bool]:
        return list(disputed(ratings, np.ones(ratings.shape, dtype=bool), **rule).tolist())

    assert (of(pairs), of(pairs, pair_gap=3)) == ([False, True], [False, False])
    assert (of(threes), of(threes, group_range=4)) == ([False, True, True], [False, False, True])
    assert of(threes, applicability=False) == [False, True, False]
    for ratings, expected in ((pairs, [False, True]), (threes, [False, True, False])):
        assert dispute_kinds(ratings, np.ones(ratings.shape, dtype=bool))["gap"].tolist() == expected


def test_each_kind_of_dispute_can_be_turned_off_and_a_cut_off_added() -> None:
    ratings = columns([[3, 4, 4], [None, 4, 4], [1, 6, 6], [4, 5, 6], [None, None, None]])
    submitted = np.ones(ratings.shape, dtype=bool)

    def kinds(**rule: Any) -> dict[str, list[int]]:
        return {kind: np.flatnonzero(mask).tolist() for kind, mask in dispute_kinds(ratings, submitted, **rule).items()}

    assert kinds() == {"gap": [2], "applicability": [1], "cut_off": []}
    assert kinds(cut_off=4) == {"gap": [2], "applicability": [1], "cut_off": [0, 2]}
    assert kinds(applicability=False, group_range=6) == {"gap": [], "applicability": [], "cut_off": []}
    assert np.flatnonzero(disputed(ratings, submitted, cut_off=4)).tolist() == [0, 1, 2]


@given(RATINGS, st.integers(1, 4), st.integers(1, 4))
def test_on_arrays_the_rule_is_that_of_each_response_alone(
    responses: list[list[int | None]], pair_gap: int, group_range: int
) -> None:
    def is_disputed(ratings: list[int | None]) -> bool:
        values = [rating for rating in ratings if rating is not None]
        if len(values) < len(ratings):
            return bool(values)
        return len(values) > 1 and max(values) - min(values) >= (pair_gap if len(values) == 2 else group_range)

    def agreed(ratings: list[int | None]) -> Fraction | None:
        values = [Fraction(rating) for rating in ratings if rating is not None]
        if not values:
            return None
        return sum(values, Fraction()) / len(values)

    ratings = columns(responses)
    submitted = np.ones(ratings.shape, dtype=bool)
    assert disputed(ratings, submitted, pair_gap=pair_gap, group_range=group_range).tolist() == list(map(is_disputed, responses))
    assert fractions(agreed_values(ratings)) == list(map(agreed, responses))


def test_exact_values_are_told_as_floats_and_as_fractions() -> None:
    values = ExactValues(np.array([13, 0, 4]), np.array([3, 0, 1]))
    np.testing.assert_array_equal(values.as_floats(), [13 / 3, np.nan, 4.0])
    assert fractions(values) == [Fraction(13, 3), None, 4]


def test_equal_fractions_are_one_object() -> None:
    one, other, third = ExactValues(np.array([13, 4, 13]), np.array([3, 1, 3])).as_fractions()
    assert (one is third, one, other) == (True, Fraction(13, 3), 4)


def test_no_values_are_no_fractions() -> None:
    assert fractions(ExactValues(np.array([], dtype=np.int64), np.array([], dtype=np.int64))) == []
