"""What a figure can be, and the scale without ends on which its errors are even: Fisher's z and its like."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Transform:
    """From `low` to `high`; `stretched` takes a value between them to the scale without ends, where a small step is `slope`
    times as long, and `back` brings it back."""

    low: float
    high: float
    stretched: Callable[[float], float]
    slope: Callable[[float], float]
    back: Callable[[float], float]

    def around(self, value: float, reach: float) -> tuple[float, float]:
        """The ends of the interval around a value, by its reach on its own scale: which, at an end or beyond, is cut."""
        if not self.low < value < self.high:
            return max(value - reach, min(self.low, value)), min(value + reach, max(self.high, value))
        center, far = self.stretched(value), reach * self.slope(value)
        return float(self.back(center - far)), float(self.back(center + far))


COEFFICIENT = Transform(-1.0, 1.0, np.arctanh, lambda x: 1 / (1 - x**2), np.tanh)
SHARE = Transform(0.0, 1.0, lambda x: np.arctanh(2 * x - 1), lambda x: 1 / (2 * x * (1 - x)), lambda z: (1 + np.tanh(z)) / 2)
UP_TO_1 = Transform(-np.inf, 1.0, lambda x: -np.log(1 - x), lambda x: 1 / (1 - x), lambda z: 1 - np.exp(-z))
DISTANCE = Transform(0.0, np.inf, np.log, lambda x: 1 / x, np.exp)
DIFFERENCE = Transform(-np.inf, np.inf, lambda x: x, lambda _x: 1.0, lambda z: z)
