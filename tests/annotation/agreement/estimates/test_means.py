from typing import Any

import numpy as np
import pytest
from scipy import stats

from annotation.agreement import DEFAULT_RESAMPLES, Figure, Resamples
from annotation.agreement.estimates import Mean, means, means_table, unanswered
from annotation.agreement.estimates.means import alike, sums_of

NAN = float("nan")


def close(*values: float) -> Any:
    return pytest.approx(values, rel=1e-12, abs=1e-12)


def ends(mean: Mean) -> tuple[float | None, ...]:
    return mean.figure.value, mean.figure.low, mean.figure.high


def zeros(values: Any) -> Any:
    return np.zeros(len(values), dtype=np.int64)


def test_with_one_response_to_a_query_the_interval_is_students() -> None:
    values = np.array([50.0, 60.0, 80.0, 30.0, 70.0, NAN])
    low, high = stats.t.interval(0.95, 4, loc=58.0, scale=stats.sem(values[:5]))
    [mean] = means(values, zeros(values), 1, np.arange(6))
    assert ends(mean) == close(58, low, high)
    assert (mean.figure.n, mean.queries, mean.effective) == (5, 5, 5.0)


def test_the_interval_is_clustered_by_query() -> None:
    # twelve responses to six queries, the two of a query alike: the interval is that of six values
    values = np.repeat([50.0, 60.0, 80.0, 30.0, 70.0, 40.0], 2)
    [mean] = means(values, zeros(values), 1, np.repeat(np.arange(6), 2))
    low, high = stats.t.interval(0.95, 5, loc=55.0, scale=stats.sem(values[::2]))
    assert ends(mean) == close(55, low, high)
    assert (mean.figure.n, mean.queries, mean.effective) == (12, 6, 12.0)


def test_from_100_queries_on_queries_are_resampled() -> None:
    values = np.random.default_rng(0).normal(60, 15, 100)
    drawn = np.random.default_rng((3, 0)).integers(100, size=(500, 100))
    expected = np.quantile(values[drawn].mean(axis=1), [0.025, 0.975], method="weibull")
    [mean] = means(values, zeros(values), 1, np.arange(100), resamples=Resamples(seed=3, number=500))
    assert ends(mean) == close(values.mean(), *expected)


def test_without_resamples_the_interval_is_the_jackknifes_of_any_number_of_queries() -> None:
    values = np.random.default_rng(0).normal(60, 15, 400)
    [mean] = means(values, zeros(values), 1, np.arange(400), resamples=None)
    low, high = stats.t.interval(0.95, 399, loc=values.mean(), scale=stats.sem(values))
    assert ends(mean) == close(values.mean(), low, high)


def test_an_interval_is_cut_where_no_value_can_be() -> None:
    values = np.array([100.0, 100.0, 100.0, 100.0, 80.0])
    [mean] = means(values, zeros(values), 1, np.arange(5), ends=(0.0, 100.0))
    assert ends(mean) == close(96, 96 - stats.t.ppf(0.975, 4) * 4, 100)


def test_values_weigh_what_they_are_said_to() -> None:
    values, weights = np.array([10.0, 20.0, 90.0]), np.array([1.0, 3.0, 0.0])
    [mean] = means(values, zeros(values), 1, np.arange(3), weights=weights)
    assert mean == Mean(Figure(17.5, 2, no_interval="too few queries for an interval"), 2, 1.6)


def test_with_weights_the_interval_is_that_of_leaving_each_query_out() -> None:
    random = np.random.default_rng(1)
    values, weights, queries = random.normal(60, 15, 40), random.uniform(0.2, 3, 40), np.repeat(np.arange(20), 2)
    kept = [queries != query for query in range(20)]
    without = np.array([np.average(values[each], weights=weights[each]) for each in kept])
    half = stats.t.ppf(0.975, 19) * np.sqrt(19 / 20 * ((without - without.mean()) ** 2).sum())
    [mean] = means(values, zeros(values), 1, queries, weights=weights)
    value = np.average(values, weights=weights)
    assert ends(mean) == close(value, value - half, value + half)


def test_undefined_is_said_with_its_reason() -> None:
    values = np.array([NAN, 40.0, 50.0, 50.0, 50.0, 50.0, 50.0])
    parts = np.array([0, 1, 2, 2, 2, 2, 2])
    assert means(values, parts, 4, np.arange(7)) == (
        Mean(Figure(None, 0, "no response has a value")),
        Mean(Figure(40.0, 1, no_interval="too few queries for an interval"), 1, 1.0),
        Mean(Figure(50.0, 5, no_interval="too few queries differ for an interval"), 5, 5.0),
        Mean(Figure(None, 0, "no response has a value")),
    )


def test_one_query_that_has_all_the_weight_makes_no_interval() -> None:
    values = np.arange(6.0)
    [mean] = means(values, zeros(values), 1, np.arange(6), weights=np.array([1e15, 1, 1, 1, 1, 1]))
    assert mean.figure.no_interval == "too few queries differ for an interval"


@pytest.fixture
def study() -> Any:
    """Two systems, three groups, thirty queries; the second system leaves out the last ten, and has no value for the first."""
    random = np.random.default_rng(2)
    queries = np.concatenate([np.arange(30), np.arange(20)])
    systems = np.repeat([0, 1], [30, 20])
    values = random.normal(60, 10, 50)
    values[30] = NAN
    return values, systems, queries % 3, queries


def test_a_table_has_the_means_of_each_part(study: Any) -> None:
    values, systems, groups, queries = study
    table = means_table(values, systems, groups, queries, shape=(2, 3))
    of_system = [systems == system for system in range(2)]
    assert table.cells == tuple(means(values[own], groups[own], 3, queries[own], resamples=None) for own in of_system)
    assert table.systems == means(values, systems, 2, queries)
    assert table.groups == means(values, groups, 3, queries)
    assert table.unanswered == (0, 10)


def test_the_mean_over_groups_counts_each_group_the_same(study: Any) -> None:
    values, systems, _groups, queries = study
    groups = np.where(queries < 5, 0, 1)
    table = means_table(values, systems, groups, queries, shape=(2, 2))
    own = systems == 0
    value = (values[own][:5].mean() + values[own][5:].mean()) / 2
    without = np.array(
        [
            (values[:30][(queries[:30] < 5) & kept].mean() + values[:30][(queries[:30] >= 5) & kept].mean()) / 2
            for kept in (queries[:30] != query for query in range(30))
        ]
    )
    half = stats.t.ppf(0.975, 29) * np.sqrt(29 / 30 * ((without - without.mean()) ** 2).sum())
    assert ends(table.over_groups[0]) == close(value, value - half, value + half)
    assert (table.over_groups[0].figure.n, table.over_groups[0].queries) == (30, 30)
    assert ends(table.systems[0])[:1] == close(values[own].mean())


def test_a_mean_over_groups_is_undefined_where_one_has_no_value(study: Any) -> None:
    values, systems, _groups, queries = study
    groups = np.where(queries < 25, 0, 1)  # the second system answered none of the second group
    table = means_table(values, systems, groups, queries, shape=(2, 2))
    assert table.over_groups[1].figure == Figure(None, 19, "one of the groups has no value")
    assert table.cells[1][1].figure == Figure(None, 0, "no response has a value")


def test_resamples_reach_the_margins_of_a_table_and_not_its_cells() -> None:
    values = np.random.default_rng(3).normal(60, 15, 300)
    systems, groups, queries = zeros(values), np.arange(300) % 2, np.arange(300)
    table = means_table(values, systems, groups, queries, shape=(1, 2), resamples=DEFAULT_RESAMPLES)
    assert table.systems == means(values, systems, 1, queries, resamples=DEFAULT_RESAMPLES)
    assert table.cells == (means(values, groups, 2, queries, resamples=None),)
    assert table.groups == means(values, groups, 2, queries, resamples=DEFAULT_RESAMPLES)


def test_parts_of_as_many_queries_share_their_resamples_and_the_jackknife_takes_each_alone() -> None:
    parts = [sums_of(np.zeros(size), np.ones(size), np.arange(size)) for size in (100, 120, 0, 100, 99, 99)]
    assert alike(parts, DEFAULT_RESAMPLES) == [[0, 3], [1], [4], [5]]
    assert alike(parts, None) == [[0], [1], [3], [4], [5]]  # together they would be queries x queries


def test_a_query_is_unanswered_where_a_system_has_no_response_to_it() -> None:
    assert unanswered(np.array([0, 0, 1, 0]), 3, np.array([4, 9, 9, 9])) == (0, 1, 2)


def test_a_mean_is_plain() -> None:
    assert Mean(Figure(58.0, 5, low=50.0, high=66.0), 4, 4.5).plain(interval=True) == {
        "value": 58.0, "n": 5, "reason": None, "low": 50.0, "high": 66.0, "no_interval": None, "queries": 4, "effective": 4.5,
    }  # fmt: skip
