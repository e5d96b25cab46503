"""The one place where intervals come from: 95 %, clustered by query, for the annotators who rated.

With 100 queries or more, queries are resampled with replacement, each with all its responses and ratings, a thousand times by
default and from a seed; the interval is the middle 95 % of the figures of the resamples. With fewer, the jackknife leaves each
query out once (Hughes 2022, arXiv 2210.13265):

    value ± t(.975, queries - 1) · √((queries - 1) / queries · Σ (value without query - their mean)²)

The interval is taken on an unbounded scale, Fisher's z for what lies between -1 and 1, and transformed back: values near an end
scatter unevenly, and without the transform the lower end would be too high twice as often as it may.

A statistic is a function of weights, replicates x clusters, that gives a value per replicate, NaN where it is undefined. Where
it is a formula of sums, the jackknife costs next to nothing for any number of queries; figures of which a report has hundreds
have it always.
"""

from collections.abc import Callable, Iterator, Sequence
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
CELLS = 5_250_000  # of weights at a time: 42 MB, and all resamples of a study of MMIE's size with four responses per query
UNDEFINED_AT_MOST = 0.05  # of the resamples


@dataclass(frozen=True)
class Resamples:
    """How many times queries are resampled, and the seed that makes the resamples the same every time."""

    seed: int = 0
    number: int = 1000


DEFAULT_RESAMPLES = Resamples()


@dataclass(frozen=True)
class SumStatistic:
    """A formula of weighted sums. `sums` is clusters x columns, `formula` takes replicates x columns."""

    sums: Floats
    formula: Statistic

    def __call__(self, weights: Floats) -> Floats:
        return self.formula(weights @ self.sums)

    def without_each(self, query_counts: Floats) -> Floats:
        """The values without one query of each cluster. The sums are not sparse."""
        return self.formula(query_counts @ self.sums - self.sums)


def of_sums(sums: Floats, formula: Statistic) -> Statistic:
    return SumStatistic(sums, formula)


def figure(
    statistic: Statistic,
    data: Clusters,
    n: int,
    *,
    resamples: Resamples | None,
    transform: Transform = COEFFICIENT,
    value: float | None = None,
    undefined: str = NO_VARIATION,
) -> Figure:
    """The statistic of the data with its interval, which is taken on the scale of `transform`.

    `n` is how many responses the figure rests on, `value` its value where it is computed already, `undefined` the reason when
    it is not a number. Without `resamples` the interval is the jackknife's, of however many queries; the statistic is then one
    of sums.
    """
    if value is None:
        value = float(statistic(data.query_counts[None, :])[0])
    values = np.empty(0) if np.isnan(value) else replicates(statistic, data, resamples)
    return figure_of(value, values, data, n, resamples=resamples, transform=transform, undefined=undefined)


def figure_of(
    value: float,
    values: Floats,
    data: Clusters,
    n: int,
    *,
    resamples: Resamples | None,
    transform: Transform = COEFFICIENT,
    undefined: str = NO_VARIATION,
) -> Figure:
    """As figure, where the statistic is computed already: of the data, and as `values` of the `replicates`."""
    if np.isnan(value):
        return Figure(None, n, undefined)
    if not data.clustered:
        return Figure(value, n)
    if data.queries < FEWEST_QUERIES:
        return Figure(value, n, no_interval=FEW_QUERIES)
    ends = resampled(values) if are_resampled(data, resamples) else jackknifed(values, data, value, transform)
    if ends is None:
        return Figure(value, n, no_interval=FEW_DIFFER)
    return Figure(value, n, low=ends[0], high=ends[1])


def figures_of_sums(
    sums: Floats,
    formulas: Sequence[tuple[Statistic, Transform]],
    data: Clusters,
    n: int,
    *,
    resamples: Resamples | None,
) -> list[Figure]:
    """A figure per formula of the same sums, as figure has it: they are weighted once for all."""
    totals = replicates(of_sums(sums, lambda replicate: replicate), data, resamples)
    whole = data.query_counts[None, :] @ sums
    return [
        figure_of(
            float(formula(whole)[0]),
            formula(totals) if len(totals) else totals,
            data,
            n,
            resamples=resamples,
            transform=transform,
        )
        for formula, transform in formulas
    ]


def are_resampled(data: Clusters, resamples: Resamples | None) -> bool:
    """Whether queries are resampled; else each is left out once."""
    return resamples is not None and data.queries >= ENOUGH_TO_RESAMPLE


def replicates(statistic: Statistic, data: Clusters, resamples: Resamples | None) -> Floats:
    """The statistic of each resample, or without a query of each cluster; none where there is no interval."""
    weights = data.query_counts
    if not data.clustered or data.queries < FEWEST_QUERIES:
        return np.empty(0)
    if resamples is not None and are_resampled(data, resamples):
        return np.concatenate([statistic(drawn) for drawn in resample_weights(data, resamples)])
    if isinstance(statistic, SumStatistic) and data.queries >= ENOUGH_TO_RESAMPLE:
        return statistic.without_each(weights)
    return statistic(weights - np.eye(data.queries))


def resampled(values: Floats) -> tuple[float, float] | None:
    """None where the resamples do not differ, or too many of them leave the statistic undefined."""
    defined = values[~np.isnan(values)]
    if len(defined) < (1 - UNDEFINED_AT_MOST) * len(values) or all_equal(defined):
        return None
    ordered = np.sort(defined)
    return quantile(ordered, 0.025), quantile(ordered, 0.975)


def quantile(ordered: Floats, share: float) -> float:
    """As numpy.quantile with its method "weibull", of values in ascending order, without what it takes to get there.

    `share` is between 0 and 1, neither of them.
    """
    place = share * (len(ordered) + 1) - 1  # less than the number of values
    first = max(int(place), 0)
    low, high = float(ordered[first]), float(ordered[min(first + 1, len(ordered) - 1)])
    return low + (high - low) * max(place - first, 0.0)


def jackknifed(without: Floats, data: Clusters, value: float, transform: Transform) -> tuple[float, float] | None:
    """None where the statistic is undefined without one of the queries, or the same without each."""
    from scipy.special import stdtrit  # type: ignore[import-untyped]  # late: most commands do without

    queries, weights = data.queries, data.query_counts
    if np.isnan(without).any() or all_equal(without):
        return None
    deviations = (without - np.average(without, weights=weights)) ** 2
    error = np.sqrt((queries - 1) / queries * (weights * deviations).sum())
    return transform.interval(value, float(stdtrit(queries - 1, 0.975) * error))


def all_equal(values: Floats) -> bool:
    """Whether the values differ by no more than rounding."""
    return bool(np.ptp(values) <= 1e-12 * max(1.0, np.abs(values).max()))


def resample_weights(data: Clusters, resamples: Resamples) -> Iterator[Floats]:
    """How often each cluster came when all queries were resampled with replacement: replicates x clusters, in batches."""
    rows = max(1, min(resamples.number, CELLS // len(data.query_counts)))
    for batch, start in enumerate(range(0, resamples.number, rows)):
        size, seed = min(rows, resamples.number - start), (resamples.seed % 2**64, batch)
        if data.queries > len(data.query_counts):
            random = np.random.default_rng(seed)
            yield random.multinomial(data.queries, data.query_counts / data.queries, size=size).astype(float)
        else:
            yield as_floats(data.queries, size, seed)


def forget_resamples() -> None:
    """Free the memory of those that are cached: of MMIE's size 47 MB with four responses per query, 62 with one."""
    as_floats.cache_clear()
    resample.cache_clear()


@lru_cache(maxsize=1)  # eight times as large as what they are made of, and most often the next figure is of the same queries
def as_floats(queries: int, size: int, seed: tuple[int, int]) -> Floats:
    weights = resample(queries, size, seed).astype(float)
    weights.flags.writeable = False
    return weights


@lru_cache(maxsize=20)  # 105 MB at most: all resamples of 100,000 queries
def resample(queries: int, size: int, seed: tuple[int, int]) -> NDArray[np.uint8]:
    """How often each of so many queries was drawn, replicates x queries: cached for the next figure of the same queries."""
    drawn = np.random.default_rng(seed).integers(queries, size=(size, queries))
    times = np.empty((size, queries), dtype=np.uint8)
    for row, numbers in zip(times, drawn, strict=True):  # one replicate at a time stays in the processor's cache
        row[:] = np.bincount(numbers, minlength=queries)
    return times
