"""Differences of two systems, paired by query: a query is easy or hard for both, and that has no part in the difference.

Of each query that both answered counts the difference of their mean values there; its mean over queries has Student's t interval
on queries - 1 and the p of no difference from the same error. Of eight systems there are 28 differences: their p values are
adjusted by Holm 1979, which needs no assumption of how they go together.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from annotation.agreement.annotators.bias import chance
from annotation.agreement.annotators.estimates import Estimate, from_squares
from annotation.agreement.clusters import Floats, Queries, numbered
from annotation.agreement.estimates.samples import Mask, Numbers, weights_or_ones
from annotation.agreement.figures import Figure
from annotation.agreement.reasons import NO_SHARED_QUERIES

SURE = 0.05


@dataclass(frozen=True)
class Difference:
    """`estimate` is the value of the `first` system less that of the `second`, both by their numbers; it rests on the queries
    that both answered, and its figure's `n` counts the responses to them.

    `p` is that of no difference, two-sided, and `adjusted` is it for all differences together; both are None where there is no
    standard error. `unpaired` counts the queries that only the first and only the second answered, which do not count.
    """

    first: int
    second: int
    estimate: Estimate
    p: float | None
    adjusted: float | None
    unpaired: tuple[int, int]

    @property
    def beyond_chance(self) -> bool:
        """That even one of all that are marked so is there by chance has a probability of one in twenty at most."""
        return self.adjusted is not None and self.adjusted <= SURE

    def plain(self, *, interval: bool) -> dict[str, object]:
        """As reports have it in JSON, without the names of the systems."""
        return {
            **self.estimate.plain(interval=interval),
            "queries": self.estimate.queries,
            "p": self.p,
            "adjusted": self.adjusted,
            "only_first": self.unpaired[0],
            "only_second": self.unpaired[1],
        }


@dataclass(frozen=True)
class ByQuery:
    """Queries x systems: the mean value of a system's responses to a query, NaN for none, and how many they are. `weights` has
    the mean weight of a query's responses."""

    means: Floats
    numbers: Floats
    weights: Floats


def differences(
    values: Floats, systems: Numbers, count: int, queries: Queries, *, weights: Floats | None = None
) -> tuple[Difference, ...]:
    """The difference of each two of `count` systems, in their order: first and second, first and third, and so on.

    `values` has a number per response, NaN for none, `systems` and `queries` whole numbers, systems counted from 0. `weights` are
    those of quota_weights: a query has the mean of its responses' weights.
    """
    table = by_query(values, systems, count, queries, weights_or_ones(weights, values))
    pairs = list(combinations(range(count), 2))
    estimates = [difference(table, first, second) for first, second in pairs]
    chances = [chance(estimate) for estimate in estimates]
    adjusted = iter(holm(np.array([p for p in chances if p is not None])).tolist())
    answered = ~np.isnan(table.means)
    return tuple(
        Difference(first, second, estimate, p, None if p is None else next(adjusted), unpaired(answered, first, second))
        for (first, second), estimate, p in zip(pairs, estimates, chances, strict=True)
    )


def by_query(values: Floats, systems: Numbers, count: int, queries: Queries, weights: Floats) -> ByQuery:
    counted = ~np.isnan(values) & (weights > 0)
    query_count, query = numbered(queries[counted])
    cell = query * count + systems[counted]
    numbers, sums, weight = (
        np.bincount(cell, weights=column, minlength=query_count * count).reshape(query_count, count).astype(float)
        for column in (np.ones(len(cell)), values[counted], weights[counted])
    )
    means = np.where(numbers > 0, sums / np.where(numbers > 0, numbers, 1), np.nan)
    return ByQuery(means, numbers, weight.sum(axis=1) / numbers.sum(axis=1))


def difference(table: ByQuery, first: int, second: int) -> Estimate:
    distance = table.means[:, first] - table.means[:, second]
    both = ~np.isnan(distance)
    if not both.any():
        return Estimate(Figure(None, 0, NO_SHARED_QUERIES))
    share = table.weights[both] / table.weights[both].sum()
    value = float(share @ distance[both])
    squares = float(((share * (distance[both] - value)) ** 2).sum())
    return from_squares(value, int(table.numbers[both][:, [first, second]].sum()), squares, int(both.sum()))


def unpaired(answered: Mask, first: int, second: int) -> tuple[int, int]:
    one, other = answered[:, first], answered[:, second]
    return int((one & ~other).sum()), int((other & ~one).sum())


def holm(chances: Floats) -> Floats:
    """The p values adjusted for their number by Holm 1979: the least times their number, the next times one less, and so on, each
    at least the one before and at most 1."""
    order = np.argsort(chances, kind="stable")
    adjusted = np.empty(len(chances))
    adjusted[order] = np.minimum(np.maximum.accumulate(chances[order] * np.arange(len(chances), 0, -1)), 1.0)
    return adjusted
