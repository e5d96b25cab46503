"""Agreement by pairs: every two ratings of one response are a pair, and the pairs of all responses are pooled.

So a response with three ratings counts with three pairs, one with two ratings with one; chance is not taken into account.
"""

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np

from annotation.agreement.clusters import Floats, Queries, clusters_of
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, figure, of_sums
from annotation.agreement.ratings import Ratings, counts, not_comparable
from annotation.agreement.transforms import DISTANCE, SHARE, Transform


def exact(ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> Figure:
    """The share of pairs that are equal.

    `ratings` is annotators x responses, NaN for none; `queries` and `resamples` as in alpha.
    """
    return mean_over_pairs(ratings, lambda gaps: (gaps == 0).astype(float), SHARE, queries, resamples)


def adjacent(ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> Figure:
    """The share of pairs that lie within 1, the equal ones among them. Arguments as in exact."""
    return mean_over_pairs(ratings, lambda gaps: (gaps <= 1).astype(float), SHARE, queries, resamples)


def mean_absolute_difference(
    ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES
) -> Figure:
    """How far the ratings of a pair lie apart, in points. Arguments as in exact."""
    return mean_over_pairs(ratings, lambda gaps: gaps, DISTANCE, queries, resamples)


def mean_over_pairs(
    ratings: Ratings, measure: Callable[[Floats], Floats], within: Transform, queries: Queries | None, resamples: Resamples
) -> Figure:
    """`measure` takes the distances of pairs, NaN where one of the two is missing."""
    counted = counts(ratings)
    if reason := not_comparable(counted):
        return Figure(None, counted.pairable_items, reason)
    data = clusters_of(ratings, None, queries)
    sums = data.sums(of_each_response(data.ratings, measure))
    statistic = of_sums(sums, lambda totals: totals[:, 0] / totals[:, 1])
    return figure(statistic, data, counted.pairable_items, resamples=resamples, within=within)


def of_each_response(ratings: Ratings, measure: Callable[[Floats], Floats]) -> Iterator[Floats]:
    """The measure added up over its pairs, and how many pairs it has."""
    total, pairs = np.zeros((2, ratings.shape[1]))
    for one, other in combinations(ratings, 2):
        gaps = np.abs(one - other)
        there = ~np.isnan(gaps)
        total[there] += measure(gaps[there])
        pairs += there
    yield from (total, pairs)
