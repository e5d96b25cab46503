"""Krippendorff's alpha: one minus the disagreement observed over the disagreement expected by chance."""

from collections.abc import Iterator
from itertools import combinations
from typing import Literal

import krippendorff
import numpy as np

from annotation.agreement.clusters import Clusters, Floats, Queries, clusters_of
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, Statistic, figure, of_sums
from annotation.agreement.ratings import Ratings, counts, no_chance, pairable
from annotation.agreement.reasons import NO_VARIATION
from annotation.agreement.scales import Scale

Level = Literal["nominal", "ordinal", "interval", "ratio"]
SMALL = 100_000  # ratings; above, `krippendorff` takes too much time and memory


def alpha(
    ratings: Ratings,
    *,
    level: Level,
    scale: Scale | None,
    queries: Queries | None = None,
    resamples: Resamples = DEFAULT_RESAMPLES,
) -> Figure:
    """Krippendorff's alpha at a level of measurement, for any number of annotators and with ratings missing.

    `ratings` is annotators x responses, NaN for none. `scale` has all values that a rating can take, also those that do
    not occur, and a rating beside it is a ValueError; None, for means, takes the values that occur. At the level "ratio"
    a rating below 0 has no meaning and is a ValueError too. `queries` has a whole number per response, equal for responses
    to one query; with it comes an interval, by `resamples`. `n` counts the responses with two ratings or more.

    The value is `krippendorff`'s up to 100,000 ratings, and our own count above: the same to ten digits. At the level
    "ordinal" memory grows with the clusters times the square of the levels, so means want "interval". Source: Hayes &
    Krippendorff 2007; Krippendorff 2011.
    """
    counted = counts(ratings)
    if reason := no_chance(counted):
        return Figure(None, counted.pairable_items, reason)
    data = clusters_of(ratings, scale, queries)
    present = data.known[np.unique(data.at[data.at >= 0])]
    if level == "ratio" and present[0] < 0:
        raise ValueError("ratings at the level of ratios are never below 0")
    if len(present) == 1:
        return Figure(None, counted.pairable_items, NO_VARIATION)
    value = by_krippendorff(ratings, level) if counted.ratings <= SMALL else None
    return figure(statistic(data, level), data, counted.pairable_items, resamples=resamples, value=value)


def by_krippendorff(ratings: Ratings, level: Level) -> float:
    return float(krippendorff.alpha(reliability_data=pairable(ratings), level_of_measurement=level))


def statistic(data: Clusters, level: Level) -> Statistic:
    """Alpha as a formula of sums over responses that have two ratings or more."""
    if level == "interval":
        return of_sums(data.sums(moments(data)), interval_alpha)
    if level == "ordinal":
        return of_sums(data.sums(coincidences(data.counts)), lambda sums: ordinal_alpha(sums, len(data.known)))
    distances = nominal(data.known) if level == "nominal" else ratio(data.known)
    return of_sums(data.sums(disagreements(data.counts, distances)), lambda sums: fixed_alpha(sums, distances))


def nominal(known: Floats) -> Floats:
    return 1 - np.eye(len(known))


def ratio(known: Floats) -> Floats:
    total = np.add.outer(known, known)
    return (np.subtract.outer(known, known) / np.where(total == 0, 1, total)) ** 2


def disagreements(given: Floats, distances: Floats) -> Iterator[Floats]:
    """The observed disagreement of each response, then how often each level was given. `given` is levels x responses."""
    yield (distances @ given * given).sum(axis=0) / (given.sum(axis=0) - 1)
    yield from given


def fixed_alpha(sums: Floats, distances: Floats) -> Floats:
    """Of distances that are fixed in advance: 1 - (n - 1) · Σ o δ / Σ Σ n(c) n(k) δ(c, k)."""
    observed, given = sums[:, 0], sums[:, 1:]
    expected = (given @ distances * given).sum(axis=1)
    return one_minus((given.sum(axis=1) - 1) * observed, expected)


def coincidences(given: Floats) -> Iterator[Floats]:
    """How often each level was given, then the coincidences of each two levels. `given` is levels x responses."""
    others = given.sum(axis=0) - 1
    yield from given
    for one, other in combinations(given, 2):
        yield one * other / others


def ordinal_alpha(sums: Floats, size: int) -> Floats:
    """The distance of two levels is that of their mean ranks: δ(c, k) = (n(c) / 2 + n(c + 1) + … + n(k) / 2)²."""
    given, pairs = sums[:, :size], sums[:, size:]
    total = given.sum(axis=1)
    ranks = np.cumsum(given, axis=1) - given / 2 - total[:, None] / 2
    lower, upper = np.triu_indices(size, 1)
    observed = (pairs * (ranks[:, lower] - ranks[:, upper]) ** 2).sum(axis=1)
    expected = total * (given * ranks**2).sum(axis=1)  # the mean of the ranks is 0
    return one_minus((total - 1) * observed, expected)


def moments(data: Clusters) -> Iterator[Floats]:
    """Of each response: how many ratings, their sum, their squares' sum, and their disagreement. All from the grand mean."""
    values = data.ratings - np.average(data.known[data.at[data.at >= 0]])
    given = (data.at >= 0).sum(axis=0).astype(float)
    total, squares = np.nansum(values, axis=0), np.nansum(values**2, axis=0)
    within = np.nansum((values - total / given) ** 2, axis=0)
    yield from (given, total, squares, 2 * given * within / (given - 1))


def interval_alpha(sums: Floats) -> Floats:
    """Half of Σ Σ (x - y)² over all pairs of ratings is n · Σ x² - (Σ x)²."""
    given, total, squares, observed = sums.T
    expected = given * squares - total**2
    rounding = expected <= 1e-12 * given * squares
    return one_minus((given - 1) * observed, np.where(rounding, 0, 2 * expected))


def one_minus(observed: Floats, expected: Floats) -> Floats:
    """1 - observed / expected, NaN where nothing is expected: every rating is the same."""
    nothing = expected == 0
    return np.where(nothing, np.nan, 1 - observed / np.where(nothing, 1, expected))
