"""What one annotator's judgements are like beside the others' of the same responses: a figure for each annotator, in order.

`ratings` is annotators x responses, NaN for none. Several criteria may stand side by side: each response and its query come then
once for each of them. A figure rests on the responses that the annotator and at least one other rated; they are its `n`.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import Floats, Queries, clusters_of
from annotation.agreement.coefficients.kappa import statistic
from annotation.agreement.correlation import sums_of_two
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, figure, of_sums
from annotation.agreement.ratings import Counts, Ratings, not_comparable
from annotation.agreement.reasons import (
    FEW_TIMES,
    LITTLE_OVERLAP,
    NO_OVERLAP,
    NO_RATINGS,
    NO_TIMES,
    NO_VARIATION,
    SAME_THROUGHOUT,
)
from annotation.agreement.scales import Scale, Weights, agreement_weights, levels, places
from annotation.agreement.transforms import DIFFERENCE

Figures = tuple[Figure, ...]
Mask = NDArray[np.bool_]
Periods = NDArray[np.intp]


def beside_others(ratings: Ratings) -> Iterator[tuple[Mask, str | None]]:
    """Of each annotator: which responses this one and at least one other rated, and, where there are none, why."""
    given = ~np.isnan(ratings)
    raters, with_others = int(given.any(axis=1).sum()), given.sum(axis=0) > 1
    for own in given:
        shared = own & with_others
        rated = int(own.sum())
        yield shared, not_comparable(Counts(items=rated, pairable_items=int(shared.sum()), raters=raters, ratings=rated))


def severities(ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> Figures:
    """Severity, in points: the mean over responses of the own rating less the mean of the others'. Above 0 is lenient.

    `queries` and `resamples` as in alpha.
    """
    return tuple(
        Figure(None, 0, reason) if reason else offset(gaps[shared], None if queries is None else queries[shared], resamples)
        for gaps, (shared, reason) in zip(gaps_to_others(ratings), beside_others(ratings), strict=True)
    )


def gaps_to_others(ratings: Ratings) -> Ratings:
    """Each rating less the mean of the others' ratings of the response; NaN where there is none of either."""
    given = ~np.isnan(ratings)
    total, others = np.where(given, ratings, 0).sum(axis=0), given.sum(axis=0) - 1
    return np.where(others > 0, ratings - (total - ratings) / np.maximum(others, 1), np.nan)


def offset(gaps: Floats, queries: Queries | None, resamples: Resamples) -> Figure:
    data = clusters_of(gaps[None, :], None, queries, at_least=1)
    sums = data.sums([data.ratings[0], np.ones(data.at.shape[1])])
    mean = of_sums(sums, lambda totals: totals[:, 0] / totals[:, 1])
    return figure(mean, data, len(gaps), resamples=resamples, within=DIFFERENCE)


def drift(ratings: Ratings, periods: Periods, count: int) -> tuple[Figures, ...]:
    """Severity over time: as severities, of the ratings that an annotator gave in each of `count` periods. No intervals.

    `periods` is annotators x responses: the number of the period in which the annotator rated the response, from 0; -1 for
    none. The others' ratings of the same responses may be of any period. What comes back is annotators x periods.
    """
    return tuple(
        tuple(in_period(own, gaps, when == period) for period in range(count))
        for own, gaps, when in zip(ratings, gaps_to_others(ratings), periods, strict=True)
    )


def in_period(own: Floats, gaps: Floats, within: Mask) -> Figure:
    shared = gaps[within & ~np.isnan(gaps)]
    if not len(shared):
        return Figure(None, 0, NO_RATINGS if np.isnan(own[within]).all() else NO_OVERLAP)
    return Figure(float(shared.mean()), len(shared))


def spreads(ratings: Ratings) -> Figures:
    """How wide the own ratings lie against the others': √(Σ (n - 1) · own variance / Σ (n - 1) · the other's variance).

    Both sums run over the others, each with the n responses that both rated. 1 is alike; below 1 an annotator keeps to the
    middle or to a part of the scale, at 0 to one level.
    """
    sums = sums_of_two(ratings)
    many, total, squares = sums[:, :, 0], sums[:, :, 1], sums[:, :, 3]
    around = squares - total**2 / np.maximum(many, 1)
    around[around <= 1e-12 * squares] = 0
    for with_oneself in (many, around):
        np.fill_diagonal(with_oneself, 0)
    own, others = around.sum(axis=1), around.sum(axis=0)
    found = []
    for number, (shared, reason) in enumerate(beside_others(ratings)):
        if reason is None and many[number].max() < 2:
            reason = LITTLE_OVERLAP
        elif reason is None and others[number] == 0:
            compared = ratings[:, shared]
            reason = NO_VARIATION if np.nanmin(compared) == np.nanmax(compared) else SAME_THROUGHOUT
        found.append(Figure(None if reason else float(np.sqrt(own[number] / others[number])), int(shared.sum()), reason))
    return tuple(found)


def level_counts(ratings: Ratings, scale: Scale) -> NDArray[np.int64]:
    """How often each annotator gave each level: annotators x levels, in the order of the ascending scale, which has all levels.
    A rating beside it is a ValueError."""
    known = levels(ratings, scale)
    at = places(ratings, known)
    return np.stack([(at == place).sum(axis=1) for place in range(len(known))], axis=1)


def agreement_with_others(
    ratings: Ratings,
    *,
    scale: Scale,
    weights: Weights = "quadratic",
    queries: Queries | None = None,
    resamples: Resamples = DEFAULT_RESAMPLES,
) -> Figures:
    """Cohen's weighted kappa with each of the others, pooled: agreement and chance are added up over these pairs.

    Chance goes by how often each of a pair gave every level in the responses that the annotator shares with anybody. Of two
    annotators it is their kappa. Arguments as in kappa.
    """
    agreements = agreement_weights(weights, scale)
    found = []
    for number, (shared, reason) in enumerate(beside_others(ratings)):
        if reason:
            found.append(Figure(None, 0, reason))
            continue
        compared = ratings[:, shared]
        met = np.flatnonzero(~np.isnan(compared).all(axis=1))
        own = int(np.searchsorted(met, number))
        data = clusters_of(compared[met], scale, None if queries is None else queries[shared])
        pairs = [(own, other) for other in range(len(met)) if other != own]
        found.append(figure(statistic(data, agreements, pairs), data, compared.shape[1], resamples=resamples))
    return tuple(found)


def paces(seconds: Ratings) -> Figures:
    """How long an annotator takes against the others: the median over responses of the own time over the median of the
    others' times. 1 is alike, 2 twice as long. `seconds` is annotators x responses, NaN or 0 where the time is not known.
    """
    times = np.where(seconds > 0, seconds, np.nan)
    ratios = times / medians_of_others(times)
    return tuple(pace(own, of_own[~np.isnan(of_own)]) for own, of_own in zip(times, ratios, strict=True))


def pace(own: Floats, ratios: Floats) -> Figure:
    if not len(ratios):
        return Figure(None, 0, NO_TIMES if np.isnan(own).all() else FEW_TIMES)
    return Figure(float(np.median(ratios)), len(ratios))


def medians_of_others(times: Ratings) -> Floats:
    """Of each known time: the median of the others' times of the response, NaN where there is none; annotators x responses.

    The others' times in ascending order are all times but one's own, so that those above it stand one place further down.
    """
    others = (~np.isnan(times)).sum(axis=0) - 1
    order = np.argsort(times, axis=0)  # NaN comes last
    ascending, place = np.take_along_axis(times, order, axis=0), np.argsort(order, axis=0)
    both = [
        np.take_along_axis(ascending, np.minimum(middle + (middle >= place), len(times) - 1), axis=0)
        for middle in ((others - 1) // 2, others // 2)
    ]
    return np.where((others > 0) & ~np.isnan(times), np.mean(both, axis=0), np.nan)
