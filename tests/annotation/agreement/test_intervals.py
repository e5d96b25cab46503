"""Intervals against the naive way: the ratings of each replicate written out, and the measure computed anew."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from scipy.stats import t

from annotation.agreement import Figure, intervals, pearson_of_two, spearman_of_two
from annotation.agreement.clusters import Clusters, clusters_of
from annotation.agreement.intervals import (
    Resamples,
    SumStatistic,
    as_floats,
    figure,
    forget_resamples,
    quantile,
    resample,
    resample_weights,
)
from annotation.agreement.transforms import COEFFICIENT, DISTANCE, SHARE, UP_TO_1
from tests.annotation.agreement.arrays import MEASURES, Study, study

TRANSFORMS = {"exact": SHARE, "adjacent": SHARE, "prevalence": SHARE, "difference": DISTANCE, "the mean's ICC": UP_TO_1}
# These count responses with a single rating too.
FROM_ONE = {"AC1", "Fleiss", "prevalence", "one rating's ICC", "the mean's ICC"} | {name for name in MEASURES if "AC2" in name}
# These count what an annotator does apart from what others do.
OF_PEOPLE = {name for name in MEASURES if "kappa" in name or "ICC" in name}
SMALL = [study(12, each=3, missing=0.1), study(30, each=1, missing=0.2, seed=2), study(40, each=2, annotators=5, missing=0.5)]


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("sample", SMALL, ids=["12 x 3", "30 x 1", "40 x 2"])
def test_below_100_queries_each_query_is_left_out_once(name: str, sample: Study) -> None:
    measure = MEASURES[name]
    actual = measure(sample.ratings, queries=sample.queries)
    without = np.array([measure(sample.ratings[:, sample.queries != query]).value for query in contributing(sample, name)])
    n = len(without)
    error = np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
    low, high = TRANSFORMS.get(name, COEFFICIENT).interval(actual.value, t.ppf(0.975, n - 1) * error)
    assert actual.value == pytest.approx(measure(sample.ratings).value, abs=1e-12)
    assert (actual.low, actual.high) == pytest.approx((low, high), abs=1e-10)


def contributing(sample: Study, name: str) -> list[int]:
    enough = (~np.isnan(sample.ratings)).sum(axis=0) >= (1 if name in FROM_ONE else 2)
    return sorted(set(sample.queries[enough].tolist()))


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("each", [1, 2])
def test_from_100_queries_on_all_are_resampled(name: str, each: int) -> None:
    sample, measure, resamples = study(140, each, seed=3), MEASURES[name], Resamples(number=60)
    pooling: dict[str, Any] = {"at_least": 1 if name in FROM_ONE else 2, "anonymous": name not in OF_PEOPLE}
    data = clusters_of(sample.ratings, None, sample.queries, **pooling)
    replicates = sorted(measure(ratings).value for ratings in written_out(data, resamples))
    actual = measure(sample.ratings, queries=sample.queries, resamples=resamples)
    # 60 resamples: the ends lie 2.5 % of 61 steps from the first and the last
    step = 0.025 * 61 - 1
    low = replicates[0] + step * (replicates[1] - replicates[0])
    high = replicates[-1] - step * (replicates[-1] - replicates[-2])
    assert actual.value == pytest.approx(measure(sample.ratings).value, abs=1e-12)
    assert (actual.low, actual.high) == pytest.approx((low, high), abs=1e-10)


def written_out(data: Clusters, resamples: Resamples) -> Iterator[Any]:
    for weights in np.concatenate(list(resample_weights(data, resamples))):
        yield np.repeat(data.ratings, weights[data.cluster].astype(int), axis=1)


@pytest.mark.parametrize("each", [1, 2])
def test_a_resample_has_as_many_queries_as_there_are_and_each_is_equally_likely(each: int) -> None:
    sample = study(150, each, missing=0)
    data = clusters_of(sample.ratings, None, sample.queries)
    weights = np.concatenate(list(resample_weights(data, Resamples(5))))
    assert weights.shape == (1000, len(data.query_counts))
    assert set(weights.sum(axis=1)) == {150}
    errors = np.sqrt(data.query_counts * (1 - data.query_counts / 150) / 1000)
    assert np.abs((weights.mean(axis=0) - data.query_counts) / errors).max() < 5


def test_a_resample_counts_how_often_each_query_came() -> None:
    came = np.random.default_rng((8, 2)).integers(120, size=(3, 120))
    expected = [[Counter(row.tolist())[query] for query in range(120)] for row in came]
    assert resample(120, 3, (8, 2)).tolist() == expected


def test_resamples_in_several_batches_are_all_different(monkeypatch: pytest.MonkeyPatch) -> None:
    sample = study(110, 2, missing=0)
    data = clusters_of(sample.ratings, None, sample.queries)
    monkeypatch.setattr(intervals, "CELLS", 110 * 300 + 109)
    batches = list(resample_weights(data, Resamples()))
    assert [len(batch) for batch in batches] == [300, 300, 300, 100]
    assert len({tuple(row) for batch in batches for row in batch}) == 1000
    monkeypatch.setattr(intervals, "CELLS", 1)
    assert [len(batch) for batch in resample_weights(data, Resamples())] == [1] * 1000


@pytest.mark.parametrize("each", [1, 2])
def test_each_seed_has_its_own_resamples_and_those_below_0_count_down_from_the_greatest(each: int) -> None:
    sample = study(110, each, missing=0)
    data = clusters_of(sample.ratings, None, sample.queries)
    first, *others = (next(resample_weights(data, Resamples(seed, 2))).tolist() for seed in (0, 1, 2, 3, -1, 2**64 - 1, 2**64))
    assert others[-1] == first
    assert others[-2] == others[-3]
    assert len({str(weights) for weights in (first, *others)}) == 5


OF_TWO = {
    "Pearson": pearson_of_two,
    "Spearman": spearman_of_two,
}


@pytest.mark.parametrize("name", [*MEASURES, *OF_TWO])
@pytest.mark.parametrize("each", [1, 2])
def test_the_seed_decides_the_resamples_and_is_0_by_default(name: str, each: int) -> None:
    sample, measure = study(130, each, annotators=2, missing=0.05), (MEASURES | OF_TWO)[name]
    ends = [measure(sample.ratings, queries=sample.queries, resamples=Resamples(seed)) for seed in (0, 1, 2, 3)]
    assert measure(sample.ratings, queries=sample.queries) == ends[0]
    assert measure(sample.ratings, queries=sample.queries, resamples=Resamples(3)) == ends[3]
    assert len(set(ends)) > 1  # shares of few pairs may be the same by chance


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize(("queries", "each"), [(20, 2), (120, 1), (110, 2)])
def test_the_order_of_responses_does_not_matter_nor_do_the_names_of_queries(name: str, queries: int, each: int) -> None:
    sample, measure = study(queries, each), MEASURES[name]
    order = np.random.default_rng(1).permutation(queries * each)
    actual = measure(sample.ratings, queries=sample.queries)
    other = measure(sample.ratings[:, order], queries=10 * sample.queries[order] - 1000)
    assert (other.value, other.low, other.high) == pytest.approx((actual.value, actual.low, actual.high), abs=1e-12)


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize(("queries", "each"), [(20, 2), (110, 2)])
def test_the_order_of_annotators_does_not_matter(name: str, queries: int, each: int) -> None:
    sample, measure = study(queries, each, annotators=4), MEASURES[name]
    actual = measure(sample.ratings, queries=sample.queries)
    other = measure(sample.ratings[[2, 0, 3, 1]], queries=sample.queries)
    assert (other.value, other.low, other.high) == pytest.approx((actual.value, actual.low, actual.high), abs=1e-12)


@pytest.mark.parametrize("name", MEASURES)
def test_without_queries_there_is_a_value_alone(name: str) -> None:
    actual = MEASURES[name](study(20).ratings)
    assert (actual.low, actual.high, actual.no_interval, actual.reason) == (None, None, None, None)


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize(("queries", "reason"), [(4, "too few queries for an interval"), (5, None)])
def test_an_interval_needs_five_queries(name: str, queries: int, reason: str | None) -> None:
    sample = study(queries, each=4, missing=0, seed=4)
    actual = MEASURES[name](sample.ratings, queries=sample.queries)
    assert (actual.no_interval, actual.low is None) == (reason, reason is not None)


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("each", [1, 2])
def test_resamples_in_which_nothing_varies_are_left_out(name: str, each: int) -> None:
    """Two annotators who disagree in one query of 130 and give another level together in five: .2 % of resamples have neither."""
    ratings = np.ones((2, 130 * each))
    ratings[:, :5] = 2
    ratings[0, 5] = 3
    actual = MEASURES[name](ratings, queries=np.arange(130 * each) % 130)
    assert actual.low is not None
    assert actual.low < actual.value < actual.high or name.startswith("the mean's")


@pytest.mark.parametrize("name", MEASURES)
def test_a_figure_rests_on_the_responses_that_are_compared(name: str) -> None:
    sample = study(60, missing=0.4)
    rated = (~np.isnan(sample.ratings)).sum(axis=0)
    for asked in ({}, {"queries": sample.queries}):
        assert MEASURES[name](sample.ratings, **asked).n == (rated >= (1 if name == "prevalence" else 2)).sum()


def clustered(queries: int) -> Clusters:
    return clusters_of(np.ones((2, queries)), None, np.arange(queries))


FEW = "too few queries differ for an interval"


@pytest.mark.parametrize("queries", [20, 150])
def test_where_no_query_differs_there_is_no_interval(queries: int) -> None:
    data = Clusters(*(getattr(clustered(queries), name) for name in ("codes", "levels", "cluster", "query_counts", "clustered")))
    actual = figure(lambda weights: np.full(len(weights), 0.5), data, 7, resamples=Resamples())
    assert actual == Figure(0.5, 7, no_interval=FEW)


@pytest.mark.parametrize(("difference", "reason"), [(1e-7, FEW), (1e-4, None)])
def test_values_that_differ_by_rounding_alone_do_not_differ(difference: float, reason: str | None) -> None:
    actual = figure(lambda weights: 1e6 + difference * weights[:, 0], clustered(20), 7, resamples=Resamples())
    assert (actual.no_interval, actual.low is None) == (reason, reason is not None)


def test_a_value_that_depends_on_one_query_has_no_interval() -> None:
    def lost_without_the_first(weights: Any) -> Any:
        return np.where(weights[:, 0] > 0, weights[:, 1] / 4 + weights[:, 2] / 8, np.nan)

    assert figure(lost_without_the_first, clustered(20), 20, resamples=Resamples()) == Figure(0.375, 20, no_interval=FEW)


@pytest.mark.parametrize(("undefined", "reason"), [(50, None), (51, FEW)])
def test_one_resample_in_twenty_may_be_undefined(undefined: int, reason: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = study(100, 2)
    data = clusters_of(sample.ratings, None, sample.queries)
    replicates = np.append(np.full(undefined, np.nan), np.linspace(0, 0.5, 1000 - undefined))
    monkeypatch.setattr(intervals, "resample_weights", lambda *_arguments: [replicates])
    actual = figure(lambda weights: weights, data, 9, resamples=Resamples(), value=0.25)
    assert (actual.no_interval, actual.low is None) == (reason, reason is not None)
    if reason is None:
        assert (actual.low, actual.high) == pytest.approx(
            (0.5 * 0.025 * 951 / 949 - 0.5 / 949, 0.5 * 0.975 * 951 / 949 - 0.5 / 949)
        )


def test_a_value_that_is_not_a_number_is_undefined_for_the_reason_passed() -> None:
    undefined: Any = lambda weights: np.full(len(weights), np.nan)  # noqa: E731
    assert figure(undefined, clustered(20), 3, resamples=Resamples()) == Figure(None, 3, "every rating is the same")
    assert figure(undefined, clustered(20), 3, resamples=Resamples(), undefined="because") == Figure(None, 3, "because")


@pytest.mark.parametrize("number", [1, 2, 5, 39, 60, 950, 1000])
@pytest.mark.parametrize("share", [0.025, 0.5, 0.975])
def test_a_quantile_is_numpys(number: int, share: float) -> None:
    ordered = np.sort(np.random.default_rng(number).normal(size=number))
    assert quantile(ordered, share) == pytest.approx(np.quantile(ordered, share, method="weibull"), abs=1e-14)


def test_of_sums_the_values_without_each_query_are_those_of_the_others() -> None:
    sums, ones = np.random.default_rng(0).normal(size=(120, 2)), np.ones(120)
    statistic = SumStatistic(sums, lambda replicates: replicates[:, 0] / replicates[:, 1])
    assert statistic.without_each(ones) == pytest.approx(statistic(ones - np.eye(120)))


def test_forgotten_resamples_are_no_longer_held_and_are_drawn_alike_again() -> None:
    drawn = as_floats(9, 3, (0, 0))
    assert as_floats(9, 3, (0, 0)) is drawn
    forget_resamples()
    assert (as_floats.cache_info().currsize, resample.cache_info().currsize) == (0, 0)
    np.testing.assert_array_equal(as_floats(9, 3, (0, 0)), drawn)
