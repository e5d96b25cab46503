"""Agreement by pairs: every two ratings of one response are a pair, and the pairs of all responses are pooled.

So a response with three ratings counts with three pairs, one with two ratings with one. Chance is not taken into account.
"""

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np

from annotation.agreement.clusters import Floats, Queries, clusters_of
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, figure, of_sums
from annotation.agreement.ratings import Ratings, counts, why_not_comparable
from annotation.agreement.transforms import DISTANCE, SHARE, Transform


def exact(ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> Figure:
    """The share of pairs that are equal.

    `ratings` is annotators x responses, NaN for none; `queries` and `resamples` as in alpha.
    """
    return mean_over_pairs(ratings, lambda gaps: (gaps == 0).astype(float), SHARE, queries, resamples)


def adjacent(ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> Figure:
    """The share of pairs at most 1 apart, the equal ones among them. Arguments as in exact."""
    return mean_over_pairs(ratings, lambda gaps: (gaps <= 1).astype(float), SHARE, queries, resamples)


def mean_absolute_difference(
    ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES
) -> Figure:
    """The mean absolute difference of the ratings of a pair, in points. Arguments as in exact."""
    return mean_over_pairs(ratings, lambda gaps: gaps, DISTANCE, queries, resamples)


def mean_over_pairs(
    ratings: Ratings, measure: Callable[[Floats], Floats], transform: Transform, queries: Queries | None, resamples: Resamples
) -> Figure:
    """The mean of a measure over all pairs; `measure` takes their absolute differences."""
    counted = counts(ratings)
    if reason := why_not_comparable(counted):
        return Figure(None, counted.pairable_items, reason)
    data = clusters_of(ratings, None, queries)
    sums = data.sums(of_each_response(data.ratings, measure))
    statistic = of_sums(sums, lambda totals: totals[:, 0] / totals[:, 1])
    return figure(statistic, data, counted.pairable_items, resamples=resamples, transform=transform)


def of_each_response(ratings: Ratings, measure: Callable[[Floats], Floats]) -> Iterator[Floats]:
    """The measure summed over the response's pairs, and the number of its pairs."""
    total, pairs = np.zeros((2, ratings.shape[1]))
    for first, second in combinations(ratings, 2):
        gaps = np.abs(first - second)
        paired = ~np.isnan(gaps)
        total[paired] += measure(gaps[paired])
        pairs += paired
    yield from (total, pairs)
