from math import atanh, exp, inf, log, tanh
from typing import Any

import pytest

from annotation.agreement.transforms import COEFFICIENT, DIFFERENCE, DISTANCE, SHARE, UP_TO_1


@pytest.mark.parametrize(
    ("transform", "value", "low", "high"),
    [
        (COEFFICIENT, 0.6, tanh(atanh(0.6) - 0.1 / 0.64), tanh(atanh(0.6) + 0.1 / 0.64)),
        (SHARE, 0.2, 1 / (1 + 4 * exp(0.1 / 0.16)), 1 / (1 + 4 * exp(-0.1 / 0.16))),
        (UP_TO_1, -2.0, 1 - exp(log(3) + 0.1 / 3), 1 - exp(log(3) - 0.1 / 3)),
        (DISTANCE, 0.5, 0.5 * exp(-0.2), 0.5 * exp(0.2)),
        (DIFFERENCE, -0.5, -0.6, -0.4),
    ],
)
def test_an_interval_is_symmetric_on_the_unbounded_scale(transform: Any, value: float, low: float, high: float) -> None:
    assert transform.interval(value, 0.1) == pytest.approx((low, high), abs=1e-14)


@pytest.mark.parametrize(
    ("transform", "value", "ends"),
    [
        (COEFFICIENT, 1.0, (0.75, 1.0)),
        (COEFFICIENT, -1.0, (-1.0, -0.75)),
        (COEFFICIENT, -1.5, (-1.5, -1.25)),  # few figures can, and by little
        (SHARE, 0.0, (0.0, 0.25)),
        (UP_TO_1, 1.0, (0.75, 1.0)),
        (DISTANCE, 0.0, (0.0, 0.25)),
    ],
)
def test_at_an_end_an_interval_is_symmetric_in_the_figure_s_own_units_and_is_cut(transform: Any, value: float, ends: Any) -> None:
    assert transform.interval(value, 0.25) == ends


def test_each_transform_has_the_range_of_its_figures() -> None:
    ends = [(transform.low, transform.high) for transform in (COEFFICIENT, SHARE, UP_TO_1, DISTANCE, DIFFERENCE)]
    assert ends == [(-1, 1), (0, 1), (-inf, 1), (0, inf), (-inf, inf)]
