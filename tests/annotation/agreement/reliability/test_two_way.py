"""The distances of the ends add up as squares: by hand, and as coverage."""

from typing import Any

import numpy as np
import pytest

from annotation.agreement import Figure
from annotation.agreement.reliability.sample import AnnotatorSample
from annotation.agreement.reliability.two_way import TwoWay, two_way
from annotation.agreement.transforms import COEFFICIENT, DIFFERENCE, DISTANCE, SHARE

FEW = "too few annotators for an interval"


def rows(*values: float) -> Any:
    return np.array(values)[:, None]


def sample(severity: Any, without: Any, chance: Any) -> AnnotatorSample:
    return AnnotatorSample(rows(*severity), rows(*without), rows(*chance))


def first(fields: Any) -> Any:
    return fields[:, 0]


def test_queries_and_severity_are_two_legs_of_a_triangle() -> None:
    figure = Figure(10.0, 50, low=7.0, high=15.0)
    alike = sample((6.0, 22.0), (10, 10, 10), (10, 10, 10))
    assert two_way(figure, first, DIFFERENCE, alike) == TwoWay(figure, 10 - 5.0, 10 + 13.0)


def test_ends_of_severity_may_come_in_either_order_and_may_lie_on_one_side() -> None:
    figure = Figure(10.0, 50, low=7.0, high=15.0)
    assert two_way(figure, first, DIFFERENCE, sample((22, 6), (10, 10), (10,))).low == 5.0
    one_sided = two_way(figure, first, DIFFERENCE, sample((11, 22), (10, 10), (10,)))
    assert (one_sided.low, one_sided.high) == (7.0, 23.0)
    other_side = two_way(figure, first, DIFFERENCE, sample((6, 9), (10, 10), (10,)))
    assert (other_side.low, other_side.high) == (5.0, 15.0)


def test_leaving_annotators_out_adds_students_t_with_one_freedom_less_than_annotators_and_without_what_chance_explains() -> None:
    """Three annotators: 2 / 3 · (1 + 0 + 1) = 4 / 3, of which .5² + .5² are chance; t(.975, 2) = 4.302653."""
    figure = Figure(10.0, 50, low=7.0, high=13.0)
    actual = two_way(figure, first, DIFFERENCE, sample((10, 10), (9, 10, 11), (10.5, 10, 9.5)))
    half = np.sqrt(3**2 + 4.302653**2 * (4 / 3 - 0.5))
    assert (actual.low, actual.high) == pytest.approx((10 - half, 10 + half), rel=1e-6)


def test_what_chance_explains_altogether_adds_nothing() -> None:
    figure = Figure(10.0, 50, low=7.0, high=13.0)
    actual = two_way(figure, first, DIFFERENCE, sample((10, 10), (9.9, 10, 10.1), (11, 10, 10)))
    assert actual == TwoWay(figure, 7.0, 13.0)


def test_distances_are_those_on_the_unbounded_scale() -> None:
    """On the logarithms: ln 2 · 3 and ln 2 · 4 make ln 2 · 5."""
    figure = Figure(1.0, 50, low=2.0**-3, high=2.0**3)
    actual = two_way(figure, first, DISTANCE, sample((2.0**-4, 2.0**4), (1, 1), (1,)))
    assert (actual.low, actual.high) == pytest.approx((1 / 32, 32), rel=1e-12)


def test_what_moves_without_annotators_is_measured_in_the_figures_own_units() -> None:
    """Shares: the logit's slope at .2 is 1 / (2 · .2 · .8) = 3.125 of half a logit; without one of two, 0 or .4."""
    figure = Figure(0.2, 50, low=0.2, high=0.2)
    actual = two_way(figure, first, SHARE, sample((0.2, 0.2), (0.0, 0.4), (0.2,)))
    half = 12.706205 * np.sqrt(1 / 2 * 2 * 0.2**2) * 3.125
    center = np.log(0.2 / 0.8) / 2
    assert (actual.low, actual.high) == pytest.approx(tuple(1 / (1 + np.exp(-2 * (center + x))) for x in (-half, half)), rel=1e-5)


def test_an_end_that_severity_takes_to_the_end_of_the_range_stays_there() -> None:
    figure = Figure(0.2, 50, low=0.1, high=0.3)
    actual = two_way(figure, first, SHARE, sample((0.0, 0.2), (0.2, 0.2), (0.2,)))
    assert actual.low == 0
    assert actual.high == pytest.approx(0.3, abs=1e-12)


def test_what_lies_beyond_the_range_counts_at_its_end() -> None:
    figure = Figure(0.4, 50, low=0.3, high=0.5)
    actual = two_way(figure, first, SHARE, sample((-0.2, 1.3), (0.4, 0.4), (0.4,)))
    assert (actual.low, actual.high) == (0.0, 1.0)


def test_a_value_at_the_end_of_its_range_keeps_its_own_units() -> None:
    figure = Figure(0.0, 50, low=0.0, high=0.03)
    actual = two_way(figure, first, SHARE, sample((0.0, 0.04), (0, 0), (0,)))
    assert (actual.low, actual.high) == pytest.approx((0, 0.05), abs=1e-12)
    others = two_way(figure, first, SHARE, sample((0.0, 0.0), (0.0, 0.02), (0,)))  # √(1/2 · 2 · .01²) · t(.975, 1)
    assert others.high == pytest.approx(np.hypot(0.03, 0.01 * 12.706205), rel=1e-6)
    top = two_way(Figure(1.0, 50, low=0.97, high=1.0), first, SHARE, sample((0.96, 1.0), (1, 1), (1,)))
    assert (top.low, top.high) == pytest.approx((0.95, 1), abs=1e-12)
    wide = two_way(figure, first, SHARE, sample((0.0, 3.0), (0, 0), (0,)))
    assert (wide.low, wide.high) == (0.0, 1.0)


def test_there_is_no_interval_where_there_is_no_other_or_too_few_annotators() -> None:
    undefined, without = Figure(None, 3, "why"), Figure(0.5, 3, no_interval="too few queries for an interval")
    assert two_way(undefined, first, COEFFICIENT, None) == TwoWay(undefined)
    assert two_way(without, first, COEFFICIENT, None) == TwoWay(without, no_interval=without.no_interval)
    assert two_way(Figure(0.5, 3), first, COEFFICIENT, None) == TwoWay(Figure(0.5, 3))
    figure = Figure(0.5, 3, low=0.4, high=0.6)
    assert two_way(figure, first, COEFFICIENT, None) == TwoWay(figure, no_interval=FEW)


@pytest.mark.parametrize(
    "incomplete",
    [
        sample((0.4, np.nan), (0.5, 0.5), (0.5,)),
        sample((0.4, 0.6), (np.nan, 0.5), (0.5,)),
        sample((0.4, 0.6), (0.5, 0.5), (np.nan,)),
    ],
)
def test_there_is_no_interval_where_the_figure_is_undefined_without_somebody(incomplete: AnnotatorSample) -> None:
    figure = Figure(0.5, 3, low=0.4, high=0.6)
    assert two_way(figure, first, COEFFICIENT, incomplete) == TwoWay(figure, no_interval=FEW)


def test_in_json_the_interval_stands_beside_the_figures_own() -> None:
    figure = Figure(0.5, 3, low=0.4, high=0.6)
    of_figure = {"value": 0.5, "n": 3, "reason": None, "low": 0.4, "high": 0.6, "no_interval": None}
    actual = TwoWay(figure, 0.2, 0.7).plain(interval=True)
    assert actual == of_figure | {"two_way": {"low": 0.2, "high": 0.7, "no_interval": None}}
    assert TwoWay(Figure(0.5, 3)).plain(interval=False) == {"value": 0.5, "n": 3, "reason": None}
