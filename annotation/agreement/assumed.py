"""How many responses a dispute rule would queue, from an assumed agreement, before there are any ratings.

The model of noise: the quality of a response is normal around the middle of the scale, with a quarter of the scale's length as
its standard deviation, and lies on the scale. An annotator perceives it with normal noise and gives the level nearest to what
they perceive, within the scale; a slip, at a rate of its own, is any level, each as likely. Annotators differ in nothing else.
The noise and the rate of slips are those at which two ratings are equal, and at most 1 apart, as often as assumed. Nothing is
drawn: the shares are sums over a grid of qualities.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

GRID = 100  # qualities from one end of the scale to the other
STEPS = 30  # of a bisection: to the ninth digit
Shares = NDArray[np.float64]


@dataclass(frozen=True)
class AssumedAgreement:
    """`exact` and `adjacent` are the shares of pairs of ratings that are equal, and at most 1 apart; `scale` has the levels.

    What no annotators of the model can do (an adjacent share that is too high or too low for the exact one) becomes the nearest
    that they can.
    """

    exact: float
    adjacent: float
    scale: range = range(1, 7)

    @cached_property
    def qualities(self) -> Shares:
        return np.linspace(self.scale[0], self.scale[-1], GRID)

    @cached_property
    def weights(self) -> Shares:
        middle, deviation = (self.scale[0] + self.scale[-1]) / 2, max(len(self.scale) - 1, 1) / 4
        weights: Shares = np.exp(-(((self.qualities - middle) / deviation) ** 2) / 2)
        shares: Shares = weights / weights.sum()
        return shares

    @cached_property
    def chances(self) -> Shares:
        """Qualities x levels: the chance that an annotator gives the level."""
        low, high = 0.0, 1.0  # the rate of slips: the more there are, the fewer of the pairs that differ are adjacent
        for _step in range(STEPS):
            middle = (low + high) / 2
            if self.pairs_within(self.with_slips(middle), 1) > self.adjacent:
                low = middle
            else:
                high = middle
        return self.with_slips(low)

    def with_slips(self, rate: float) -> Shares:
        """The chances at this rate of slips, with the noise that makes the exact share as assumed."""
        low, high = 1e-3, 4.0 * len(self.scale)
        for _step in range(STEPS):
            middle = (low + high) / 2
            if self.pairs_within(self.levels(middle, rate), 0) > self.exact:
                low = middle
            else:
                high = middle
        return self.levels(low, rate)

    def levels(self, noise: float, rate: float) -> Shares:
        cuts = np.array(self.scale[:-1], dtype=float) + 0.5
        below = normal_below((cuts[np.newaxis, :] - self.qualities[:, np.newaxis]) / noise)
        perceived = np.diff(below, axis=1, prepend=0, append=1)
        return (1 - rate) * perceived + rate / len(self.scale)

    def pairs_within(self, chances: Shares, distance: int) -> float:
        """The share of pairs of ratings at most so far apart."""
        levels = np.arange(len(self.scale))
        near = np.abs(np.subtract.outer(levels, levels)) <= distance
        return float(self.weights @ ((chances @ near) * chances).sum(axis=1))

    def disputed(self, ratings: int, *, pair_gap: int, group_range: int, cut_off: int | None = None, criteria: int = 1) -> float:
        """The share of responses with a dispute among so many ratings, of any of so many criteria that know nothing of each
        other: criteria that annotators confuse together queue fewer."""
        width = pair_gap if ratings == 2 else group_range
        if ratings < 2:
            return 0.0
        first = self.scale[0]
        cut = None if cut_off is None else min(max(cut_off - first, 0), len(self.scale))
        sides = [(0, len(self.scale))] if cut is None else [(0, cut), (cut, len(self.scale))]
        agreed = sum(self.within(low, high, width, ratings) for low, high in sides)
        return 1 - float(self.weights @ agreed**criteria)

    def within(self, low: int, high: int, width: int, ratings: int) -> Shares:
        """Per quality, the chance that all ratings lie within fewer than `width` levels of each other, between the places low
        and high."""
        total = np.zeros(len(self.qualities))
        for start in range(low, high):  # of the lowest rating: all from it, less all above it
            window = self.chances[:, start : min(start + width, high)]
            total += window.sum(axis=1) ** ratings - window[:, 1:].sum(axis=1) ** ratings
        return total


def normal_below(values: Shares) -> Shares:
    """The standard normal distribution function."""
    from scipy.special import ndtr  # type: ignore[import-untyped]  # late: most commands do without

    below: Shares = ndtr(values)
    return below
