from math import atanh, exp, inf, log, tanh
from typing import Any

import pytest

from annotation.agreement.transforms import COEFFICIENT, DIFFERENCE, DISTANCE, SHARE, UP_TO_1


@pytest.mark.parametrize(
    ("span", "value", "low", "high"),
    [
        (COEFFICIENT, 0.6, tanh(atanh(0.6) - 0.1 / 0.64), tanh(atanh(0.6) + 0.1 / 0.64)),
        (SHARE, 0.2, 1 / (1 + 4 * exp(0.1 / 0.16)), 1 / (1 + 4 * exp(-0.1 / 0.16))),
        (UP_TO_1, -2.0, 1 - exp(log(3) + 0.1 / 3), 1 - exp(log(3) - 0.1 / 3)),
        (DISTANCE, 0.5, 0.5 * exp(-0.2), 0.5 * exp(0.2)),
        (DIFFERENCE, -0.5, -0.6, -0.4),
    ],
)
def test_an_interval_reaches_evenly_on_the_scale_without_ends(span: Any, value: float, low: float, high: float) -> None:
    assert span.around(value, 0.1) == pytest.approx((low, high), abs=1e-14)


@pytest.mark.parametrize(
    ("span", "value", "ends"),
    [
        (COEFFICIENT, 1.0, (0.75, 1.0)),
        (COEFFICIENT, -1.0, (-1.0, -0.75)),
        (COEFFICIENT, -1.5, (-1.5, -1.25)),  # few figures can, and by little
        (SHARE, 0.0, (0.0, 0.25)),
        (UP_TO_1, 1.0, (0.75, 1.0)),
        (DISTANCE, 0.0, (0.0, 0.25)),
    ],
)
def test_at_an_end_it_reaches_evenly_on_the_scale_as_it_is_and_is_cut(span: Any, value: float, ends: Any) -> None:
    assert span.around(value, 0.25) == ends


def test_figures_lie_where_they_can() -> None:
    ends = [(span.low, span.high) for span in (COEFFICIENT, SHARE, UP_TO_1, DISTANCE, DIFFERENCE)]
    assert ends == [(-1, 1), (0, 1), (-inf, 1), (0, inf), (-inf, inf)]
