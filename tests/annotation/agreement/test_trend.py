from math import sqrt
from typing import Any

import numpy as np
import pytest

from annotation.agreement import Trend, trend


def close(value: float) -> Any:
    return pytest.approx(value, abs=1e-12)


def test_the_slope_is_by_least_squares_with_weights_of_the_errors() -> None:
    # weights 1, 4, 1: the mean time is 2, the spread 2, and the slope (-1 · 0 + 1 · 3) / 2
    found = trend([1, 2, 3], [0.0, 1.5, 3.0], [1.0, 0.5, 1.0])
    half = 12.706204736174694 / sqrt(2)  # Student's t on one degree of freedom
    p = 1 - 2 / np.pi * np.arctan(1.5 * sqrt(2))  # whose distribution is Cauchy's
    assert found == Trend(1.5, 3, None, close(1 / sqrt(2)), close(1.5 - half), close(1.5 + half), close(p))


def test_the_weights_are_one_over_the_squared_errors() -> None:
    # the mean time is (4 · 0 + 1 + 3) / 6 = 2/3; slope = Σ w (t - 2/3) y / Σ w (t - 2/3)² = (1/3 + 7/3 · 2) / (22/3)
    found = trend([0, 1, 3], [0.0, 1.0, 2.0], [0.5, 1.0, 1.0])
    assert (found.slope, found.se) == (close(15 / 22), close(sqrt(3 / 22)))


def test_scatter_beyond_the_errors_widens_the_standard_error() -> None:
    # the line is level at 0.5; scatter 4 · 0.25 / 0.01 on two degrees of freedom, spread (2 · 1.5² + 2 · 0.5²) / 0.01
    found = trend([0, 1, 2, 3], [0.0, 1.0, 1.0, 0.0], [0.1] * 4)
    half = 0.95 / sqrt(2 * 0.975 * 0.025) * sqrt(50 / 500)  # Student's t on two degrees of freedom has this quantile
    assert found == Trend(close(0), 4, None, close(sqrt(50 / 500)), close(-half), close(half), close(1))


def test_periods_without_a_figure_or_its_error_are_left_out() -> None:
    found = trend([0, 1, 2, 3, 4, 9], [0.0, 1.0, None, 3.0, 4.0, 5.0], [0.2, 0.2, 0.2, 0.2, 0.0, None])
    assert found == trend([0, 1, 3], [0.0, 1.0, 3.0], [0.2] * 3)
    assert (found.slope, found.n) == (close(1), 3)


@pytest.mark.parametrize("times", [[], [4], [1, 2], [1, 1, 2]])
def test_through_two_periods_there_is_always_a_line(times: list[float]) -> None:
    reason = "fewer than three periods have a figure with its error"
    assert trend(times, [1.0] * len(times), [0.1] * len(times)) == Trend(None, len(times), reason)


def test_lists_of_different_lengths_are_an_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        trend([1, 2, 3], [1.0, 2.0], [0.1, 0.1, 0.1])


def test_a_trend_is_plain() -> None:
    assert Trend(0.5, 4, None, 0.1, 0.3, 0.7, 0.04).plain() == {
        "slope": 0.5,
        "se": 0.1,
        "low": 0.3,
        "high": 0.7,
        "p": 0.04,
        "n": 4,
        "reason": None,
    }


@pytest.mark.parametrize(("beyond", "least"), [(1.0, 5), (3.0, 35)])  # with the factor at 1 the test is on the safe side
def test_where_nothing_changes_a_trend_is_called_in_one_study_of_twenty_at_most(beyond: float, least: int) -> None:
    random = np.random.default_rng(0)
    called = 0
    for _study in range(1000):
        errors = random.uniform(0.05, 0.2, 8)
        figure = trend(range(8), (beyond * errors * random.normal(size=8)).tolist(), errors.tolist())
        called += figure.p is not None and figure.p < 0.05
    assert least <= called <= 65
