from typing import Any

import numpy as np
import pytest
from scipy import stats

from annotation.agreement import Figure
from annotation.agreement.annotators.estimates import Estimate
from annotation.agreement.estimates import Difference, differences
from annotation.agreement.estimates.differences import holm

NAN = float("nan")


def close(*values: float) -> Any:
    return pytest.approx(values, rel=1e-10, abs=1e-12)


def test_a_difference_is_paired_by_query() -> None:
    random = np.random.default_rng(0)
    first, second = random.normal(60, 10, 12), random.normal(50, 10, 12)
    values, systems, queries = np.concatenate([first, second]), np.repeat([0, 1], 12), np.tile(np.arange(12), 2)
    test = stats.ttest_rel(first, second)
    low, high = test.confidence_interval(0.95)
    [difference] = differences(values, systems, 2, queries)
    estimate, mean = difference.estimate, (first - second).mean()
    assert (estimate.figure.value, estimate.figure.low, estimate.figure.high) == close(mean, low, high)
    assert (estimate.se, difference.p, difference.adjusted) == close(stats.sem(first - second), test.pvalue, test.pvalue)
    assert (difference.first, difference.second, estimate.figure.n, estimate.queries, difference.unpaired) == (
        0,
        1,
        24,
        12,
        (0, 0),
    )


def test_queries_that_only_one_answered_are_counted_and_not_used() -> None:
    # query 0 by both, 1 and 2 by the first alone, 3 by the second alone, 4 by the second without a value
    values = np.array([60.0, 10.0, 20.0, 50.0, 90.0, NAN])
    systems, queries = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 1, 2, 0, 3, 4])
    estimate = Estimate(Figure(10.0, 2, no_interval="too few queries for an interval"), None, 1)
    assert differences(values, systems, 2, queries) == (Difference(0, 1, estimate, None, None, (2, 1)),)


def test_a_system_that_answered_a_query_twice_has_its_mean_there() -> None:
    values, systems, queries = np.array([60.0, 40.0, 44.0]), np.array([0, 0, 1]), np.array([0, 0, 0])
    [difference] = differences(values, systems, 2, queries)
    assert difference.estimate.figure == Figure(6.0, 3, no_interval="too few queries for an interval")


def test_a_query_weighs_the_mean_of_its_responses() -> None:
    values, systems, queries = np.array([60.0, 50.0, 60.0, 10.0]), np.array([0, 1, 0, 1]), np.array([0, 0, 1, 1])
    [difference] = differences(values, systems, 2, queries, weights=np.array([3.0, 3.0, 1.0, 1.0]))
    assert difference.estimate.figure.value == pytest.approx((3 * 10 + 50) / 4)


def test_systems_that_share_no_query_are_not_compared() -> None:
    estimate = Estimate(Figure(None, 0, "no query was answered by both"))
    found = differences(np.array([60.0, 50.0]), np.array([0, 1]), 2, np.array([0, 1]))
    assert found == (Difference(0, 1, estimate, None, None, (1, 1)),)


def test_equal_differences_have_no_interval_and_no_p() -> None:
    values, systems, queries = np.repeat([60.0, 50.0], 8), np.repeat([0, 1], 8), np.tile(np.arange(8), 2)
    [difference] = differences(values, systems, 2, queries)
    assert difference.estimate == Estimate(Figure(10.0, 16, no_interval="too few queries differ for an interval"), None, 8)
    assert (difference.p, difference.adjusted, difference.beyond_chance) == (None, None, False)


def test_the_p_values_of_all_differences_are_adjusted_together() -> None:
    random = np.random.default_rng(1)
    values = (random.normal(50, 8, (3, 20)) + np.array([[12], [5], [0]])).ravel()
    found = differences(values, np.repeat([0, 1, 2], 20), 3, np.tile(np.arange(20), 3))
    assert [(each.first, each.second) for each in found] == [(0, 1), (0, 2), (1, 2)]
    assert [each.adjusted for each in found] == holm(np.array([each.p for each in found])).tolist()
    assert [each.beyond_chance for each in found] == [each.adjusted is not None and each.adjusted <= 0.05 for each in found]
    assert found[1].beyond_chance


def test_holm_multiplies_the_least_most() -> None:
    # in order .005, .01, .03, .04: times 4, 3, 2, 1, and none below the one before
    assert holm(np.array([0.01, 0.04, 0.03, 0.005])).tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm(np.array([0.6, 0.7])).tolist() == [1, 1]
    assert holm(np.array([])).tolist() == []


def test_a_difference_is_plain() -> None:
    figure = Figure(6.7, 40, low=4.5, high=8.9)
    assert Difference(0, 1, Estimate(figure, 1.1, 20), 0.01, 0.03, (2, 1)).plain(interval=True) == {
        "value": 6.7, "n": 40, "reason": None, "low": 4.5, "high": 8.9, "no_interval": None, "se": 1.1,
        "queries": 20, "p": 0.01, "adjusted": 0.03, "only_first": 2, "only_second": 1,
    }  # fmt: skip
