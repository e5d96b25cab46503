"""Agreement beyond chance from the shares of levels alone: Gwet's AC1 and AC2, and Fleiss' kappa."""

from collections.abc import Iterator

import numpy as np

from annotation.agreement.clusters import Clusters, Floats, Queries, clusters_of
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, Statistic, figure, of_sums
from annotation.agreement.ratings import Ratings, counts, why_not_comparable
from annotation.agreement.scales import Scale, Weights, agreement_weights


def ac1(ratings: Ratings, *, scale: Scale, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> Figure:
    """Gwet's AC1: AC2 with identity weights, so that only equal levels agree."""
    return ac2(ratings, scale=scale, weights="identity", queries=queries, resamples=resamples)


def ac2(
    ratings: Ratings,
    *,
    scale: Scale,
    weights: Weights = "ordinal",
    queries: Queries | None = None,
    resamples: Resamples = DEFAULT_RESAMPLES,
) -> Figure:
    """Gwet's AC2: it does not collapse where nearly all ratings are on one level, and is 1 where every rating is the same.

    So it is high on ratings that know nothing of the response, too: .86 where 53 % are on one level of six and 44 % beside it.
    `ratings` is annotators x responses, NaN for none; `scale` has all levels, for chance agreement depends on them, and at
    least two; `weights` as in agreement_weights; `queries` and `resamples` as in alpha. The shares of the levels count also the
    responses with a single rating. `n` counts the responses with two ratings or more. Source: Gwet 2014, chapters 4 and 5.
    """
    agreements = agreement_weights(weights, scale)
    if len(agreements) < 2:
        raise ValueError("a scale has two levels at least")
    size = len(agreements)
    spread = agreements.sum() / (size * (size - 1))
    return beyond_chance(
        ratings, scale, agreements, lambda shares: spread * (shares * (1 - shares)).sum(axis=1), queries, resamples
    )


def fleiss(
    ratings: Ratings,
    *,
    scale: Scale,
    weights: Weights = "identity",
    queries: Queries | None = None,
    resamples: Resamples = DEFAULT_RESAMPLES,
) -> Figure:
    """Fleiss' kappa, with any weights and for any number of ratings per response. Arguments as in ac2.

    Source: Fleiss 1971, where all responses have as many ratings; Gwet 2014, chapter 2, where they do not.
    """
    agreements = agreement_weights(weights, scale)
    return beyond_chance(
        ratings, scale, agreements, lambda shares: (shares @ agreements * shares).sum(axis=1), queries, resamples
    )


def beyond_chance(
    ratings: Ratings, scale: Scale, agreements: Floats, chance: Statistic, queries: Queries | None, resamples: Resamples
) -> Figure:
    counted = counts(ratings)
    if reason := why_not_comparable(counted):
        return Figure(None, counted.pairable_items, reason)
    data = clusters_of(ratings, scale, queries, at_least=1, anonymous=True)

    def formula(sums: Floats) -> Floats:
        """(observed - chance) / (1 - chance)."""
        observed = np.divide(sums[:, 1], sums[:, 0], where=sums[:, 0] > 0, out=np.full(len(sums), np.nan))
        by_chance = chance(sums[:, 3:] / sums[:, 2:3])
        certain = by_chance > 1 - 1e-12
        return np.where(certain, np.nan, (observed - by_chance) / np.where(certain, 1, 1 - by_chance))

    return figure(of_sums(data.sums(columns(data, agreements)), formula), data, counted.pairable_items, resamples=resamples)


def columns(data: Clusters, agreements: Floats) -> Iterator[Floats]:
    """Of each response: whether it has two ratings, the share of its pairs that agree, 1, and the share of each level."""
    level_counts = data.level_counts
    n = level_counts.sum(axis=0)
    pairs = np.maximum(n * (n - 1), 1)  # of a single rating: 0 of 1 agree
    yield (n > 1).astype(float)
    yield (level_counts * (agreements @ level_counts - 1)).sum(axis=0) / pairs
    yield np.ones_like(n)
    yield from level_counts / n
