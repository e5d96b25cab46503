"""A trend over time: whether a figure that was computed for several periods rises or falls, with a test."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotation.agreement.reasons import FEW_PERIODS

FEWEST_PERIODS = 3  # through two there is always a line


@dataclass(frozen=True)
class Trend:
    """`slope` is the change of the figure per unit of time, with its standard error, its 95 % interval and the two-sided p of no
    change; all are None exactly when `reason` says why. `n` is how many periods it rests on."""

    slope: float | None
    n: int
    reason: str | None = None
    se: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None

    def plain(self) -> dict[str, float | int | str | None]:
        """The trend as reports have it in JSON."""
        return {
            "slope": self.slope,
            "se": self.se,
            "low": self.low,
            "high": self.high,
            "p": self.p,
            "n": self.n,
            "reason": self.reason,
        }


def trend(times: Sequence[float], values: Sequence[float | None], errors: Sequence[float | None]) -> Trend:
    """The slope of the values on the times, by least squares with weights 1 / error².

    `times` are the periods in any unit (the numbers of weeks, say), `values` the figures and `errors` their standard errors, in
    the figure's unit; a period whose value or error is None or 0 is left out. The slope's variance is that which follows from
    the errors, times what the values scatter about the line beyond their errors, Σ ((value - line) / error)² / (periods - 2),
    where this is above 1; the test is Student's t on periods - 2. So weeks that differ by more than their errors, without a
    direction, make no trend. Source: Knapp & Hartung 2003, with the factor never below 1 (Röver, Knapp & Friede 2015).
    """
    from scipy.special import stdtr, stdtrit  # type: ignore[import-untyped]  # late: most commands do without

    known = [
        (time, value, error) for time, value, error in zip(times, values, errors, strict=True) if value is not None and error
    ]
    if len({time for time, _value, _error in known}) < FEWEST_PERIODS:
        return Trend(None, len(known), FEW_PERIODS)
    time, value, error = np.array(known, dtype=float).T
    weight = 1 / error**2
    time -= np.average(time, weights=weight)
    spread = (weight * time**2).sum()
    slope = (weight * time * value).sum() / spread
    rest = value - np.average(value, weights=weight) - slope * time
    freedom = len(known) - 2
    se = float(np.sqrt(max(1.0, (weight * rest**2).sum() / freedom) / spread))
    half = float(stdtrit(freedom, 0.975)) * se
    p = float(2 * stdtr(freedom, -abs(slope) / se))
    return Trend(float(slope), len(known), se=se, low=float(slope) - half, high=float(slope) + half, p=p)
