from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.stats import pearsonr, spearmanr

from annotation.agreement import pearson_of_two, spearman_of_two
from annotation.agreement.correlation import correlation
from annotation.agreement.intervals import CELLS, Resamples
from tests.annotation.agreement.arrays import array, study
from tests.annotation.agreement.coefficients.test_kappa import rated
from tests.annotation.agreement.test_intervals import written_out

BOTH = [(pearson_of_two, pearsonr), (spearman_of_two, spearmanr)]


@pytest.mark.parametrize(("measure", "oracle"), BOTH)
@settings(max_examples=100)
@given(ratings=rated())
def test_any_two_annotators_give_what_scipy_gives_on_the_responses_that_both_rated(
    measure: Any, oracle: Any, ratings: Any
) -> None:
    actual = measure(ratings)
    common = ratings[:, ~np.isnan(ratings).any(axis=0)]
    if actual.value is not None:
        assert actual.n == common.shape[1]
        assert actual.value == pytest.approx(oracle(*common).statistic, abs=1e-10)
    else:
        assert common.shape[1] < 2 or (np.ptp(common, axis=1) == 0).any()


@pytest.mark.parametrize("measure", [pearson_of_two, spearman_of_two])
def test_neither_a_constant_difference_nor_the_size_of_the_numbers_matters(measure: Any) -> None:
    ratings = study(60, annotators=2, missing=0).ratings
    moved = np.stack([1e8 + 3 * ratings[0], ratings[1] / 1e6])
    assert measure(moved).value == pytest.approx(measure(ratings).value, abs=1e-6)


def test_ranks_depend_on_the_order_alone() -> None:
    assert spearman_of_two(array([1, 2, 3, 4], [1, 10, 100, 1000])).value == pytest.approx(1, abs=1e-15)
    assert pearson_of_two(array([1, 2, 3, 4], [1, 10, 100, 1000])).value < 0.9  # type: ignore[operator]


@pytest.mark.parametrize("measure", [pearson_of_two, spearman_of_two])
@pytest.mark.parametrize("each", [1, 2])
@pytest.mark.parametrize("cells", [CELLS, 1])
def test_all_queries_are_resampled(measure: Any, each: int, cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotation.agreement import correlation as module
    from annotation.agreement.clusters import clusters_of

    monkeypatch.setattr(module, "CELLS", cells)
    sample = study(120, each, annotators=2, missing=0.05)
    data = clusters_of(sample.ratings, None, sample.queries)
    replicates = sorted(measure(ratings).value for ratings in written_out(data, Resamples(number=39)))
    actual = measure(sample.ratings, queries=sample.queries, resamples=Resamples(number=39))
    assert (actual.low, actual.high) == pytest.approx((replicates[0], replicates[-1]), abs=1e-10)  # 2.5 % of 40 is the first


@pytest.mark.parametrize("measure", [pearson_of_two, spearman_of_two])
def test_each_query_is_left_out_once(measure: Any) -> None:
    sample = study(15, 2, annotators=2, missing=0.05)
    actual = measure(sample.ratings, queries=sample.queries)
    without = np.array([measure(sample.ratings[:, sample.queries != query]).value for query in np.unique(sample.queries)])
    error = np.sqrt(14 / 15 * ((without - without.mean()) ** 2).sum())
    reach = 2.1447866879169273 * error / (1 - actual.value**2)  # t(.975, 14)
    assert (actual.low, actual.high) == pytest.approx(np.tanh(np.arctanh(actual.value) + np.array([-reach, reach])), abs=1e-10)


@pytest.mark.parametrize("scale", [1e-9, 1, 1e9])
def test_a_resample_in_which_one_annotator_never_varies_has_no_coefficient(scale: float) -> None:
    x, y = np.array([0.1, 0.1, 0.1]) * scale, np.array([1.0, 2.0, 4.0])
    sums = np.array(
        [[3, a.sum(), b.sum(), (a * a).sum(), (b * b).sum(), (a * b).sum()] for a, b in ((x, y), (y, x), (x, x), (y, y))]
    )
    assert np.isnan(correlation(sums)).tolist() == [True, True, True, False]
    assert correlation(sums)[3] == pytest.approx(1)
    large = np.array([[10, 10 * a, 10 * b, 10 * a * a, 10 * b * b, 10 * a * b] for a, b in ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0))])
    assert np.isnan(correlation(large)).all()


def test_a_coefficient_is_never_beyond_1_by_rounding() -> None:
    x = np.random.default_rng(1).random((500, 4))
    sums = [
        np.full(500, 4.0),
        x.sum(axis=1),
        3 * x.sum(axis=1),
        (x**2).sum(axis=1),
        (9 * x**2).sum(axis=1),
        (3 * x**2).sum(axis=1),
    ]
    actual = correlation(np.stack(sums, axis=1))
    turned = correlation(np.stack([*sums[:2], -sums[2], *sums[3:5], -sums[5]], axis=1))
    assert (actual.max(), turned.min()) == (1, -1)
    assert actual == pytest.approx(1)
    assert turned == pytest.approx(-1)
