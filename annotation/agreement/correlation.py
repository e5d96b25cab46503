"""The correlation of two annotators' ratings, linear or by rank. A constant distance between the two does not lower it."""

from collections.abc import Callable

import numpy as np

from annotation.agreement.clusters import Clusters, Floats, Queries, clusters_of
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import CELLS, DEFAULT_RESAMPLES, Resamples, Statistic, figure, of_sums
from annotation.agreement.ratings import Ratings, counts, why_not_comparable
from annotation.agreement.reasons import NO_VARIATION, ONE_RESPONSE, SAME_THROUGHOUT
from annotation.agreement.scales import Codes


def pearson_of_two(ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> Figure:
    """Pearson's product-moment coefficient of two annotators.

    `ratings` is 2 x responses, NaN for none; the responses that both rated count. `queries` and `resamples` as in alpha.
    """
    return of_two(ratings, linear, queries, resamples)


def spearman_of_two(ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> Figure:
    """Spearman's rank coefficient of two annotators: Pearson's of the ranks, equal ratings having their mean rank.

    Arguments as in pearson_of_two.
    """
    return of_two(ratings, ranked, queries, resamples)


def of_two(ratings: Ratings, statistic: Callable[[Clusters], Statistic], queries: Queries | None, resamples: Resamples) -> Figure:
    if len(ratings) != 2:
        raise ValueError("a correlation is of two annotators")
    counted = counts(ratings)
    if reason := why_not_comparable(counted):
        return Figure(None, counted.pairable_items, reason)
    if counted.pairable_items == 1:
        return Figure(None, 1, ONE_RESPONSE)
    data = clusters_of(ratings, None, queries)
    spans = np.ptp(data.codes, axis=1)
    if (spans == 0).any():
        same = (spans == 0).all() and data.codes[0, 0] == data.codes[1, 0]
        return Figure(None, counted.pairable_items, NO_VARIATION if same else SAME_THROUGHOUT)
    return figure(statistic(data), data, counted.pairable_items, resamples=resamples)


def linear(data: Clusters) -> Statistic:
    x, y = data.ratings - data.ratings.mean(axis=1, keepdims=True)
    columns = [np.ones_like(x), x, y, x**2, y**2, x * y]
    return of_sums(data.sums(columns), correlation)


def correlation(sums: Floats) -> Floats:
    """(n · Σ x y - Σ x Σ y) / √((n · Σ x² - (Σ x)²) (n · Σ y² - (Σ y)²))."""
    n, x, y, xx, yy, xy = sums.T
    spread_x, spread_y = n * xx - x**2, n * yy - y**2
    constant = (spread_x <= 1e-12 * n * xx) | (spread_y <= 1e-12 * n * yy)
    product = np.sqrt(np.where(constant, 1, spread_x)) * np.sqrt(np.where(constant, 1, spread_y))
    return np.where(constant, np.nan, np.clip((n * xy - x * y) / product, -1, 1))


def sums_of_two(ratings: Ratings) -> Floats:
    """The sums that `correlation` takes, for each two rows over the columns that both have: rows x rows x 6.

    Values are counted from the lowest rating.
    """
    rated = (~np.isnan(ratings)).astype(float)
    values = np.where(rated, ratings - np.fmin.reduce(ratings, axis=None, initial=np.inf), 0)
    n, x, xx, xy = rated @ rated.T, values @ rated.T, values**2 @ rated.T, values @ values.T
    return np.stack([n, x, x.T, xx, xx.T, xy], axis=2)


def ranked(data: Clusters) -> Statistic:
    """Ranks depend on which responses are resampled, so they are computed anew for each replicate."""

    def batch(weights: Floats) -> Floats:
        of_responses = weights[:, data.cluster]
        x, y = (mean_ranks(row, of_responses) for row in data.codes)
        n = of_responses.sum(axis=1)
        zero = np.zeros_like(n)  # the mean of mean ranks from the middle
        moments = [(of_responses * product).sum(axis=1) for product in (x**2, y**2, x * y)]
        return correlation(np.stack([n, zero, zero, *moments], axis=1))

    def value(weights: Floats) -> Floats:
        rows = max(1, CELLS // 10 // len(data.cluster))
        return np.concatenate([batch(weights[start : start + rows]) for start in range(0, len(weights), rows)])

    return value


def mean_ranks(row: Codes, weights: Floats) -> Floats:
    """The mean rank of each response, counted from the middle: replicates x responses.

    `row` has one annotator's codes, `weights` how often each response is in a replicate, replicates x responses.
    """
    order = np.argsort(row)
    first = np.flatnonzero(np.diff(row[order], prepend=-1))
    level_counts = np.add.reduceat(weights[:, order], first, axis=1)
    middle = np.cumsum(level_counts, axis=1) - level_counts / 2 - level_counts.sum(axis=1)[:, None] / 2
    level = np.empty(len(row), dtype=np.intp)
    level[order] = np.repeat(np.arange(len(first)), np.diff(first, append=len(row)))
    return np.asarray(middle[:, level])
