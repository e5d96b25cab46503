"""The one place where intervals come from: 95 %, clustered by query, for the annotators who rated.

With 100 queries or more, queries are drawn again with all their responses and ratings, a thousand times unless told, from a
seed, and the interval spans the middle 95 % of what the draws give. Below that, each query is left out once (Hughes 2022, arXiv
2210.13265):

    value ± t(.975, queries - 1) · √((queries - 1) / queries · Σ (value without query - their mean)²)

taken on a scale without ends, Fisher's z for what lies between -1 and 1, and brought back: values near an end scatter unevenly,
and without this the lower end would be too high twice as often as it may.

A statistic is a function of weights, replicates x clusters, that gives a value per replicate, NaN where it is undefined.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import ENOUGH_TO_RESAMPLE, Clusters, Floats
from annotation.agreement.figures import Figure
from annotation.agreement.reasons import FEW_DIFFER, FEW_QUERIES, NO_VARIATION
from annotation.agreement.transforms import COEFFICIENT, Transform

Statistic = Callable[[Floats], Floats]
FEWEST_QUERIES = 5
CELLS = 5_250_000  # of weights at a time: 42 MB, and all draws of a study of MMIE's size with four responses per query
UNDEFINED_AT_MOST = 0.05  # of the draws


@dataclass(frozen=True)
class Resamples:
    """How often queries are drawn again, and the seed that makes it the same every time."""

    seed: int = 0
    number: int = 1000


DEFAULT_RESAMPLES = Resamples()


def of_sums(sums: Floats, formula: Statistic) -> Statistic:
    """The statistic that is a formula of weighted sums. `sums` is clusters x columns; `formula` takes replicates x columns."""
    return lambda weights: formula(weights @ sums)


def figure(
    statistic: Statistic,
    data: Clusters,
    n: int,
    *,
    resamples: Resamples,
    within: Transform = COEFFICIENT,
    value: float | None = None,
    undefined: str = NO_VARIATION,
) -> Figure:
    """The statistic of the data with its interval; `within` is what the figure can be.

    `n` is how many responses it rests on, `value` the value where it is known already, `undefined` the reason when it is not
    a number.
    """
    if value is None:
        value = float(statistic(data.times[None, :])[0])
    if np.isnan(value):
        return Figure(None, n, undefined)
    if not data.clustered:
        return Figure(value, n)
    if data.queries < FEWEST_QUERIES:
        return Figure(value, n, no_interval=FEW_QUERIES)
    ends = (
        resampled(statistic, data, resamples)
        if data.queries >= ENOUGH_TO_RESAMPLE
        else jackknifed(statistic, data, value, within)
    )
    if ends is None:
        return Figure(value, n, no_interval=FEW_DIFFER)
    return Figure(value, n, low=ends[0], high=ends[1])


def resampled(statistic: Statistic, data: Clusters, resamples: Resamples) -> tuple[float, float] | None:
    """None where the draws do not differ, or too many of them leave the statistic undefined."""
    found = np.concatenate([statistic(weights) for weights in resample_weights(data, resamples)])
    found = found[~np.isnan(found)]
    if len(found) < (1 - UNDEFINED_AT_MOST) * resamples.number or alike(found):
        return None
    low, high = np.quantile(found, (0.025, 0.975), method="weibull")
    return float(low), float(high)


def jackknifed(statistic: Statistic, data: Clusters, value: float, within: Transform) -> tuple[float, float] | None:
    """None where the statistic is undefined without one of the queries, or the same without each."""
    from scipy.special import stdtrit  # type: ignore[import-untyped]  # late: most commands do without

    queries = data.queries
    without = statistic(data.times - np.eye(queries))
    if np.isnan(without).any() or alike(without):
        return None
    error = np.sqrt((queries - 1) / queries * ((without - without.mean()) ** 2).sum())
    return within.around(value, float(stdtrit(queries - 1, 0.975) * error))


def alike(found: Floats) -> bool:
    return bool(np.ptp(found) <= 1e-12 * max(1.0, np.abs(found).max()))


def resample_weights(data: Clusters, resamples: Resamples) -> Iterator[Floats]:
    """How often each cluster came when all queries were drawn anew with replacement: replicates x clusters, in batches."""
    rows = max(1, min(resamples.number, CELLS // len(data.times)))
    for batch, start in enumerate(range(0, resamples.number, rows)):
        size, seed = min(rows, resamples.number - start), (resamples.seed % 2**64, batch)
        if data.queries > len(data.times):
            random = np.random.default_rng(seed)
            yield random.multinomial(data.queries, data.times / data.queries, size=size).astype(float)
        else:
            yield resample(data.queries, size, seed).astype(float)


@lru_cache(maxsize=4)
def resample(queries: int, size: int, seed: tuple[int, int]) -> NDArray[np.uint8]:
    """How often each of so many queries was drawn, replicates x queries: kept for the next figure of the same queries."""
    found = np.random.default_rng(seed).integers(queries, size=(size, queries))
    found += np.arange(0, size * queries, queries)[:, None]
    return np.bincount(found.ravel(), minlength=size * queries).astype(np.uint8).reshape(size, queries)
