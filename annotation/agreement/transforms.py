"""The range of a figure, and the unbounded scale on which its errors are symmetric: Fisher's z, the logit, the logarithm."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Transform:
    """The figure lies from `low` to `high`. `forward` takes a value between them to the unbounded scale, `derivative` is the
    derivative of `forward` there, and `inverse` takes a value back."""

    low: float
    high: float
    forward: Callable[[float], float]
    derivative: Callable[[float], float]
    inverse: Callable[[float], float]

    def interval(self, value: float, half_width: float) -> tuple[float, float]:
        """The ends of the interval around a value. `half_width` is in the figure's own units.

        At an end of the range or beyond it, the interval is symmetric in the figure's own units and is cut at the end.
        """
        if not self.low < value < self.high:
            return max(value - half_width, min(self.low, value)), min(value + half_width, max(self.high, value))
        center, transformed = self.forward(value), half_width * self.derivative(value)
        return float(self.inverse(center - transformed)), float(self.inverse(center + transformed))


COEFFICIENT = Transform(-1.0, 1.0, np.arctanh, lambda x: 1 / (1 - x**2), np.tanh)
SHARE = Transform(0.0, 1.0, lambda x: np.arctanh(2 * x - 1), lambda x: 1 / (2 * x * (1 - x)), lambda z: (1 + np.tanh(z)) / 2)
UP_TO_1 = Transform(-np.inf, 1.0, lambda x: -np.log(1 - x), lambda x: 1 / (1 - x), lambda z: 1 - np.exp(-z))
DISTANCE = Transform(0.0, np.inf, np.log, lambda x: 1 / x, np.exp)
DIFFERENCE = Transform(-np.inf, np.inf, lambda x: x, lambda _x: 1.0, lambda z: z)
PART = Transform(0.0, 1.0, lambda x: x, lambda _x: 1.0, lambda z: min(max(z, 0.0), 1.0))  # a share that may be 0
