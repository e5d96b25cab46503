"""Levels that are not told apart are called confused, and no others. The rates of many studies are in tests/bench/levels.py."""

from typing import Any

import numpy as np
import pytest

from annotation.agreement.clusters import clusters_of
from annotation.agreement.figures import Figure
from annotation.agreement.levels import LevelPair, confused_levels
from annotation.agreement.levels.confused import difference, patterns_of
from annotation.agreement.reasons import (
    FEW_OF_LEVELS,
    LEVEL_UNUSED,
    LITTLE_OVERLAP,
    NO_OVERLAP,
    NO_RATINGS,
    ONE_ANNOTATOR,
)
from tests.annotation.agreement.arrays import NAN, SCALE
from tests.bench.levels import TYPICAL, agreement, confused

LEVELS = [(1, 2), (2, 3), (3, 4), (4, 5), (5, 6)]


def test_nothing_is_called_confused_where_nothing_is_merged() -> None:
    assert [confused(TYPICAL.rate(seed)) for seed in range(8)] == [[]] * 8


@pytest.mark.parametrize("merged", range(1, 6))
def test_merged_levels_and_no_others_are_called_confused(merged: int) -> None:
    assert [confused(TYPICAL.rate(seed, merged)) for seed in range(3)] == [[merged]] * 3


def test_many_ratings_need_less_evidence_to_be_called_confused() -> None:
    few, many = (
        patterns_of(clusters_of(TYPICAL.rate(0)[:, :166], SCALE, None)),
        patterns_of(clusters_of(TYPICAL.rate(0), SCALE, None)),
    )
    assert (few.bound, many.bound) == (2.0, 1.0)


def test_three_levels_can_be_confused() -> None:
    random = np.random.default_rng(3)
    ratings = TYPICAL.rate(3)
    ratings = np.where((ratings >= 2) & (ratings <= 4), random.integers(2, 5, ratings.shape), ratings)
    assert confused(ratings) == [2, 3]


def test_the_simulated_annotators_are_typical() -> None:
    exact, adjacent = np.mean([agreement(TYPICAL.rate(seed)) for seed in range(50)], axis=0)
    assert (float(exact), float(adjacent)) == pytest.approx((0.40, 0.87), abs=0.01)


def test_the_shift_is_near_0_of_confused_levels_and_as_expected_of_others() -> None:
    """Stored results: of the same ratings, always the same."""
    pairs = confused_levels(TYPICAL.rate(0, 3), SCALE, queries=np.arange(200) // 2)
    assert [(pair.levels, pair.confused) for pair in pairs] == [(pair, pair == (3, 4)) for pair in LEVELS]
    assert rounded(pairs[2]) == CONFUSED
    assert rounded(pairs[1]) == TOLD_APART


def test_a_shift_is_that_of_the_other_ratings_of_a_response_with_the_two_levels_as_one() -> None:
    ratings = TYPICAL.rate(0)
    ratings[np.random.default_rng(4).random(ratings.shape) < 0.3] = NAN
    ratings = ratings[:, (~np.isnan(ratings)).sum(axis=0) > 1]
    for pair in confused_levels(ratings, SCALE, queries=np.arange(ratings.shape[1]) // 4):
        lower, upper = pair.levels
        values = np.where(np.isin(ratings, pair.levels), (lower + upper) / 2, ratings)
        others = (np.nansum(values, axis=0) - values) / ((~np.isnan(values)).sum(axis=0) - 1)
        shift = others[ratings == upper].mean() - others[ratings == lower].mean()
        assert (pair.shift.value, pair.shift.n) == (pytest.approx(shift), np.isin(ratings, pair.levels).any(axis=0).sum())
        assert pair.shift.low is not None
        assert pair.shift.high is not None
        assert pair.shift.low + pair.shift.high == pytest.approx(2 * shift)  # by the jackknife, on the levels' own scale


def test_a_shift_to_a_level_that_no_response_has_is_undefined() -> None:
    assert difference(np.array([[6.0, 2.0, 2.0, 1.0], [6.0, 2.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0]])).tolist() == pytest.approx(
        [1.0, NAN, NAN], nan_ok=True
    )


def test_evidence_for_neither_leaves_open_whether_levels_are_confused() -> None:
    """Stored results: from -2 to 2 with 180 pairs of ratings, to 1 with 500 or more."""
    first = confused_levels(TYPICAL.rate(0, 3)[:, :60], SCALE)[0]
    second = confused_levels(TYPICAL.rate(2, 3)[:, :60], SCALE)[0]
    assert [(pair.confused, pair.reason) for pair in (first, second)] == [(None, FEW_OF_LEVELS)] * 2
    assert [pair.evidence for pair in (first, second)] == pytest.approx([1.0096, -0.7909], abs=1e-4)
    told = confused_levels(TYPICAL.rate(0), SCALE)
    assert [(pair.confused, pair.reason) for pair in told] == [(False, None)] * 5


def test_thirty_responses_and_ten_ratings_of_each_level_are_enough() -> None:
    ratings = np.tile([[1.0, 1, 1, 2, 2, 3], [1.0, 2, 2, 2, 3, 3]], 5)  # ten responses in thirty are 1 and 2
    pairs = confused_levels(ratings, SCALE)
    assert [pair.reason for pair in pairs[2:]] == [LEVEL_UNUSED] * 3
    ends = np.minimum(TYPICAL.rate(0), 5)
    ends[:2, :5] = 6
    enough = confused_levels(ends, SCALE)[-1]
    assert (int((ends == 6).sum()), enough.evidence is None) == (10, False)
    ends[0, 0] = 5
    few = confused_levels(ends, SCALE)[-1]
    assert (few.evidence, few.reason, few.shift.n) == (None, FEW_OF_LEVELS, int((ends >= 5).any(axis=0).sum()))


def rounded(pair: LevelPair) -> list[float]:
    numbers: list[Any] = [pair.shift.value, pair.shift.low, pair.shift.high, pair.expected, pair.evidence]
    return [round(number, 4) for number in numbers]


CONFUSED = [-0.0673, -0.2013, 0.0773, 0.4982, 21.4099]
TOLD_APART = [0.5841, 0.4162, 0.7775, 0.4471, -46.5578]


def test_order_of_annotators_and_responses_does_not_matter() -> None:
    ratings = TYPICAL.rate(5, 2)
    mixed = np.random.default_rng(1).permutation(ratings, axis=1)[[2, 0, 1]]
    one, other = confused_levels(ratings, SCALE), confused_levels(mixed, SCALE)
    assert [(pair.levels, pair.confused, pair.shift.n) for pair in one] == [
        (pair.levels, pair.confused, pair.shift.n) for pair in other
    ]
    assert [pair.evidence for pair in one] == pytest.approx([pair.evidence for pair in other])


def test_a_level_that_nobody_gives_leaves_its_pairs_undefined() -> None:
    ratings = np.where(TYPICAL.rate(0) == 1, 2, TYPICAL.rate(0))
    pairs = confused_levels(ratings, SCALE)
    given = int((ratings == 2).any(axis=0).sum())
    assert pairs[0] == LevelPair((1, 2), Figure(None, given, LEVEL_UNUSED), reason=LEVEL_UNUSED)
    assert [pair.confused for pair in pairs[1:]] == [False] * 4


def test_few_ratings_of_two_levels_say_nothing_of_them() -> None:
    """One response of 200 got the highest level: from two annotators."""
    ratings = np.minimum(TYPICAL.rate(0), 5)
    ratings[:, 7] = (6, 6, 5)
    last = confused_levels(ratings, SCALE)[-1]
    assert (last.levels, last.confused, last.reason) == ((5, 6), None, FEW_OF_LEVELS)


@pytest.mark.parametrize(
    ("ratings", "n", "reason"),
    [
        (np.full((3, 40), NAN), 0, NO_RATINGS),
        (np.array([[1.0, 2.0] * 20]), 0, ONE_ANNOTATOR),
        (np.array([[1.0] * 40 + [NAN] * 40, [NAN] * 40 + [2.0] * 40]), 0, NO_OVERLAP),
        (np.tile([[1.0], [2.0]], 29), 29, LITTLE_OVERLAP),
    ],
)
def test_too_little_is_undefined_with_its_reason(ratings: Any, n: int, reason: str) -> None:
    nothing = [LevelPair(levels, Figure(None, n, reason), reason=reason) for levels in LEVELS]
    assert confused_levels(ratings, SCALE) == nothing
