"""How close a scorer's scores come to people's labels: MMIE's four measures, and those of automated scoring.

`scores` and `labels` are arrays of floats over the same responses in the same order, in points. Sources: MMIE (ICLR 2025) for
cosine similarity, MSE, MAE and Pearson's r; Haberman 2019 for the weighted kappa of scores that are not rounded; Williamson, Xi &
Breyer 2012 for the standardised difference.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import Clusters, Floats, Queries
from annotation.agreement.correlation import correlation
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples
from annotation.agreement.reasons import ALL_ZERO, CONSTANT, NO_SCORES, ONE_SCORE
from annotation.agreement.scorer.ranks import spearman
from annotation.agreement.scorer.sums import OfSums, Replicated, clusters_of_responses, mean, ratio, replicated
from annotation.agreement.transforms import COEFFICIENT, DISTANCE, SHARE

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Compared:
    """What the measures add up, a number per response."""

    scores: Scores
    labels: Scores

    def __post_init__(self) -> None:
        if self.scores.shape != self.labels.shape or self.scores.ndim != 1:
            raise ValueError("each response has a score and a label")
        if not (np.isfinite(self.scores).all() and np.isfinite(self.labels).all()):
            raise ValueError("a score or a label is not a number")

    @cached_property
    def ones(self) -> Floats:
        return np.ones(len(self.scores))

    @cached_property
    def errors(self) -> Floats:
        return self.scores - self.labels

    @cached_property
    def products(self) -> tuple[Floats, ...]:
        """The squares of scores and labels, and their products: each in parts of the largest, so that none overflows."""
        x, y = self.scores / np.abs(self.scores).max(), self.labels / np.abs(self.labels).max()
        return x**2, y**2, x * y

    @cached_property
    def moments(self) -> tuple[Floats, ...]:
        """1, scores, labels, their squares and their products: from one origin, the mean label, and in one unit."""
        x, y = self.scores - self.labels.mean(), self.labels - self.labels.mean()
        unit = max(np.abs(x).max(), np.abs(y).max()) or 1.0
        x, y = x / unit, y / unit
        return self.ones, x, y, x**2, y**2, x * y

    @cached_property
    def gaps(self) -> Floats:
        """The distance of score and label after both were rounded half up to whole points."""
        return np.abs(rounded(self.scores) - rounded(self.labels))


Measure = Callable[[Compared], OfSums | Figure]


def rounded(values: Scores) -> Scores:
    """Whole points, half up."""
    return np.floor(values + 0.5)


def measures(
    scores: Scores,
    labels: Scores,
    queries: Queries | None = None,
    *,
    resamples: Resamples | None = DEFAULT_RESAMPLES,
    ranks: bool = True,
) -> dict[str, Figure]:
    """Every measure of MEASURES by its name, each with its interval.

    `queries` has a whole number per response, equal for responses to one query; None when no interval is wanted. Without
    `resamples` intervals are the jackknife's, however many queries there are. Without `ranks` Spearman's coefficient is left out,
    which takes longest where scores are no whole points. Arrays of unequal length, and numbers that are not finite, are a
    ValueError.
    """
    compared = Compared(scores, labels)
    data = clusters_of_responses(queries, len(scores))
    return {
        name: measure if isinstance(measure, Figure) else measure.figure(data, resamples)
        for name, measure in measured(compared, data, resamples, ranks=ranks).items()
    }


def measured(
    compared: Compared, data: Clusters, resamples: Resamples | None, *, ranks: bool = True
) -> dict[str, Replicated | Figure]:
    """Every measure with its replicates, which are of the same resamples for all scorers of the same responses."""
    of_sums = replicated({name: measure(compared) for name, measure in OF_SUMS.items()}, data, resamples)
    if not ranks:
        return of_sums
    of_ranks = why_no_correlation(compared) or spearman(compared.scores, compared.labels, data, resamples)
    return {name: of_ranks if name == "spearman" else of_sums[name] for name in MEASURES}


def why_no_correlation(compared: Compared) -> Figure | None:
    n = len(compared.scores)
    if n < 2:
        return Figure(None, n, ONE_SCORE if n else NO_SCORES)
    if np.ptp(compared.scores) == 0 or np.ptp(compared.labels) == 0:
        return Figure(None, n, CONSTANT)
    return None


def of_cosine(compared: Compared) -> OfSums | Figure:
    """Σ s l / √(Σ s² · Σ l²)."""
    n = len(compared.scores)
    if not n:
        return Figure(None, 0, NO_SCORES)
    if not compared.scores.any() or not compared.labels.any():
        return Figure(None, n, ALL_ZERO)
    value = cosine_of_angle(compared.scores, compared.labels)
    return OfSums(compared.products, angle, n, COEFFICIENT, value, ALL_ZERO)


def angle(sums: Floats) -> Floats:
    scores, labels, both = sums.T
    return np.clip(ratio(both, np.sqrt(scores) * np.sqrt(labels)), -1, 1)


def of_mse(compared: Compared) -> OfSums | Figure:
    """Σ (s - l)² / n."""
    return of_mean(compared, compared.errors**2)


def of_mae(compared: Compared) -> OfSums | Figure:
    """Σ |s - l| / n."""
    return of_mean(compared, np.abs(compared.errors))


def of_mean(compared: Compared, column: Floats) -> OfSums | Figure:
    return mean(column, compared.ones, DISTANCE) if len(column) else Figure(None, 0, NO_SCORES)


def of_bias(compared: Compared) -> OfSums | Figure:
    """Σ (s - l) / n."""
    return mean(compared.errors, compared.ones) if len(compared.errors) else Figure(None, 0, NO_SCORES)


def of_exact(compared: Compared) -> OfSums | Figure:
    return of_share(compared, compared.gaps == 0)


def of_adjacent(compared: Compared) -> OfSums | Figure:
    return of_share(compared, compared.gaps <= 1)


def of_share(compared: Compared, holds: NDArray[np.bool_]) -> OfSums | Figure:
    return mean(holds.astype(float), compared.ones, SHARE) if len(holds) else Figure(None, 0, NO_SCORES)


def of_pearson(compared: Compared) -> OfSums | Figure:
    if undefined := why_no_correlation(compared):
        return undefined
    scores, labels = compared.scores, compared.labels
    value = cosine_of_angle(scores - scores.mean(), labels - labels.mean())
    return OfSums(compared.moments, correlation, len(scores), COEFFICIENT, value)


def of_weighted_kappa(compared: Compared) -> OfSums | Figure:
    n = len(compared.scores)
    if n < 2:
        return Figure(None, n, ONE_SCORE if n else NO_SCORES)
    return OfSums(compared.moments, quadratic_kappa, n, COEFFICIENT)


def quadratic_kappa(sums: Floats) -> Floats:
    """1 - mean (s - l)² / mean (s - l')² over all pairs of a score and a label: 2 cov / (var s + var l + (mean s - mean l)²)."""
    n, x, y, xx, yy, xy = sums.T
    expected = n * (xx + yy) - 2 * x * y  # n² times that mean
    nothing = expected <= 1e-12 * n * (xx + yy)
    return np.where(nothing, np.nan, ratio(2 * (n * xy - x * y), np.where(nothing, 1, expected)))


def of_standardised_difference(compared: Compared) -> OfSums | Figure:
    n = len(compared.scores)
    if n < 2:
        return Figure(None, n, ONE_SCORE if n else NO_SCORES)
    ones, x, y, _xx, yy, _xy = compared.moments
    return OfSums((ones, x, y, yy), standardised, n)


def standardised(sums: Floats) -> Floats:
    """(mean s - mean l) / SD of labels, with n - 1 in the SD."""
    n, x, y, yy = sums.T
    spread = n * yy - y**2
    constant = (spread <= 1e-12 * n * yy) | (n < 2)
    deviation = np.sqrt(np.where(constant, 1, spread) / np.where(constant, 1, n * (n - 1)))
    return np.where(constant, np.nan, (x - y) / np.maximum(n, 1) / deviation)


OF_SUMS: dict[str, Measure] = {
    "cosine": of_cosine,
    "mse": of_mse,
    "mae": of_mae,
    "pearson": of_pearson,
    "bias": of_bias,
    "weighted_kappa": of_weighted_kappa,
    "exact": of_exact,
    "adjacent": of_adjacent,
    "standardised_difference": of_standardised_difference,
}
MEASURES = (
    "cosine",
    "mse",
    "mae",
    "pearson",
    "bias",
    "spearman",
    "weighted_kappa",
    "exact",
    "adjacent",
    "standardised_difference",
)


def one(
    name: str, scores: Scores, labels: Scores, queries: Queries | None = None, *, resamples: Resamples | None = DEFAULT_RESAMPLES
) -> Figure:
    """One of the measures of sums. Arguments as in measures."""
    data = clusters_of_responses(queries, len(scores))
    measure = replicated({name: OF_SUMS[name](Compared(scores, labels))}, data, resamples)[name]
    return measure if isinstance(measure, Figure) else measure.figure(data, resamples)


def cosine(scores: Scores, labels: Scores) -> Figure:
    """Cosine similarity. Almost any scores that are never negative are close to 1: compare it with that of the baselines."""
    return one("cosine", scores, labels)


def mse(scores: Scores, labels: Scores) -> Figure:
    """Mean squared error, in squared points."""
    return one("mse", scores, labels)


def mae(scores: Scores, labels: Scores) -> Figure:
    """Mean absolute error, in points."""
    return one("mae", scores, labels)


def pearson(scores: Scores, labels: Scores) -> Figure:
    """Pearson's product-moment coefficient."""
    return one("pearson", scores, labels)


def cosine_of_angle(first: Scores, second: Scores) -> float:
    """Of two vectors that are not zero; each is scaled first, so that no square underflows or overflows."""
    x, y = first / np.abs(first).max(), second / np.abs(second).max()
    return max(-1.0, min(1.0, float(x @ y / np.sqrt((x @ x) * (y @ y)))))
