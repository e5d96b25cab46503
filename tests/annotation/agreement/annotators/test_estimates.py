import numpy as np
import pytest
from scipy.stats import t

from annotation.agreement import Figure
from annotation.agreement.annotators import estimates
from annotation.agreement.annotators.estimates import Estimate, distinct, from_squares, pairs
from annotation.agreement.transforms import DISTANCE


def test_the_interval_is_students_t_with_a_correction_for_few_queries() -> None:
    found = from_squares(0.5, 12, 0.04, 5)
    half = t.ppf(0.975, 4) * 0.2 * np.sqrt(5 / 4)
    assert found.se == pytest.approx(0.2 * np.sqrt(5 / 4), abs=1e-15)
    assert (found.figure.value, found.figure.n, found.figure.reason) == (0.5, 12, None)
    assert (found.figure.low, found.figure.high) == pytest.approx((0.5 - half, 0.5 + half), abs=1e-9)


def test_the_interval_is_taken_on_the_scale_of_the_transform() -> None:
    found = from_squares(2.0, 12, 0.04, 10, transform=DISTANCE).figure
    factor = np.exp(t.ppf(0.975, 9) * 0.2 * np.sqrt(10 / 9) / 2)
    assert (found.low, found.high) == (pytest.approx(2 / factor), pytest.approx(2 * factor))


def test_fewer_than_five_queries_or_queries_that_move_nothing_make_no_interval() -> None:
    few, alike = "too few queries for an interval", "too few queries differ for an interval"
    assert from_squares(0.5, 12, 0.04, 4) == Estimate(Figure(0.5, 12, no_interval=few), queries=4)
    assert from_squares(3.0, 12, 1e-26, 5) == Estimate(Figure(3.0, 12, no_interval=alike), queries=5)


def test_an_estimate_is_plain_with_its_standard_error_where_intervals_are_asked_for() -> None:
    estimate = Estimate(Figure(0.5, 12, low=0.1, high=0.9), 0.2)
    assert estimate.plain(interval=False) == {"value": 0.5, "n": 12, "reason": None}
    assert estimate.plain(interval=True) == {
        "value": 0.5,
        "n": 12,
        "reason": None,
        "low": 0.1,
        "high": 0.9,
        "no_interval": None,
        "se": 0.2,
    }


@pytest.mark.parametrize("table", [0, 20_000_000])
def test_different_others_are_counted_for_each_part(monkeypatch: pytest.MonkeyPatch, table: int) -> None:
    monkeypatch.setattr(estimates, "TABLE", table)
    assert distinct(np.array([1, 1, 1, 3, 0]), np.array([9, 4, 9, 9, 0]), 5).tolist() == [1, 2, 0, 1, 0]
    assert distinct(np.array([], dtype=int), np.array([], dtype=int), 2).tolist() == [0, 0]


@pytest.mark.parametrize("table", [0, 20_000_000])
def test_pairs_that_occur_are_numbered_in_order(monkeypatch: pytest.MonkeyPatch, table: int) -> None:
    monkeypatch.setattr(estimates, "TABLE", table)
    part, other, place = pairs(np.array([2, 0, 2, 2, 0]), np.array([1, 3, 0, 1, 3]))
    assert (part.tolist(), other.tolist(), place.tolist()) == ([0, 2, 2], [3, 0, 1], [2, 0, 1, 2, 0])
