"""Severity: how far an annotator's ratings lie above or below the others', by least squares over all that they share."""

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.annotators.estimates import Estimate, distinct, from_squares
from annotation.agreement.annotators.least_squares import LeastSquares
from annotation.agreement.annotators.parts import means_of_parts
from annotation.agreement.figures import Figure
from annotation.agreement.reasons import NO_OVERLAP, NO_RATINGS

Periods = NDArray[np.intp]


def severities(fit: LeastSquares) -> tuple[Estimate, ...]:
    """Severity in points, centred within each group of linked annotators: below 0 is severe, above 0 lenient.

    `n` counts the responses that an annotator shares. The standard errors are clustered by query, so the residuals of one
    annotator on several criteria of a response, and on several responses to a query, may go together. They hold for these
    annotators: 0 is the mean of the group.
    """
    return tuple(
        Estimate(Figure(None, 0, reason)) if reason else from_squares(value, n, squares, queries)
        for reason, value, n, squares, queries in zip(
            fit.why_not_comparable(),
            fit.severity.tolist(),
            fit.responses.tolist(),
            (fit.moves**2).sum(axis=0).tolist(),
            distinct(fit.annotator, fit.query, len(fit.severity)).tolist(),
            strict=True,
        )
    )


def drift(fit: LeastSquares, periods: Periods, count: int) -> tuple[tuple[Estimate, ...], ...]:
    """Severity over time: annotators x periods, each of the ratings that the annotator gave in one of `count` periods.

    `periods` is annotators x responses: the number of the period in which the annotator judged the response, from 0; -1 for none.
    A period's severity is the weighted mean of its ratings' gaps to the others, whose severities and whose ratings are those of
    the whole project. So it is against all others, however few of them judged in that period, and the mean of an annotator's
    periods, each with the weight of its ratings, is their severity. A drift of all annotators together does not show.
    """
    own, response = np.nonzero(fit.rated & (periods >= 0))
    rated = np.zeros((len(fit.rated), count), dtype=bool)
    rated[own, periods[own, response]] = True
    of_parts = means_of_parts(fit, periods[fit.annotator, fit.response], count)
    return tuple(
        tuple(
            each or Estimate(Figure(None, 0, NO_OVERLAP if is_rated else NO_RATINGS))
            for each, is_rated in zip(row, of_row, strict=True)
        )
        for row, of_row in zip(of_parts, rated.tolist(), strict=True)
    )
