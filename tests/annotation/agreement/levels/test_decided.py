"""Decisions against the annotators' mean and against blind scores."""

import numpy as np
import pytest

from annotation.agreement.figures import Figure
from annotation.agreement.intervals import Resamples
from annotation.agreement.levels.decided import Changes, Directions, changes, directions, mean_of
from annotation.agreement.reasons import NO_DECISIONS
from tests.annotation.agreement.arrays import NAN


def test_decisions_lie_higher_lower_or_within_half_a_level() -> None:
    decided = np.array([4.0, 4.0, 4.0, 4.0, NAN, 2.0])
    means = np.array([3.5, 3.625, 4.5, 4.375, 1.0, NAN])
    found = directions(decided, means, np.arange(6))
    assert (found.higher, found.same, found.lower, found.difference.n) == (1, 2, 1, 4)
    assert found.difference.value == pytest.approx(0)


def test_the_mean_difference_has_an_interval_clustered_by_query() -> None:
    """Twice the same responses of the same queries: the same interval, by the jackknife."""
    decided, means = np.array([4.0, 5.0, 3.0, 4.0, 2.0, 6.0]), np.array([3.0, 5.0, 4.0, 2.0, 2.0, 5.0])
    once = directions(decided, means, np.arange(6)).difference
    twice = directions(np.tile(decided, 2), np.tile(means, 2), np.tile(np.arange(6), 2)).difference
    assert (once.n, twice.n, once.value) == (6, 12, pytest.approx(0.5))
    assert (twice.low, twice.high) == pytest.approx((once.low, once.high))
    assert once.low == pytest.approx(0.5 - 2.5706 * 0.4282, abs=1e-3)


def test_of_many_queries_the_interval_is_that_of_the_resamples_asked_for() -> None:
    decided = np.random.default_rng(0).integers(1, 7, 240).astype(float)
    means, queries = np.full(240, 3.5), np.arange(240) // 2
    of = [directions(decided, means, queries, resamples=resamples).difference for resamples in (Resamples(), Resamples(5, 300))]
    assert of == [mean_of(decided - 3.5, queries), mean_of(decided - 3.5, queries, Resamples(5, 300))]
    assert of[0].low != of[1].low


def test_nothing_decided_is_undefined() -> None:
    nothing = directions(np.array([NAN, 3.0]), np.array([2.0, NAN]), np.arange(2))
    assert nothing == Directions(0, 0, 0, Figure(None, 0, NO_DECISIONS))


def test_a_changed_score_moves_towards_the_mean_or_away_or_neither() -> None:
    blind = np.array([2.0, 3.0, 4.0, 5.0, NAN, 3.0])
    decided = np.array([3.0, 2.0, 4.0, 3.0, 4.0, NAN])
    means = np.array([4.0, 4.0, 4.0, 4.0, 4.0, 4.0])
    assert changes(blind, decided, means) == Changes(n=4, changed=3, towards=1, away=1)
