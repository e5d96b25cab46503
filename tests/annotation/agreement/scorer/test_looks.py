import numpy as np
import pytest
from scipy import stats

from annotation.agreement import Figure
from annotation.agreement.annotators.estimates import Estimate
from annotation.agreement.scorer.looks import Look, estimated, looks


def test_all_looks_are_corrected_together_and_one_without_an_error_has_no_p() -> None:
    estimates = {
        "first": Estimate(Figure(0.5, 90), se=0.2, queries=31),
        "second": Estimate(Figure(-0.9, 90), se=0.2, queries=31),
        "third": Estimate(Figure(0.1, 4)),
    }
    p = [2 * stats.t.sf(2.5, 30), 2 * stats.t.sf(4.5, 30)]
    actual = looks(estimates)
    assert [actual[name].p for name in estimates] == [pytest.approx(p[0]), pytest.approx(p[1]), None]
    assert [actual[name].adjusted for name in estimates] == [pytest.approx(p[0]), pytest.approx(2 * p[1]), None]
    assert [actual[name].beyond_chance for name in estimates] == [True, True, False]
    assert actual["third"] == Look(estimates["third"], None, None)


def test_an_estimate_moves_with_its_queries_or_has_no_interval() -> None:
    moves = np.array([0.1, -0.2, 0.1, 0.1, -0.1])
    actual = estimated(1.0, 9, moves, 5)
    se = np.sqrt(0.08 * 5 / 4)
    width = stats.t.ppf(0.975, 4) * se
    assert actual.se == pytest.approx(se)
    assert (actual.figure.low, actual.figure.high) == pytest.approx((1 - width, 1 + width))
    assert estimated(1.0, 9, moves, None) == Estimate(Figure(1.0, 9))
