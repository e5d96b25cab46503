"""Fit: whether an annotator's ratings scatter more or less about what is expected of them than the others' ratings do.

Infit and outfit mean squares after Wright & Masters 1982 (chapter 5), of the residuals of least squares instead of a Rasch
model's. A rating of a pair of response and criterion that n annotators rated has the residual

    e = rating - mean rating of the pair - (severity - mean severity of those who rated the pair)

whose expected square is E = σ² · (n - 1) / n. σ² is the variance of the residuals on the criterion, of all annotators: Σ e² over
Σ (n - 1) / n, this less the criterion's part of the freedom that the severities take. Then

    infit = Σ e² / Σ E     outfit = mean of e² / E

over an annotator's ratings. Both are 1 for who scatters as all do on average; above 1 is noisier, below 1 is closer to the others
than chance lets expect. Outfit is the more sensitive to a few ratings far off, on criteria on which there is little scatter.
The others' scatter is in each residual, so both lie nearer to 1 than the ratio of the annotators' own variances.
"""

import numpy as np

from annotation.agreement.annotators.estimates import distinct, from_squares
from annotation.agreement.annotators.least_squares import LeastSquares
from annotation.agreement.annotators.shared import Figures
from annotation.agreement.clusters import Floats
from annotation.agreement.figures import Figure
from annotation.agreement.reasons import NO_RESIDUALS
from annotation.agreement.transforms import DISTANCE


def infits(fit: LeastSquares) -> Figures:
    """With intervals clustered by query; `n` counts the responses that an annotator shares."""
    squares = squared_residuals(fit)
    variances, moves = variances_of(fit, squares)
    expected = variances[fit.criterion] * fit.weight
    total = by_criterion(fit, expected).sum(axis=1, keepdims=True)
    infit = by_criterion(fit, squares).sum(axis=1, keepdims=True) / np.where(total > 0, total, 1)
    return ratios(fit, squares, expected, infit * (by_criterion(fit, fit.weight) @ moves.T))


def outfits(fit: LeastSquares) -> Figures:
    """As infits. Ratings on a criterion without any residual are left out."""
    squares = squared_residuals(fit)
    variances, moves = variances_of(fit, squares)
    scatters = variances > 0
    relative = squares / np.where(scatters, variances, 1)[fit.criterion] / fit.weight
    per_point = by_criterion(fit, relative) / np.where(scatters, variances, 1)
    return ratios(fit, relative, scatters[fit.criterion].astype(float), per_point @ moves.T)


def squared_residuals(fit: LeastSquares) -> Floats:
    squares = (fit.weight * fit.beyond) ** 2
    return np.where(squares > 1e-18, squares, 0)  # rounding


def variances_of(fit: LeastSquares, squares: Floats) -> tuple[Floats, Floats]:
    """The variance of the residuals on each criterion, in squared points, and how far each query moves it: queries x criteria."""
    freedom = np.bincount(fit.criterion, weights=fit.weight).astype(float)
    severities = (fit.group >= 0).sum() - (fit.group.max(initial=-1) + 1)
    taken = 1 - severities / max(freedom.sum(), 1e-12)
    divisor = np.where(freedom * taken > 1e-9, freedom * taken, np.inf)
    variances = np.bincount(fit.criterion, weights=squares) / divisor
    queries, criteria = int(fit.query.max(initial=-1)) + 1, len(freedom)
    scores = squares - taken * variances[fit.criterion] * fit.weight
    moves = np.bincount(fit.query * criteria + fit.criterion, weights=scores, minlength=queries * criteria)
    return variances, moves.reshape(queries, criteria) / divisor


def by_criterion(fit: LeastSquares, numbers: Floats) -> Floats:
    """Annotators x criteria: the sum over an annotator's shared ratings on a criterion."""
    annotators, criteria = len(fit.severity), int(fit.criterion.max(initial=-1)) + 1
    sums = np.bincount(fit.annotator * criteria + fit.criterion, weights=numbers, minlength=annotators * criteria)
    return np.asarray(sums.reshape(annotators, criteria))


def ratios(fit: LeastSquares, above: Floats, below: Floats, by_variances: Floats) -> Figures:
    """Of each annotator, Σ above / Σ below over their ratings.

    `by_variances` is annotators x queries: how far a query moves the sum through the criteria's variances, which lower the ratio.
    """
    annotators, queries = by_variances.shape
    sums, total = (np.bincount(fit.annotator, weights=each, minlength=annotators) for each in (above, below))
    divisor = np.where(total > 0, total, 1.0)
    ratio = sums / divisor
    scores = np.bincount(
        fit.annotator * queries + fit.query, weights=above - ratio[fit.annotator] * below, minlength=annotators * queries
    )
    moves = (scores.reshape(annotators, queries) - by_variances) / divisor[:, None]
    return tuple(
        Figure(None, n, reason or NO_RESIDUALS)
        if reason or not of_ratings
        else from_squares(value, n, square, own_queries, transform=DISTANCE).figure
        for reason, of_ratings, value, n, square, own_queries in zip(
            fit.why_not_comparable(),
            total.tolist(),
            ratio.tolist(),
            fit.responses.tolist(),
            (moves**2).sum(axis=1).tolist(),
            distinct(fit.annotator, fit.query, annotators).tolist(),
            strict=True,
        )
    )
