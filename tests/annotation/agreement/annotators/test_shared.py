"""What all figures of annotators share: the responses that they rest on, their intervals over these, and their order."""

from typing import Any

import numpy as np
import pytest
from scipy.stats import t

from annotation.agreement import Figure, Resamples
from annotation.agreement.clusters import clusters_of
from annotation.agreement.intervals import resample_weights
from tests.annotation.agreement.annotators.measures import MEASURES, WITH_INTERVALS, numbers
from tests.annotation.agreement.arrays import Study, array, study

NOTHING, ALONE, APART = "nothing has been rated", "only one annotator has rated", "no response has two ratings"


@pytest.mark.parametrize("name", ["spreads", "agreement"])
@pytest.mark.parametrize("queries", [False, True])
@pytest.mark.parametrize(
    ("ratings", "reasons"),
    [
        (np.empty((0, 0)), []),
        (np.empty((2, 0)), [NOTHING, NOTHING]),
        (array([None, None], [None, None]), [NOTHING, NOTHING]),
        (array([1, 2], [None, None]), [ALONE, NOTHING]),
        (array([1, 2]), [ALONE]),
        (array([1, None], [None, 1], [None, None]), [APART, APART, NOTHING]),
        (array([1, 2, 2, None], [2, 2, 1, None], [None, None, None, 1]), [None, None, APART]),
    ],
)
def test_an_annotator_who_shares_no_response_has_no_figure(name: str, queries: bool, ratings: Any, reasons: Any) -> None:
    arguments = {"queries": np.arange(ratings.shape[1])} if queries and name in WITH_INTERVALS else {}
    figures = MEASURES[name](ratings, **arguments)
    assert [figure.reason for figure in figures] == reasons
    assert [figure for figure in figures if figure.reason] == [Figure(None, 0, reason) for reason in reasons if reason]


def own_part(sample: Study, number: int) -> Study:
    rated = ~np.isnan(sample.ratings)
    shared = rated[number] & (rated.sum(axis=0) > 1)
    return Study(sample.ratings[:, shared], sample.queries[shared])


@pytest.mark.parametrize("name", WITH_INTERVALS)
def test_below_100_queries_each_query_that_an_annotator_shares_is_left_out_once(name: str) -> None:
    sample, measure = study(30, 2, annotators=4, missing=0.4), MEASURES[name]
    for number, figure in enumerate(measure(sample.ratings, queries=sample.queries)):
        part = own_part(sample, number)
        names = np.unique(part.queries)
        without = np.array([measure(part.ratings[:, part.queries != query])[number].value for query in names])
        error = np.sqrt((len(names) - 1) / len(names) * ((without - without.mean()) ** 2).sum())
        low, high = WITH_INTERVALS[name].interval(figure.value, t.ppf(0.975, len(names) - 1) * error)
        assert figure.value == pytest.approx(measure(sample.ratings)[number].value, abs=1e-12)
        assert (figure.low, figure.high) == pytest.approx((low, high), abs=1e-10)


@pytest.mark.parametrize("name", WITH_INTERVALS)
@pytest.mark.parametrize("seed", [0, 3])
def test_from_100_queries_on_those_that_an_annotator_shares_are_resampled(name: str, seed: int) -> None:
    sample, measure, resamples = study(150, 2, annotators=4, missing=0.4), MEASURES[name], Resamples(seed, 39)
    for number, figure in enumerate(measure(sample.ratings, queries=sample.queries, resamples=resamples)):
        part = own_part(sample, number)
        data = clusters_of(part.ratings, None, part.queries)
        repeated = (weights[data.cluster].astype(int) for weights in np.concatenate(list(resample_weights(data, resamples))))
        replicates = sorted(measure(np.repeat(part.ratings, counts, axis=1))[number].value for counts in repeated)
        assert (figure.low, figure.high) == pytest.approx((replicates[0], replicates[-1]), abs=1e-10)  # 2.5 % of 40: the first


@pytest.mark.parametrize("name", WITH_INTERVALS)
def test_an_annotator_of_few_queries_has_no_interval_beside_those_who_have(name: str) -> None:
    sample = study(200, 1, annotators=3, missing=0)
    sample.ratings[0, 4:] = np.nan
    figures = MEASURES[name](sample.ratings, queries=sample.queries)
    assert [figure.no_interval for figure in figures] == ["too few queries for an interval", None, None]
    assert [figure.n for figure in figures] == [4, 200, 200]


@pytest.mark.parametrize("name", WITH_INTERVALS)
@pytest.mark.parametrize(("queries", "each"), [(20, 2), (120, 1), (110, 2)])
def test_neither_the_order_of_responses_nor_the_names_of_queries_matter(name: str, queries: int, each: int) -> None:
    sample, measure = study(queries, each), MEASURES[name]
    order = np.random.default_rng(1).permutation(queries * each)
    figures = measure(sample.ratings, queries=sample.queries)
    reordered = measure(sample.ratings[:, order], queries=10 * sample.queries[order] - 1000)
    assert numbers(reordered) == pytest.approx(numbers(figures), abs=1e-12)


@pytest.mark.parametrize("name", MEASURES)
def test_sums_of_whole_numbers_do_not_depend_on_the_order_of_responses(name: str) -> None:
    ratings, measure = study(300).ratings, MEASURES[name]
    order = np.random.default_rng(2).permutation(300)
    assert measure(ratings[:, order]) == measure(ratings)


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("annotators", [5, 14])
def test_figures_stand_in_the_order_of_annotators(name: str, annotators: int) -> None:
    sample, measure = study(40, 2, annotators, missing=0.5), MEASURES[name]
    order = np.random.default_rng(3).permutation(annotators)
    arguments = {"queries": sample.queries} if name in WITH_INTERVALS else {}
    figures = measure(sample.ratings, **arguments)
    assert numbers(measure(sample.ratings[order], **arguments)) == pytest.approx(
        numbers([figures[number] for number in order]), abs=1e-12, nan_ok=True
    )
    assert len(set(figures)) > annotators / 2  # or no order would show
