from typing import Any

import numpy as np
import pytest

from annotation.agreement import (
    Figure,
    agreement_with_others,
    agreements_over_time,
    least_squares,
    paces,
    paces_over_time,
    spreads,
    spreads_over_time,
)
from tests.annotation.agreement.arrays import SCALE, array, study

CRITERIA, COUNT = 3, 4


def sample() -> tuple[Any, Any, Any]:
    """Values, criteria x annotators x responses, queries, and periods."""
    values = np.stack([study(60, 2, annotators=5, seed=seed, missing=0.5).ratings for seed in range(CRITERIA)])
    values[1] = np.clip(values[1] + 2, 1, 6)  # the means of criteria differ
    rated = ~np.isnan(values).all(axis=0)
    periods = np.where(rated, np.random.default_rng(9).integers(-1, COUNT, rated.shape), -1)
    return values, np.arange(120) // 2, periods


def of_period(values: Any, periods: Any, own: int, period: int) -> Any:
    """Annotators x columns: the others' ratings, and of the own those of the period alone."""
    kept = values.copy()
    kept[:, own, periods[own] != period] = np.nan
    return kept.swapaxes(0, 1).reshape(values.shape[1], -1)


def test_a_periods_agreement_is_that_of_its_ratings_with_all_others() -> None:
    values, queries, periods = sample()
    found = agreements_over_time(least_squares(values, queries), periods, COUNT, SCALE)
    criteria = np.repeat(np.arange(CRITERIA), 120)
    for own, row in enumerate(found):
        for period, each in enumerate(row):
            ratings = of_period(values, periods, own, period)
            expected = agreement_with_others(ratings, scale=SCALE, criteria=criteria)[own].value
            assert each.figure.value == pytest.approx(expected, abs=1e-12)


def test_the_errors_of_agreement_are_those_of_leaving_each_query_out_where_there_are_many() -> None:
    values = np.stack([study(400, 2, annotators=3, seed=seed).ratings for seed in range(2)])
    queries, periods = np.arange(800) // 2, np.zeros((3, 800), dtype=int)

    def value_of(kept: Any) -> list[float]:
        fit = least_squares(values[:, :, kept], queries[kept])
        return [row[0].figure.value for row in agreements_over_time(fit, periods[:, kept], 1, SCALE)]

    without = np.array([value_of(queries != query) for query in range(400)])
    jackknife = np.sqrt(399 / 400 * ((without - without.mean(axis=0)) ** 2).sum(axis=0))
    found = agreements_over_time(least_squares(values, queries), periods, 1, SCALE)
    assert [row[0].se for row in found] == pytest.approx(jackknife, rel=0.02)
    [[ana], *_others] = found
    half = 1.9659273 * ana.se / (1 - ana.figure.value**2)  # t(.975, 399), on Fisher's scale
    ends = [np.tanh(np.arctanh(ana.figure.value) + side * half) for side in (-1, 1)]
    assert [ana.figure.low, ana.figure.high] == pytest.approx(ends, abs=1e-6)


def test_a_periods_spread_is_that_of_its_ratings_against_all_others() -> None:
    values, queries, periods = sample()
    found = spreads_over_time(least_squares(values, queries), periods, COUNT)
    for own, row in enumerate(found):
        for period, each in enumerate(row):
            expected = spreads(of_period(values, periods, own, period))[own].value
            assert each.value == pytest.approx(expected, abs=1e-12)


def test_a_periods_pace_is_that_of_its_times_against_all_others() -> None:
    random = np.random.default_rng(0)
    seconds = np.where(random.random((4, 60)) < 0.3, 0, random.integers(10, 90, (4, 60))).astype(float)
    periods = random.integers(-1, 3, (4, 60))
    found = paces_over_time(seconds, periods, 3)
    for own in range(4):
        for period in range(3):
            kept = seconds.copy()
            kept[own, periods[own] != period] = np.nan
            assert found[own][period] == paces(kept)[own]


def test_periods_in_which_nothing_is_shared_have_no_figure() -> None:
    ratings = array([1, 2, None, 4], [2, 2, 5, None])
    fit, periods = least_squares(ratings[None], np.arange(4)), np.array([[0, 0, -1, 1], [0, 0, 1, -1]])
    assert [[each and each.figure.n for each in row] for row in agreements_over_time(fit, periods, 2, SCALE)] == [[2, None]] * 2
    assert [row[1] for row in spreads_over_time(fit, periods, 2)] == [None, None]
    assert paces_over_time(np.array([[1.0, 0, 0, 5], [0, 2, 2, 0]]), periods, 2) == [[None, None], [None, None]]


def test_a_small_spread_of_two_responses_is_one_and_an_other_with_one_response_adds_none() -> None:
    """Against the second annotator: 1/2 over 9/2. The third shares one response, whose ratings have no spread."""
    ratings = array([1, 2], [5, 2], [None, 6], [None, None])
    found = spreads_over_time(least_squares(ratings[None], np.arange(2)), np.zeros((4, 2), dtype=int), 1)
    [[own], *_others, [nobody]] = found
    assert (own.value, own.n, nobody) == (pytest.approx(1 / 3, abs=1e-12), 2, None)


def test_where_nothing_is_shared_no_period_has_a_figure() -> None:
    fit, periods = least_squares(array([1, None], [None, 2])[None], np.arange(2)), np.zeros((2, 2), dtype=int)
    assert agreements_over_time(fit, periods, 1, SCALE) == [[None], [None]]
    assert spreads_over_time(fit, periods, 1) == [[None], [None]]


def test_a_second_is_a_time() -> None:
    assert paces_over_time(np.array([[1.0], [2.0]]), np.zeros((2, 1), dtype=int), 1) == [[Figure(0.5, 1)], [Figure(2.0, 1)]]


def test_ratings_without_variation_have_neither_agreement_nor_spread() -> None:
    same, one = array([3, 3, 3], [3, 3, 3]), array([1, 2, 3], [3, 3, 3])
    periods = np.zeros((2, 3), dtype=int)
    of_same, of_one = (least_squares(ratings[None], np.arange(3)) for ratings in (same, one))
    assert [row[0].figure for row in agreements_over_time(of_same, periods, 1, SCALE)] == [
        Figure(None, 3, "every rating is the same")
    ] * 2
    assert spreads_over_time(of_same, periods, 1)[0] == [Figure(None, 3, "every rating is the same")]
    assert spreads_over_time(of_one, periods, 1) == [
        [Figure(None, 3, "one annotator has given the same rating throughout")],
        [Figure(0.0, 3)],
    ]


def test_one_response_however_many_criteria_it_has_tells_neither_agreement_nor_spread() -> None:
    values = np.stack([array([1, 4], [2, 5]), array([3, 4], [3, 2])])
    fit, periods = least_squares(values, np.arange(2)), np.array([[0, 1], [0, 0]])
    one = Figure(None, 1, "only one response has two ratings")
    agreements, spreads = agreements_over_time(fit, periods, 2, SCALE), spreads_over_time(fit, periods, 2)
    assert [[each and each.figure for each in row] for row in agreements[:1]] == [[one, one]]
    assert spreads[0] == [one, one]
    assert agreements[1][0].figure.value is not None
    assert spreads[1][0].n == 2
