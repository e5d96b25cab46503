"""Krippendorff's alpha: one minus the disagreement observed over the disagreement expected by chance."""

from collections.abc import Iterator
from itertools import combinations
from typing import Literal

import krippendorff
import numpy as np

from annotation.agreement.clusters import Clusters, Floats, Queries, clusters_of, each_two
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, Statistic, figure, of_sums
from annotation.agreement.ratings import Ratings, counts, pairable, why_no_chance
from annotation.agreement.reasons import NO_VARIATION
from annotation.agreement.scales import Scale

MeasurementLevel = Literal["nominal", "ordinal", "interval", "ratio"]
SMALL = 10_000  # ratings; above, `krippendorff` takes longer than all resamples do


def alpha(
    ratings: Ratings,
    *,
    level: MeasurementLevel,
    scale: Scale | None,
    queries: Queries | None = None,
    resamples: Resamples = DEFAULT_RESAMPLES,
) -> Figure:
    """Krippendorff's alpha at a level of measurement, for any number of annotators and with ratings missing.

    `ratings` is annotators x responses, NaN for none. `scale` has all values that a rating can take, also those that do
    not occur; any other rating is a ValueError. Without a scale (None, for means) the values are those that occur. At the level
    "ratio" a rating below 0 has no meaning and is a ValueError too. `queries` has a whole number per response, equal for those
    to one query; with it the figure has an interval, for which `resamples` tells the number of resamples and their seed.
    `n` counts the responses with two ratings or more.

    The value is `krippendorff`'s up to 10,000 ratings and our own above: the same to ten digits. At the level "ordinal"
    memory grows with the clusters times the square of the levels, so for means use "interval". Source: Hayes &
    Krippendorff 2007; Krippendorff 2011.
    """
    counted = counts(ratings)
    if reason := why_no_chance(counted):
        return Figure(None, counted.pairable_items, reason)
    data = clusters_of(ratings, scale, queries, anonymous=True)
    present = data.levels[np.unique(data.codes[data.codes >= 0])]
    if level == "ratio" and present[0] < 0:
        raise ValueError("ratings at the level of ratios are never below 0")
    if len(present) == 1:
        return Figure(None, counted.pairable_items, NO_VARIATION)
    value = by_krippendorff(ratings, level) if counted.ratings <= SMALL else None
    return figure(statistic(data, level), data, counted.pairable_items, resamples=resamples, value=value)


def by_krippendorff(ratings: Ratings, level: MeasurementLevel) -> float:
    return float(krippendorff.alpha(reliability_data=pairable(ratings), level_of_measurement=level))


def statistic(data: Clusters, level: MeasurementLevel) -> Statistic:
    """Alpha as a formula of sums over responses that have two ratings or more."""
    if level == "interval":
        return of_sums(data.sums(moments(data)), interval_alpha)
    if level == "ordinal":
        return of_sums(data.sums(coincidences(data.level_counts)), lambda sums: ordinal_alpha(sums, len(data.levels)))
    distances = nominal(data.levels) if level == "nominal" else ratio(data.levels)
    return of_sums(data.sums(disagreements(data.level_counts, distances)), lambda sums: fixed_alpha(sums, distances))


def nominal(levels: Floats) -> Floats:
    return 1 - np.eye(len(levels))


def ratio(levels: Floats) -> Floats:
    total = np.add.outer(levels, levels)
    return (np.subtract.outer(levels, levels) / np.where(total == 0, 1, total)) ** 2


def disagreements(level_counts: Floats, distances: Floats) -> Iterator[Floats]:
    """Of each response the observed disagreement, then how often each level was given. `level_counts` is levels x responses."""
    yield (distances @ level_counts * level_counts).sum(axis=0) / (level_counts.sum(axis=0) - 1)
    yield from level_counts


def fixed_alpha(sums: Floats, distances: Floats) -> Floats:
    """With distances that are fixed in advance: 1 - (n - 1) · Σ o δ / Σ Σ n(c) n(k) δ(c, k)."""
    observed, level_counts = sums[:, 0], sums[:, 1:]
    expected = (level_counts @ distances * level_counts).sum(axis=1)
    return one_minus((level_counts.sum(axis=1) - 1) * observed, expected)


def coincidences(level_counts: Floats) -> Iterator[Floats]:
    """Of each response how often each level was given, then the coincidences of each two levels.

    `level_counts` is levels x responses.
    """
    partners = level_counts.sum(axis=0) - 1  # of a rating
    yield from level_counts
    for lower, upper in combinations(level_counts, 2):
        yield lower * upper / partners


def ordinal_alpha(sums: Floats, size: int) -> Floats:
    """The distance of two levels is that of their mean ranks: δ(c, k) = (n(c) / 2 + n(c + 1) + … + n(k) / 2)²."""
    level_counts, pairs = sums[:, :size], sums[:, size:]
    total = level_counts.sum(axis=1)
    ranks = np.cumsum(level_counts, axis=1) - level_counts / 2 - total[:, None] / 2
    lower, upper = each_two(size, apart=1)
    observed = (pairs * (ranks[:, lower] - ranks[:, upper]) ** 2).sum(axis=1)
    expected = total * (level_counts * ranks**2).sum(axis=1)  # the mean of the ranks is 0
    return one_minus((total - 1) * observed, expected)


def moments(data: Clusters) -> Iterator[Floats]:
    """Of each response the number of ratings, their sum, the sum of their squares, and their disagreement.

    Values are counted from the grand mean.
    """
    values = data.ratings - np.average(data.levels[data.codes[data.codes >= 0]])
    n = (data.codes >= 0).sum(axis=0).astype(float)
    total, squares = np.nansum(values, axis=0), np.nansum(values**2, axis=0)
    within = np.nansum((values - total / n) ** 2, axis=0)
    yield from (n, total, squares, 2 * n * within / (n - 1))


def interval_alpha(sums: Floats) -> Floats:
    """Half of Σ Σ (x - y)² over all pairs of ratings is n · Σ x² - (Σ x)²."""
    n, total, squares, observed = sums.T
    expected = n * squares - total**2
    rounding = expected <= 1e-12 * n * squares
    return one_minus((n - 1) * observed, np.where(rounding, 0, 2 * expected))


def one_minus(observed: Floats, expected: Floats) -> Floats:
    """1 - observed / expected, NaN where no disagreement is expected: every rating is the same."""
    undefined = expected == 0
    return np.where(undefined, np.nan, 1 - observed / np.where(undefined, 1, expected))
