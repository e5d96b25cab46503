"""PRMSE: how well a scorer predicts the true scores, with the error of the labels themselves taken out.

A true score is the mean of infinitely many ratings of the response. For the responses i that have a score s and k_i >= 1
ratings with the mean m_i, N of them with K = Σ k_i ratings whose mean is M:

    error variance   V = Σ Σ (rating - m_i)² / Σ (k_i - 1)                           pooled within responses
    true variance    T = (Σ k_i (m_i - M)² - (N - 1) V) / (K - Σ k_i² / K)
    MSE(T|M)           = (Σ k_i (m_i - s_i)² - N V) / K
    PRMSE              = 1 - MSE(T|M) / T

Responses with one rating count in all but V. Source: Loukina, Madnani, Cahill, Yao, Johnson, Riordan & McCaffrey 2020 (BEA), as
RSMTool's prmse_true has it.
"""

from dataclasses import dataclass

import numpy as np

from annotation.agreement.clusters import Floats, Queries
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples
from annotation.agreement.ratings import Ratings
from annotation.agreement.reasons import NO_FIRST_RATING, NO_TRUE_VARIANCE, NO_TWO_FIRST, ONE_SCORE
from annotation.agreement.scorer.measures import Scores
from annotation.agreement.scorer.sums import OfSums, clusters_of_responses, figures, ratio
from annotation.agreement.transforms import DIFFERENCE, DISTANCE, UP_TO_1


@dataclass(frozen=True)
class Prmse:
    """`prmse` is 1 where true scores are predicted without error, 0 where no better than by their mean; it may be below 0, and by
    chance above 1. `error_variance` is that of one rating, `true_variance` that of true scores, `mse_true` the mean squared
    error of predicting them, in squared points; by chance an estimate is a little below 0.
    """

    prmse: Figure
    error_variance: Figure
    true_variance: Figure
    mse_true: Figure


def prmse(
    scores: Scores, ratings: Ratings, queries: Queries | None = None, *, resamples: Resamples | None = DEFAULT_RESAMPLES
) -> Prmse:
    """`ratings` is annotators x responses: first, independent ratings of what the scorer scores, NaN for none. The responses
    with a rating count. Other arguments as in `measures`."""
    rated = counted(ratings, scores)
    number = (~np.isnan(ratings)).sum(axis=0)[rated].astype(float)
    n = len(number)
    if reason := why_undefined(number):
        undefined = Figure(None, n, reason)
        return Prmse(undefined, undefined, undefined, undefined)
    scores, ratings = scores[rated], ratings[:, rated]
    total = np.nansum(ratings, axis=0)
    means = total / number
    origin = total.sum() / number.sum()
    within = np.nansum((ratings - means) ** 2, axis=0)
    columns = (
        np.ones(n),
        number,
        number**2,
        number * (means - origin),
        number * (means - origin) ** 2,
        within,
        number * (means - scores) ** 2,
    )
    parts = {"prmse": (reduction, UP_TO_1), "error": (error, DISTANCE), "true": (true, DIFFERENCE), "mse": (mse_true, DIFFERENCE)}
    of_each = figures(
        {
            name: OfSums(columns, formula, n, transform, undefined=NO_TRUE_VARIANCE)
            for name, (formula, transform) in parts.items()
        },
        clusters_of_responses(None if queries is None else queries[rated], n),
        resamples,
    )
    return Prmse(of_each["prmse"], of_each["error"], of_each["true"], of_each["mse"])


def counted(ratings: Ratings, scores: Scores) -> Floats:
    """Whether each response has a rating."""
    if ratings.ndim != 2 or ratings.shape[1:] != scores.shape:
        raise ValueError("ratings are annotators x responses, and each response has a score")
    if not np.isfinite(scores).all() or np.isinf(ratings).any():
        raise ValueError("a score or a rating is not a number")
    return np.asarray((~np.isnan(ratings)).any(axis=0))


def why_undefined(number: Floats) -> str | None:
    if not len(number):
        return NO_FIRST_RATING
    if number.max() < 2:
        return NO_TWO_FIRST
    return ONE_SCORE if len(number) == 1 else None


def error(sums: Floats) -> Floats:
    n, number, _squares, _means, _spread, within, _errors = sums.T
    return ratio(within, number - n)


def true(sums: Floats) -> Floats:
    n, number, squares, means, spread, _within, _errors = sums.T
    between = spread - means**2 / number
    return ratio(between - (n - 1) * error(sums), number - squares / number)


def mse_true(sums: Floats) -> Floats:
    n, number, _squares, _means, _spread, _within, errors = sums.T
    return ratio(errors - n * error(sums), number)


def reduction(sums: Floats) -> Floats:
    """1 - MSE(T|M) / T; NaN where no variance of true scores is left."""
    variance = true(sums)
    defined = variance > 1e-12
    return np.where(defined, 1 - mse_true(sums) / np.where(defined, variance, 1), np.nan)
