from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.stats import pearsonr, spearmanr

from annotation.agreement import pearson_of_two, spearman_of_two
from annotation.agreement.intervals import CELLS
from tests.annotation.agreement.arrays import array, study
from tests.annotation.agreement.test_intervals import written_out
from tests.annotation.agreement.test_kappa import rated

BOTH = [(pearson_of_two, pearsonr), (spearman_of_two, spearmanr)]


@pytest.mark.parametrize(("measure", "theirs"), BOTH)
@settings(max_examples=100, deadline=None)
@given(ratings=rated())
def test_any_two_annotators_give_what_scipy_gives_on_the_responses_that_both_rated(
    measure: Any, theirs: Any, ratings: Any
) -> None:
    found = measure(ratings)
    common = ratings[:, ~np.isnan(ratings).any(axis=0)]
    if found.value is not None:
        assert found.n == common.shape[1]
        assert found.value == pytest.approx(theirs(*common).statistic, abs=1e-10)
    else:
        assert common.shape[1] < 2 or (np.ptp(common, axis=1) == 0).any()


@pytest.mark.parametrize("measure", [pearson_of_two, spearman_of_two])
def test_neither_a_constant_distance_nor_the_size_of_the_numbers_matters(measure: Any) -> None:
    ratings = study(60, annotators=2, missing=0).ratings
    moved = np.stack([1e6 + 3 * ratings[0], ratings[1] / 1e6])
    assert measure(moved).value == pytest.approx(measure(ratings).value, abs=1e-9)


def test_ranks_hear_the_order_alone() -> None:
    assert spearman_of_two(array([1, 2, 3, 4], [1, 10, 100, 1000])).value == pytest.approx(1, abs=1e-15)
    assert pearson_of_two(array([1, 2, 3, 4], [1, 10, 100, 1000])).value < 0.9  # type: ignore[operator]


@pytest.mark.parametrize("measure", [pearson_of_two, spearman_of_two])
@pytest.mark.parametrize("each", [1, 2])
@pytest.mark.parametrize("cells", [CELLS, 1])
def test_all_are_drawn_anew(measure: Any, each: int, cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotation.agreement import correlation, intervals
    from annotation.agreement.units import units

    monkeypatch.setattr(intervals, "RESAMPLES", 39)
    monkeypatch.setattr(correlation, "CELLS", cells)
    given = study(120, each, annotators=2, missing=0.05)
    data = units(given.ratings, None, given.queries)
    replicates = sorted(measure(ratings).value for ratings in written_out(data))
    found = measure(given.ratings, queries=given.queries)
    assert (found.low, found.high) == pytest.approx((replicates[0], replicates[-1]), abs=1e-10)  # 2.5 % of 40 is the first


@pytest.mark.parametrize("measure", [pearson_of_two, spearman_of_two])
def test_each_query_is_left_out_once(measure: Any) -> None:
    given = study(15, 2, annotators=2, missing=0.05)
    found = measure(given.ratings, queries=given.queries)
    without = np.array([measure(given.ratings[:, given.queries != query]).value for query in np.unique(given.queries)])
    error = np.sqrt(14 / 15 * ((without - without.mean()) ** 2).sum())
    reach = 2.1447866879169273 * error / (1 - found.value**2)  # t(.975, 14)
    assert (found.low, found.high) == pytest.approx(np.tanh(np.arctanh(found.value) + np.array([-reach, reach])), abs=1e-10)
