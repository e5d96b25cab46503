"""Intervals against the naive way: each replicate's ratings written out, and the measure asked anew."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from scipy.stats import t

from annotation.agreement import Figure, intervals, kappas, pearson_of_two, spearman_of_two
from annotation.agreement.clusters import Clusters, clusters_of
from annotation.agreement.intervals import Resamples, figure, resample, resample_weights
from annotation.agreement.transforms import COEFFICIENT, DISTANCE, SHARE, UP_TO_1
from tests.annotation.agreement.arrays import MEASURES, SCALE, Study, study

SPANS = {"exact": SHARE, "adjacent": SHARE, "prevalence": SHARE, "difference": DISTANCE, "the mean's ICC": UP_TO_1}
# These count responses with a single rating too.
FROM_ONE = {"AC1", "Fleiss", "prevalence", "one rating's ICC", "the mean's ICC"} | {name for name in MEASURES if "AC2" in name}
SMALL = [study(12, each=3, missing=0.1), study(30, each=1, missing=0.2, seed=2), study(40, each=2, annotators=5, missing=0.5)]


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("given", SMALL, ids=["12 x 3", "30 x 1", "40 x 2"])
def test_below_100_queries_each_query_is_left_out_once(name: str, given: Study) -> None:
    measure = MEASURES[name]
    found = measure(given.ratings, queries=given.queries)
    without = np.array([measure(given.ratings[:, given.queries != query]).value for query in contributing(given, name)])
    n = len(without)
    error = np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
    low, high = SPANS.get(name, COEFFICIENT).around(found.value, t.ppf(0.975, n - 1) * error)
    assert found.value == pytest.approx(measure(given.ratings).value, abs=1e-12)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-10)


def contributing(given: Study, name: str) -> list[int]:
    enough = (~np.isnan(given.ratings)).sum(axis=0) >= (1 if name in FROM_ONE else 2)
    return sorted(set(given.queries[enough].tolist()))


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("each", [1, 2])
def test_from_100_queries_on_all_are_drawn_anew(name: str, each: int) -> None:
    given, measure, resamples = study(140, each, seed=3), MEASURES[name], Resamples(number=60)
    data = clusters_of(given.ratings, None, given.queries, at_least=1 if name in FROM_ONE else 2)
    replicates = sorted(measure(ratings).value for ratings in written_out(data, resamples))
    found = measure(given.ratings, queries=given.queries, resamples=resamples)
    # 60 draws: the ends lie 2.5 % of 61 steps from the first and the last
    step = 0.025 * 61 - 1
    low = replicates[0] + step * (replicates[1] - replicates[0])
    high = replicates[-1] - step * (replicates[-1] - replicates[-2])
    assert found.value == pytest.approx(measure(given.ratings).value, abs=1e-12)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-10)


def written_out(data: Clusters, resamples: Resamples) -> Iterator[Any]:
    for weights in np.concatenate(list(resample_weights(data, resamples))):
        yield np.repeat(data.ratings, weights[data.cluster].astype(int), axis=1)


@pytest.mark.parametrize("each", [1, 2])
def test_a_draw_has_as_many_queries_as_there_are_and_each_is_as_likely(each: int) -> None:
    given = study(150, each, missing=0)
    data = clusters_of(given.ratings, None, given.queries)
    weights = np.concatenate(list(resample_weights(data, Resamples(5))))
    assert weights.shape == (1000, len(data.times))
    assert set(weights.sum(axis=1)) == {150}
    errors = np.sqrt(data.times * (1 - data.times / 150) / 1000)
    assert np.abs((weights.mean(axis=0) - data.times) / errors).max() < 5


def test_a_draw_counts_how_often_each_query_came() -> None:
    came = np.random.default_rng((8, 2)).integers(120, size=(3, 120))
    expected = [[Counter(row.tolist())[query] for query in range(120)] for row in came]
    assert resample(120, 3, (8, 2)).tolist() == expected


def test_draws_in_several_batches_are_all_different(monkeypatch: pytest.MonkeyPatch) -> None:
    given = study(110, 2, missing=0)
    data = clusters_of(given.ratings, None, given.queries)
    monkeypatch.setattr(intervals, "CELLS", 110 * 300 + 109)
    batches = list(resample_weights(data, Resamples()))
    assert [len(batch) for batch in batches] == [300, 300, 300, 100]
    assert len({tuple(row) for batch in batches for row in batch}) == 1000
    monkeypatch.setattr(intervals, "CELLS", 1)
    assert [len(batch) for batch in resample_weights(data, Resamples())] == [1] * 1000


@pytest.mark.parametrize("each", [1, 2])
def test_each_seed_has_its_own_draws_and_those_below_0_go_on_from_the_other_end(each: int) -> None:
    given = study(110, each, missing=0)
    data = clusters_of(given.ratings, None, given.queries)
    first, *others = (next(resample_weights(data, Resamples(seed, 2))).tolist() for seed in (0, 1, 2, 3, -1, 2**64 - 1, 2**64))
    assert others[-1] == first
    assert others[-2] == others[-3]
    assert len({str(drawn) for drawn in (first, *others)}) == 5


OF_TWO = {
    "Pearson": pearson_of_two,
    "Spearman": spearman_of_two,
    "kappas": lambda ratings, **asked: kappas(ratings, scale=SCALE, **asked)[0][1],
}


@pytest.mark.parametrize("name", [*MEASURES, *OF_TWO])
@pytest.mark.parametrize("each", [1, 2])
def test_the_seed_decides_the_draws_and_is_0_unless_told(name: str, each: int) -> None:
    given, measure = study(130, each, annotators=2, missing=0.05), (MEASURES | OF_TWO)[name]
    ends = [measure(given.ratings, queries=given.queries, resamples=Resamples(seed)) for seed in (0, 1, 2, 3)]
    assert measure(given.ratings, queries=given.queries) == ends[0]
    assert measure(given.ratings, queries=given.queries, resamples=Resamples(3)) == ends[3]
    assert len(set(ends)) > 1  # shares of few pairs may be the same by chance


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize(("queries", "each"), [(20, 2), (120, 1), (110, 2)])
def test_the_order_of_responses_does_not_matter_nor_do_the_names_of_queries(name: str, queries: int, each: int) -> None:
    given, measure = study(queries, each), MEASURES[name]
    order = np.random.default_rng(1).permutation(queries * each)
    found = measure(given.ratings, queries=given.queries)
    other = measure(given.ratings[:, order], queries=10 * given.queries[order] - 1000)
    assert (other.value, other.low, other.high) == pytest.approx((found.value, found.low, found.high), abs=1e-12)


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize(("queries", "each"), [(20, 2), (110, 2)])
def test_the_order_of_annotators_does_not_matter(name: str, queries: int, each: int) -> None:
    given, measure = study(queries, each, annotators=4), MEASURES[name]
    found = measure(given.ratings, queries=given.queries)
    other = measure(given.ratings[[2, 0, 3, 1]], queries=given.queries)
    assert (other.value, other.low, other.high) == pytest.approx((found.value, found.low, found.high), abs=1e-12)


@pytest.mark.parametrize("name", MEASURES)
def test_without_queries_there_is_a_value_alone(name: str) -> None:
    found = MEASURES[name](study(20).ratings)
    assert (found.low, found.high, found.no_interval, found.reason) == (None, None, None, None)


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize(("queries", "reason"), [(4, "too few queries for an interval"), (5, None)])
def test_an_interval_needs_five_queries(name: str, queries: int, reason: str | None) -> None:
    given = study(queries, each=4, missing=0, seed=4)
    found = MEASURES[name](given.ratings, queries=given.queries)
    assert (found.no_interval, found.low is None) == (reason, reason is not None)


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("each", [1, 2])
def test_draws_in_which_nothing_varies_are_left_out(name: str, each: int) -> None:
    """Two annotators who disagree in one query of 130 and give another level together in five: .2 % of draws have neither."""
    ratings = np.ones((2, 130 * each))
    ratings[:, :5] = 2
    ratings[0, 5] = 3
    found = MEASURES[name](ratings, queries=np.arange(130 * each) % 130)
    assert found.low is not None
    assert found.low < found.value < found.high or name.startswith("the mean's")


@pytest.mark.parametrize("name", MEASURES)
def test_a_figure_rests_on_the_responses_that_are_compared(name: str) -> None:
    given = study(60, missing=0.4)
    rated = (~np.isnan(given.ratings)).sum(axis=0)
    for asked in ({}, {"queries": given.queries}):
        assert MEASURES[name](given.ratings, **asked).n == (rated >= (1 if name == "prevalence" else 2)).sum()


def clustered(queries: int) -> Clusters:
    return clusters_of(np.ones((2, queries)), None, np.arange(queries))


FEW = "too few queries differ for an interval"


@pytest.mark.parametrize("queries", [20, 150])
def test_where_no_query_differs_nothing_says_how_sure_the_value_is(queries: int) -> None:
    data = Clusters(*(getattr(clustered(queries), name) for name in ("at", "known", "cluster", "times", "clustered")))
    found = figure(lambda weights: np.full(len(weights), 0.5), data, 7, resamples=Resamples())
    assert found == Figure(0.5, 7, no_interval=FEW)


@pytest.mark.parametrize(("apart", "reason"), [(1e-7, FEW), (1e-4, None)])
def test_what_differs_by_rounding_alone_does_not_differ(apart: float, reason: str | None) -> None:
    found = figure(lambda weights: 1e6 + apart * weights[:, 0], clustered(20), 7, resamples=Resamples())
    assert (found.no_interval, found.low is None) == (reason, reason is not None)


def test_a_value_that_hangs_on_one_query_has_no_interval() -> None:
    def lost_without_the_first(weights: Any) -> Any:
        return np.where(weights[:, 0] > 0, weights[:, 1] / 4 + weights[:, 2] / 8, np.nan)

    assert figure(lost_without_the_first, clustered(20), 20, resamples=Resamples()) == Figure(0.375, 20, no_interval=FEW)


@pytest.mark.parametrize(("undefined", "reason"), [(50, None), (51, FEW)])
def test_one_draw_in_twenty_may_be_undefined(undefined: int, reason: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    given = study(100, 2)
    data = clusters_of(given.ratings, None, given.queries)
    replicates = np.append(np.full(undefined, np.nan), np.linspace(0, 0.5, 1000 - undefined))
    monkeypatch.setattr(intervals, "resample_weights", lambda *_arguments: [replicates])
    found = figure(lambda weights: weights, data, 9, resamples=Resamples(), value=0.25)
    assert (found.no_interval, found.low is None) == (reason, reason is not None)
    if reason is None:
        assert (found.low, found.high) == pytest.approx(
            (0.5 * 0.025 * 951 / 949 - 0.5 / 949, 0.5 * 0.975 * 951 / 949 - 0.5 / 949)
        )


def test_a_value_that_is_not_a_number_is_undefined_for_the_reason_given() -> None:
    nothing: Any = lambda weights: np.full(len(weights), np.nan)  # noqa: E731
    assert figure(nothing, clustered(20), 3, resamples=Resamples()) == Figure(None, 3, "every rating is the same")
    assert figure(nothing, clustered(20), 3, resamples=Resamples(), undefined="because") == Figure(None, 3, "because")
