"""Agreement by pairs: every two ratings of one response are a pair, and the pairs of all responses are pooled.

So a response with three ratings counts with three pairs, one with two ratings with one. Chance is not taken into account.
Where annotators found the criterion not applicable, pairs are lost.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from annotation.agreement.clusters import Floats, Queries, clusters_of
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, Statistic, figure, figures_of_sums, of_sums
from annotation.agreement.ratings import Ratings, counts, why_not_comparable
from annotation.agreement.transforms import DISTANCE, SHARE


@dataclass(frozen=True)
class PairFigures:
    """`exact` is the share of pairs that are equal, `adjacent` of those at most 1 apart, the equal ones among them;
    `mean_absolute_difference` is that of the ratings of a pair, in points."""

    exact: Figure
    adjacent: Figure
    mean_absolute_difference: Figure


def of_pairs(ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> PairFigures:
    """All figures of pairs at once, which costs hardly more than one of them.

    `ratings` is annotators x responses, NaN for none; `queries` and `resamples` as in alpha.
    """
    counted = counts(ratings)
    if reason := why_not_comparable(counted):
        undefined = Figure(None, counted.pairable_items, reason)
        return PairFigures(undefined, undefined, undefined)
    data = clusters_of(ratings, None, queries, anonymous=True)
    sums = data.sums(of_each_response(data.ratings))

    def mean(column: int) -> Statistic:
        return lambda totals: totals[:, column] / totals[:, 0]

    formulas = [(mean(1), SHARE), (mean(2), SHARE), (mean(3), DISTANCE)]
    return PairFigures(*figures_of_sums(sums, formulas, data, counted.pairable_items, resamples=resamples))


def of_each_response(ratings: Ratings) -> tuple[Floats, Floats, Floats, Floats]:
    """The number of the response's pairs, of those equal and of those at most 1 apart, and the sum of their differences."""
    pairs, equal, near, distance = np.zeros((4, ratings.shape[1]))
    for first, second in combinations(ratings, 2):
        gaps = np.abs(first - second)  # NaN where one of them is missing, which is neither
        pairs += ~np.isnan(gaps)
        equal += gaps == 0
        near += gaps <= 1
        distance += np.nan_to_num(gaps)
    return pairs, equal, near, distance


def exact(ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> Figure:
    """The share of pairs that are equal. Arguments as in of_pairs."""
    return of_pairs(ratings, queries=queries, resamples=resamples).exact


def adjacent(ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> Figure:
    """The share of pairs at most 1 apart, the equal ones among them. Arguments as in of_pairs."""
    return of_pairs(ratings, queries=queries, resamples=resamples).adjacent


def mean_absolute_difference(
    ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES
) -> Figure:
    """The mean absolute difference of the ratings of a pair, in points. Arguments as in of_pairs."""
    return of_pairs(ratings, queries=queries, resamples=resamples).mean_absolute_difference


def pairs_lost(applicable: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> Figure:
    """The share of pairs of judgements that are no pair of ratings, since one or both found the criterion not applicable.

    `applicable` is annotators x responses: 1 where the annotator found it applicable, 0 where not, NaN where there is no
    judgement. Other arguments as in of_pairs. With a quarter "not applicable" at random, 44 % of the pairs are lost.
    """
    counted = counts(applicable)
    if reason := why_not_comparable(counted):
        return Figure(None, counted.pairable_items, reason)
    data = clusters_of(applicable, [0, 1], queries, anonymous=True)
    judged, rated = (data.codes >= 0).sum(axis=0), (data.codes == 1).sum(axis=0)
    pairs, remaining = (number * (number - 1) / 2 for number in (judged, rated))
    statistic = of_sums(data.sums([pairs - remaining, pairs]), lambda totals: totals[:, 0] / totals[:, 1])
    return figure(statistic, data, counted.pairable_items, resamples=resamples, transform=SHARE)
