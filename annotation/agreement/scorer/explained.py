"""The share of a scorer's error that kinds of response explain.

Of the signed error, the share of its variance that lies between kinds: whether the scorer favours some (Loukina, Madnani &
Zechner 2019, "overall score difference"). Of the squared error, the same: whether it is less exact with some ("overall score
accuracy").
Both are R² adjusted for the number of kinds, which is 0 on average where kinds make no difference, and by chance a little below:

    1 - (1 - Σ n_g (mean_g - mean)² / Σ (e - mean)²) · (n - 1) / (n - kinds)
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import Clusters, Floats
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import Statistic
from annotation.agreement.reasons import ALL_APART, ERRORS_ALIKE, NO_SCORES, ONE_GROUP
from annotation.agreement.scorer.measures import Compared
from annotation.agreement.scorer.sums import OfSums, figures, ratio
from annotation.agreement.transforms import UP_TO_1


@dataclass(frozen=True)
class Explained:
    """The adjusted shares of the variance of the error and of the squared error. Their intervals are the jackknife's: resampling
    would add differences between kinds that are nothing but chance."""

    error: Figure
    squared_error: Figure


def explained(compared: Compared, places: NDArray[np.intp], data: Clusters) -> Explained:
    """`places` has the number of each response's kind, from 0 without gaps."""
    n, kinds = len(places), int(places.max(initial=-1)) + 1
    if reason := why_undefined(n, kinds):
        return Explained(Figure(None, n, reason), Figure(None, n, reason))
    members = [(places == kind).astype(float) for kind in range(kinds)]
    measures: dict[str, OfSums | Figure] = {}
    for name, column in (("error", compared.errors), ("squared_error", compared.errors**2)):
        centred = column - column.mean()
        if np.ptp(column) <= 1e-12 * max(1.0, np.abs(column).max()):
            measures[name] = Figure(None, n, ERRORS_ALIKE)
            continue
        columns = (centred**2, *members, *(member * centred for member in members))
        measures[name] = OfSums(columns, adjusted_share(kinds), n, UP_TO_1, undefined=ERRORS_ALIKE)
    of_both = figures(measures, data, None)
    return Explained(of_both["error"], of_both["squared_error"])


def why_undefined(n: int, kinds: int) -> str | None:
    if not n:
        return NO_SCORES
    if kinds < 2:
        return ONE_GROUP
    return ALL_APART if kinds == n else None


def adjusted_share(kinds: int) -> Statistic:
    def share(sums: Floats) -> Floats:
        squares, counts, totals = sums[:, 0], sums[:, 1 : kinds + 1], sums[:, kinds + 1 :]
        n, present = counts.sum(axis=1), (counts > 0.5).sum(axis=1)
        overall = totals.sum(axis=1) ** 2 / n
        between = (totals**2 / np.where(counts > 0.5, counts, 1)).sum(axis=1) - overall
        within = 1 - ratio(between, squares - overall)
        return 1 - within * ratio(n - 1, n - present)

    return share
