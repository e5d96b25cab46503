from itertools import combinations
from typing import Any

import numpy as np
import pytest

from annotation.agreement import Figure, icc_single
from annotation.agreement.scorer import Consistency, consistency, mean_of_runs
from tests.annotation.agreement.scorer.scored import CONSTANT

NAN = np.nan
RUNS = np.array([[1.0, 1.0, 1.0], [2.0, 3.0, NAN], [5.0, NAN, NAN], [NAN, NAN, NAN], [4.0, 6.0, 5.0]])


def test_the_mean_of_the_runs_is_what_is_checked() -> None:
    assert mean_of_runs(RUNS).tolist()[:3] == [1.0, 2.5, 5.0]
    assert np.isnan(mean_of_runs(RUNS)).tolist() == [False, False, False, True, False]


def test_the_consistency_of_runs_worked_by_hand() -> None:
    """Squares within are 0, .5 and 2, on 2, 1 and 2 degrees of freedom; one of three responses has equal runs."""
    actual = consistency(RUNS)
    pairs = [([1, 2, 4], [1, 3, 6]), ([1, 4], [1, 5]), ([1, 6], [1, 5])]
    expected = [np.sqrt(0.5), 1 / 3, np.mean([np.corrcoef(*pair)[0, 1] for pair in pairs])]
    parts = (actual.spread, actual.identical, actual.pearson)
    assert [part.value for part in parts] == pytest.approx(expected)
    assert [part.n for part in parts] == [3, 3, 3]
    assert actual.icc == icc_single(RUNS[[0, 1, 4]].T)


@pytest.mark.parametrize("queries", [40, 120])
def test_every_figure_has_its_interval(queries: int) -> None:
    random = np.random.default_rng(0)
    runs = np.round(random.normal(3, 1.3, (queries, 1)) + 0.4 * random.normal(size=(queries, 3)))
    actual = consistency(runs, np.arange(queries))
    expected = np.mean([np.corrcoef(runs[:, one], runs[:, other])[0, 1] for one, other in combinations(range(3), 2)])
    assert actual.pearson.value == pytest.approx(expected, abs=1e-12)
    for figure in (actual.icc, actual.spread, actual.identical, actual.pearson):
        assert figure.low < figure.value < figure.high  # type: ignore[operator]


@pytest.mark.parametrize(
    ("runs", "reason"),
    [
        (np.empty((0, 2)), "no response has both a score and a label"),
        (np.array([[1.0], [2.0]]), "no response has scores of two runs"),
        (np.array([[1.0, NAN], [NAN, 2.0]]), "no response has scores of two runs"),
    ],
)
def test_one_run_has_nothing_to_agree_with(runs: Any, reason: str) -> None:
    undefined = Figure(None, 0, reason)
    assert consistency(runs) == Consistency(undefined, undefined, undefined, undefined)


def test_a_scorer_that_says_the_same_each_time_is_consistent() -> None:
    actual = consistency(np.tile(np.array([[1.0], [2.0], [5.0]]), 2))
    assert (actual.spread, actual.identical) == (Figure(0.0, 3), Figure(1.0, 3))
    assert actual.pearson.value == pytest.approx(1.0)
    assert consistency(np.ones((3, 2))).pearson == Figure(None, 3, CONSTANT)
