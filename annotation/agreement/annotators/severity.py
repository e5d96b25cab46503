"""Severity: how far an annotator's ratings lie above or below the others' ratings of the same responses, and its drift."""

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.annotators.shared import Figures, Mask, shared_responses
from annotation.agreement.clusters import Floats, Queries, clusters_of
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, figure, of_sums
from annotation.agreement.ratings import Ratings
from annotation.agreement.reasons import NO_OVERLAP, NO_RATINGS
from annotation.agreement.transforms import DIFFERENCE

Periods = NDArray[np.intp]


def severities(ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> Figures:
    """The mean over the shared responses of the own rating less the mean of the others', in points. Above 0 is lenient.

    `ratings` is annotators x responses, NaN for none; `queries` and `resamples` as in alpha.
    """
    return tuple(
        Figure(None, 0, reason) if reason else severity(gaps[shared], None if queries is None else queries[shared], resamples)
        for gaps, (shared, reason) in zip(gaps_to_others(ratings), shared_responses(ratings), strict=True)
    )


def gaps_to_others(ratings: Ratings) -> Ratings:
    """Each rating less the mean of the others' ratings of the response; NaN where either is missing."""
    rated = ~np.isnan(ratings)
    total, others = np.where(rated, ratings, 0).sum(axis=0), rated.sum(axis=0) - 1
    return np.where(others > 0, ratings - (total - ratings) / np.maximum(others, 1), np.nan)


def severity(gaps: Floats, queries: Queries | None, resamples: Resamples) -> Figure:
    data = clusters_of(gaps[None, :], None, queries, at_least=1)
    sums = data.sums([data.ratings[0], np.ones(data.codes.shape[1])])
    mean = of_sums(sums, lambda totals: totals[:, 0] / totals[:, 1])
    return figure(mean, data, len(gaps), resamples=resamples, transform=DIFFERENCE)


def drift(ratings: Ratings, periods: Periods, count: int) -> tuple[Figures, ...]:
    """Severity over time: annotators x periods, each of the ratings that the annotator gave in one of `count` periods.

    `periods` is annotators x responses: the number of the period in which the annotator rated the response, from 0; -1 for
    none. The others' ratings of the same responses may be of any period. There are no intervals.
    """
    return tuple(
        tuple(severity_in_period(own, gaps, own_periods == period) for period in range(count))
        for own, gaps, own_periods in zip(ratings, gaps_to_others(ratings), periods, strict=True)
    )


def severity_in_period(own: Floats, gaps: Floats, in_period: Mask) -> Figure:
    shared = gaps[in_period & ~np.isnan(gaps)]
    if not len(shared):
        return Figure(None, 0, NO_RATINGS if np.isnan(own[in_period]).all() else NO_OVERLAP)
    return Figure(float(shared.mean()), len(shared))
