"""Means of systems with their intervals: of each system, and of each of its categories, fields or criteria.

A mean is a ratio of sums over queries, Σ w y / Σ w, so its interval is that of intervals: clustered by query.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotation.agreement.clusters import Clusters, Floats, Queries
from annotation.agreement.estimates.samples import Numbers, clustered, effective_size, weights_or_ones
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, are_resampled, figure_of, of_sums, replicates
from annotation.agreement.reasons import GROUP_WITHOUT_VALUE, NO_VALUES
from annotation.agreement.transforms import Transform

Ends = tuple[float, float]
NO_ENDS = (-np.inf, np.inf)


@dataclass(frozen=True)
class Mean:
    """`figure` is in the unit of the values, and its `n` counts them. They belong to so many `queries`, and tell as much as
    `effective` values of equal weight."""

    figure: Figure
    queries: int = 0
    effective: float = 0.0

    def plain(self, *, interval: bool) -> dict[str, float | int | str | None]:
        """As reports have it in JSON."""
        return self.figure.plain(interval=interval) | {"queries": self.queries, "effective": self.effective}


@dataclass(frozen=True)
class MeansTable:
    """`cells` are systems x groups. `systems` has the mean over all values of a system, and `over_groups` the mean of the means
    of its groups, each group counting the same; `groups` has the mean over all values of a group, whatever the system.

    `unanswered` counts, for each system, the queries of the table to which it has no response.
    """

    cells: tuple[tuple[Mean, ...], ...]
    systems: tuple[Mean, ...]
    over_groups: tuple[Mean, ...]
    groups: tuple[Mean, ...]
    unanswered: tuple[int, ...]


@dataclass(frozen=True)
class Sums:
    """What the mean of a part rests on: `sums` is queries x (Σ w y and Σ w, of each of its groups)."""

    data: Clusters
    sums: Floats
    n: int
    effective: float


def means(
    values: Floats,
    parts: Numbers,
    count: int,
    queries: Queries,
    *,
    weights: Floats | None = None,
    resamples: Resamples | None = DEFAULT_RESAMPLES,
    ends: Ends = NO_ENDS,
) -> tuple[Mean, ...]:
    """The mean of each of `count` parts: of systems, say.

    `values` has a number per response, in percent or in points, NaN for none. `parts` and `queries` have whole numbers, the parts
    counted from 0. `weights` are those of quota_weights; values of weight 0 do not count. Without `resamples` each interval is
    the jackknife's, and `ends` are the lowest and the highest value that there can be: there an interval of the jackknife is cut.
    """
    weight = weights_or_ones(weights, values)
    own = places(values, weight, parts, count)
    return with_intervals([sums_of(values[each], weight[each], queries[each]) for each in own], resamples, ends)


def means_table(
    values: Floats,
    systems: Numbers,
    groups: Numbers,
    queries: Queries,
    *,
    shape: tuple[int, int],
    weights: Floats | None = None,
    resamples: Resamples | None = DEFAULT_RESAMPLES,
    ends: Ends = NO_ENDS,
) -> MeansTable:
    """Systems x groups; `shape` says how many there are of each. The other arguments are those of means.

    Where groups are criteria, a response has an entry for each of them. MMIE's tables average over responses, as `systems` does.
    The intervals of the cells are the jackknife's, for there may be hundreds.
    """
    of_systems, of_groups = shape
    weight = weights_or_ones(weights, values)
    cells = means(
        values, systems * of_groups + groups, of_systems * of_groups, queries, weights=weight, resamples=None, ends=ends
    )
    return MeansTable(
        cells=tuple(cells[first : first + of_groups] for first in range(0, of_systems * of_groups, of_groups)),
        systems=means(values, systems, of_systems, queries, weights=weight, resamples=resamples, ends=ends),
        over_groups=with_intervals(
            [
                sums_of(values[own], weight[own], queries[own], groups[own], of_groups)
                for own in places(values, weight, systems, of_systems)
            ],
            resamples,
            ends,
        ),
        groups=means(values, groups, of_groups, queries, weights=weight, resamples=resamples, ends=ends),
        unanswered=unanswered(systems, of_systems, queries),
    )


def places(values: Floats, weights: Floats, parts: Numbers, count: int) -> list[Numbers]:
    """Where the values of each part stand that count."""
    counted = np.flatnonzero(~np.isnan(values) & (weights > 0))
    order = counted[np.argsort(parts[counted], kind="stable")]
    return np.split(order, np.searchsorted(parts[order], np.arange(1, count)))


def sums_of(values: Floats, weights: Floats, queries: Queries, groups: Numbers | None = None, count: int = 1) -> Sums:
    """Of values that all count; `groups` has the number of each value's group where the mean is one over groups."""
    data = clustered(queries)
    cell = data.cluster * count + (0 if groups is None else groups)
    columns = (
        np.bincount(cell, weights=column, minlength=data.queries * count).astype(float).reshape(data.queries, count)
        for column in (weights * values, weights)
    )
    return Sums(data, np.stack(list(columns), axis=2).reshape(data.queries, 2 * count), len(values), effective_size(weights))


def with_intervals(parts: Sequence[Sums], resamples: Resamples | None, ends: Ends) -> tuple[Mean, ...]:
    """The means of the parts; those of as many queries share their resamples, which to draw takes longer than all else."""
    of_parts: dict[int, Floats] = {}
    for numbers in alike(parts, resamples):
        of_parts |= zip(numbers, replicates_of([parts[number] for number in numbers], resamples), strict=True)
    within = Transform(*ends, lambda x: x, lambda _x: 1.0, lambda z: min(max(z, ends[0]), ends[1]))
    return tuple(with_interval(part, of_parts.get(number), resamples, within) for number, part in enumerate(parts))


def alike(parts: Sequence[Sums], resamples: Resamples | None) -> list[list[int]]:
    """The numbers of the parts that share their resamples; one that is not resampled is alone."""
    together: dict[tuple[int, int], list[int]] = {}
    for number, part in enumerate(parts):
        if part.n:
            alone = 0 if are_resampled(part.data, resamples) else number + 1
            together.setdefault((part.data.queries, alone), []).append(number)
    return list(together.values())


def replicates_of(parts: Sequence[Sums], resamples: Resamples | None) -> list[Floats]:
    """The mean of each replicate, for each part."""
    data = parts[0].data
    if len(parts) == 1:
        return [replicates(of_sums(parts[0].sums, mean_of_ratios), data, resamples)]
    means = replicates(lambda drawn: np.stack([mean_of_ratios(drawn @ part.sums) for part in parts], axis=1), data, resamples)
    return list(means.T)


def with_interval(part: Sums, means: Floats | None, resamples: Resamples | None, within: Transform) -> Mean:
    if means is None:
        return Mean(Figure(None, 0, NO_VALUES))
    value = float(mean_of_ratios(part.sums.sum(axis=0, keepdims=True))[0])
    figure = figure_of(value, means, part.data, part.n, resamples=resamples, transform=within, undefined=GROUP_WITHOUT_VALUE)
    return Mean(figure, part.data.queries, part.effective)


def mean_of_ratios(sums: Floats) -> Floats:
    """Replicates x (a numerator and a denominator per group)."""
    numerators, denominators = sums[:, ::2], sums[:, 1::2]
    # what rounding leaves of a group without its only query is no denominator
    empty = denominators <= 1e-12 * denominators.max(axis=0, initial=0.0)
    return np.asarray(np.where(empty, np.nan, numerators / np.where(empty, 1, denominators)).mean(axis=1))


def unanswered(systems: Numbers, count: int, queries: Queries) -> tuple[int, ...]:
    """For each of `count` systems, how many of all queries have no response of it, whether it has a value or not."""
    names, query = np.unique(queries, return_inverse=True)
    answered = np.zeros((count, len(names)), dtype=bool)
    answered[systems, query] = True
    return tuple((~answered).sum(axis=1).tolist())
