"""Shrout & Fleiss' six intraclass correlations, where the same annotators rated every response."""

from dataclasses import dataclass

import numpy as np

from annotation.agreement.figures import Figure
from annotation.agreement.ratings import Ratings, counts, why_not_comparable
from annotation.agreement.reasons import FEW_DIFFER, LITTLE_AGREEMENT, NO_DIFFERENCE, NO_VARIATION, NOT_CROSSED, ONE_RESPONSE

KINDS = ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")
Ends = tuple[float, float]


@dataclass(frozen=True)
class MeanSquares:
    """Of `n` responses by `k` annotators: between responses, within them, between annotators, and of the residual."""

    n: int
    k: int
    between: float
    within: float
    annotators: float
    residual: float


def icc(ratings: Ratings) -> dict[str, Figure]:
    """The six coefficients by Shrout & Fleiss' names, each with its exact 95 % interval from F.

    "1,·": each response has annotators of its own; "2,·": the annotators are a sample of many (pingouin: ICC(A,·)); "3,·": they
    are the only ones (ICC(C,·)). "·,1" is of one rating, "·,k" of the mean of all. The intervals take responses as
    independent of each other, also those to one query. `ratings` is annotators x responses, NaN for none; responses and
    annotators without any rating are left out. Source: Shrout & Fleiss 1979; McGraw & Wong 1996.
    """
    counted = counts(ratings)
    reason = why_not_comparable(counted)
    crossed = ratings[~np.isnan(ratings).all(axis=1)][:, ~np.isnan(ratings).all(axis=0)]
    if reason is None and np.isnan(crossed).any():
        reason = NOT_CROSSED
    if reason is None and crossed.shape[1] == 1:
        reason = ONE_RESPONSE
    if reason is None and np.ptp(crossed) == 0:
        reason = NO_VARIATION
    if reason is not None:
        return {kind: Figure(None, counted.pairable_items, reason) for kind in KINDS}
    squares = mean_squares(crossed)
    values, intervals = coefficients(squares), exact_intervals(squares)
    return {kind: figure(value, squares.n, ends) for kind, value, ends in zip(KINDS, values, intervals, strict=True)}


def figure(value: float, n: int, ends: Ends) -> Figure:
    if np.isnan(value):  # most often of the mean
        return Figure(None, n, NO_DIFFERENCE)
    if value == 1:  # full agreement says nothing about its own error
        return Figure(1.0, n, no_interval=FEW_DIFFER)
    low, high = map(float, ends)
    if not low <= value <= high:  # NaN, or reversed: the lower end fell below the least that a coefficient can be
        return Figure(float(value), n, no_interval=LITTLE_AGREEMENT)
    return Figure(float(value), n, low=low, high=high)


def mean_squares(crossed: Ratings) -> MeanSquares:
    k, n = crossed.shape
    deviations = crossed - crossed.mean()
    between = k * (deviations.mean(axis=0) ** 2).sum()
    annotators = n * (deviations.mean(axis=1) ** 2).sum()
    residual = ((deviations - deviations.mean(axis=0) - deviations.mean(axis=1)[:, None]) ** 2).sum()
    return MeanSquares(
        n, k, between / (n - 1), (annotators + residual) / (n * (k - 1)), annotators / (k - 1), residual / ((n - 1) * (k - 1))
    )


def coefficients(squares: MeanSquares) -> tuple[float, ...]:
    n, k, b, w, j, e = squares.n, squares.k, squares.between, squares.within, squares.annotators, squares.residual
    severity = (j - e) / n
    return (
        quotient(b - w, b + (k - 1) * w),
        quotient(b - e, b + (k - 1) * e + k * severity),
        quotient(b - e, b + (k - 1) * e),
        quotient(b - w, b),
        quotient(b - e, b + severity),
        quotient(b - e, b),
    )


def quotient(part: float, whole: float) -> float:
    """part / whole, NaN where the whole is nothing but rounding."""
    return part / whole if abs(whole) > 1e-12 * abs(part) else np.nan


def exact_intervals(squares: MeanSquares) -> tuple[Ends, ...]:
    """Shrout & Fleiss 1979, p. 424 f."""
    n, k = squares.n, squares.k
    first = of_ratio(squares.between, squares.within, n - 1, n * (k - 1))
    second = of_sampled_annotators(squares)
    third = of_ratio(squares.between, squares.residual, n - 1, (n - 1) * (k - 1))
    return (
        (single(first[0], k), single(first[1], k)),
        second,
        (single(third[0], k), single(third[1], k)),
        (average(first[0]), average(first[1])),
        (stepped_up(second[0], k), stepped_up(second[1], k)),
        (average(third[0]), average(third[1])),
    )


def of_ratio(above: float, below: float, df_above: int, df_below: int) -> Ends:
    """The ends of the interval of a ratio of two mean squares."""
    ratio = quotient(above, below)
    return ratio / quantile(df_above, df_below), ratio * quantile(df_below, df_above)


def single(ratio: float, k: int) -> float:
    return quotient(ratio - 1, ratio + k - 1)


def average(ratio: float) -> float:
    return 1 - 1 / ratio if ratio else np.nan


def stepped_up(coefficient: float, k: int) -> float:
    """Spearman & Brown: from the coefficient of one rating to that of the mean of k."""
    return quotient(coefficient * k, 1 + coefficient * (k - 1))


def of_sampled_annotators(squares: MeanSquares) -> Ends:
    """The ends of ICC(2,1), by Satterthwaite's degrees of freedom."""
    n, k, b, j, e = squares.n, squares.k, squares.between, squares.annotators, squares.residual
    rho = coefficients(squares)[1]
    severity, rest = k * rho * j, (n * (1 + (k - 1) * rho) - k * rho) * e
    freedom = quotient((n - 1) * (k - 1) * (severity + rest) ** 2, (n - 1) * severity**2 + rest**2)
    spread = k * j + (k * n - k - n) * e
    above, below = quantile(n - 1, freedom), quantile(freedom, n - 1)
    if not np.isfinite([above, below]).all():
        return np.nan, np.nan
    return quotient(n * (b - above * e), above * spread + n * b), quotient(n * (below * b - e), spread + n * below * b)


def quantile(above: float, below: float) -> float:
    """The .975 quantile of F with so many degrees of freedom above and below."""
    from scipy.special import fdtri  # type: ignore[import-untyped]  # late: most commands do without

    return float(fdtri(above, below, 0.975))
