"""Of too few labels nothing is said but that they are too few, and about how many would do."""

from typing import Any

import numpy as np
import pytest

from annotation.agreement.reasons import FEW_DIFFER, FEW_QUERIES
from annotation.flow.check.report.enough import labels_needed, leniency_unclear, ranking_unclear


def figure(value: float, low: float | None = None, high: float | None = None, why: str | None = None) -> dict[str, Any]:
    return {"value": value, "low": low, "high": high, "no_interval": why}


@pytest.mark.parametrize(
    ("r", "key"),
    [
        (figure(0.78, why=FEW_QUERIES), "ranks_without_interval"),
        (figure(1.0, why=FEW_QUERIES), "ranks_without_interval"),
        (figure(0.9, why=FEW_DIFFER), "ranks_without_interval"),
        (figure(1.0, why=FEW_DIFFER), None),  # on a line with the labels
        (figure(0.6, -0.1, 0.9), "ranks_unclear"),
        (figure(0.6, 0.39, 0.7), "ranks_unclear"),
        (figure(0.6, 0.4, 0.75), None),
        (figure(0.2, -0.2, 0.6), None),
    ],
)
def test_ranking_is_unclear_without_an_interval_and_where_it_holds_both_bars(r: dict[str, Any], key: str | None) -> None:
    part = ranking_unclear(r)
    assert (part and part["key"], part and part["r"]) == (key, key and r["value"])


@pytest.mark.parametrize(
    ("bias", "key"),
    [
        (figure(0.06, why=FEW_QUERIES), "bias_without_interval"),
        (figure(1.5, why=FEW_DIFFER), None),  # the same in each query
        (figure(0.2, -0.8, 1.2), "bias_unclear"),
        (figure(-0.2, -1.0, 0.2), "bias_unclear"),
        (figure(0.2, -0.5, 0.9), None),
        (figure(1.2, 0.1, 2.3), None),  # too much, whatever it is exactly
    ],
)
def test_leniency_is_unclear_where_it_may_be_nothing_or_a_whole_point(bias: dict[str, Any], key: str | None) -> None:
    part = leniency_unclear(bias)
    assert (part and part["key"], part and part["points"]) == (key, key and bias["value"])


def test_more_labels_are_needed_by_the_square_of_how_much_an_interval_is_too_wide() -> None:
    bias = {"key": "bias_unclear", "low": -1.0, "high": 2.0}
    assert labels_needed([bias], 12) == 110  # 12 · 3²
    ranks = {"key": "ranks_unclear", "low": 0.0, "high": 0.7}
    assert labels_needed([ranks], 20) == 80  # 20 · (.867 / .444)²
    assert labels_needed([bias, ranks], 20) == 180
    assert labels_needed([{"key": "ranks_well"}], 20) is None


def test_without_an_interval_so_many_are_needed_that_none_of_r_could_hold_both_bars() -> None:
    assert labels_needed([{"key": "ranks_without_interval"}], 12) == 90
    assert labels_needed([{"key": "labels_alike"}], 200) is None  # more of the same say no more
    middles = np.arctanh(np.linspace(0.2, 0.9, 200))
    ends = [np.tanh(middles + side * 1.96 / np.sqrt(82 - 3)) for side in (-1, 1)]
    assert not ((ends[0] < 0.4) & (ends[1] >= 0.7)).any()
    fewer = [np.tanh(middles + side * 1.96 / np.sqrt(75 - 3)) for side in (-1, 1)]
    assert ((fewer[0] < 0.4) & (fewer[1] >= 0.7)).any()
