"""Estimates with standard errors that are clustered by query, for many annotators at once.

The jackknife and the resamples of `intervals` compute a figure anew hundreds of times. The estimates here are means, or the
least squares of all annotators at once: how far each query moves them is known in one step (the sandwich, or infinitesimal
jackknife), and the variance is the sum of its squares, times queries / (queries - 1). Source: Liang & Zeger 1986.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.figures import Figure
from annotation.agreement.intervals import FEWEST_QUERIES
from annotation.agreement.reasons import FEW_DIFFER, FEW_QUERIES
from annotation.agreement.transforms import DIFFERENCE, Transform

Numbers = NDArray[np.intp]
TABLE = 20_000_000  # pairs: up to so many a table of all is faster than sorting those that occur, and takes 180 MB at most


@dataclass(frozen=True)
class Estimate:
    """A figure and its standard error, in the figure's unit; None where it has no interval. It rests on so many queries."""

    figure: Figure
    se: float | None = None
    queries: int = 0

    def plain(self, *, interval: bool) -> dict[str, float | int | str | None]:
        """As reports have it in JSON: `interval` adds the standard error too."""
        return self.figure.plain(interval=interval) | ({"se": self.se} if interval else {})


def from_squares(value: float, n: int, squares: float, queries: int, *, transform: Transform = DIFFERENCE) -> Estimate:
    """A value that rests on `n` responses, from the sum of the squares of how far each of so many queries moves it.

    The interval is value ± t(.975, queries - 1) · se on the scale of `transform`; there is none of fewer than five queries.
    """
    from scipy.special import stdtrit  # type: ignore[import-untyped]  # late: most commands do without

    if queries < FEWEST_QUERIES:
        return Estimate(Figure(value, n, no_interval=FEW_QUERIES), queries=queries)
    se = float(np.sqrt(squares * queries / (queries - 1)))
    if se <= 1e-12 * max(1.0, abs(value)):
        return Estimate(Figure(value, n, no_interval=FEW_DIFFER), queries=queries)
    low, high = transform.interval(value, float(stdtrit(queries - 1, 0.975)) * se)
    return Estimate(Figure(value, n, low=low, high=high), se, queries)


def pairs(part: Numbers, other: NDArray[np.int64]) -> tuple[Numbers, Numbers, Numbers]:
    """The pairs of a part and something else that occur: the part and the other of each, and of each entry the place of its pair.

    Both are numbered from 0.
    """
    size = int(other.max(initial=0)) + 1
    numbers = part * size + other
    least = int(part.max(initial=0) + 1) * size
    if least > TABLE:
        occurring, place = np.unique(numbers, return_inverse=True)
    else:
        occurring = np.flatnonzero(occurrences(numbers, least))
        places = np.empty(least, dtype=np.intp)  # filled where a pair occurs, and looked up nowhere else
        places[occurring] = np.arange(len(occurring))
        place = places[numbers]
    return occurring // size, occurring % size, place


def distinct(part: Numbers, other: NDArray[np.int64], count: int) -> Numbers:
    """How many different others each of `count` parts has."""
    size = int(other.max(initial=0)) + 1
    if count * size > TABLE:
        return np.bincount(np.unique(part * size + other) // size, minlength=count)
    return np.asarray(occurrences(part * size + other, count * size).reshape(count, size).sum(axis=1))


def occurrences(numbers: Numbers, count: int) -> NDArray[np.bool_]:
    """Whether each of so many numbers, from 0, is among these."""
    table = np.zeros(count, dtype=bool)
    table[numbers] = True
    return table
