"""How a scorer agrees with itself: the scores of several runs over the same responses.

What is checked against labels is the mean of the runs, which is steadier than a single one.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import Floats, Queries
from annotation.agreement.coefficients.components import icc_single
from annotation.agreement.correlation import correlation
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples
from annotation.agreement.reasons import CONSTANT, NO_SCORES, ONE_RUN
from annotation.agreement.scorer.measures import Scores
from annotation.agreement.scorer.sums import OfSums, clusters_of_responses, figures, ratio
from annotation.agreement.transforms import COEFFICIENT, DISTANCE, SHARE

Runs = NDArray[np.float64]


@dataclass(frozen=True)
class Consistency:
    """Over the responses with scores of two runs or more: `icc` is ICC (single), the reliability of one run; `spread` the
    standard deviation of one response's scores, in points, pooled over responses; `identical` the share of responses whose runs
    are all equal; `pearson` the mean coefficient over each two runs."""

    icc: Figure
    spread: Figure
    identical: Figure
    pearson: Figure


def mean_of_runs(runs: Runs) -> Scores:
    """The mean score of each response over its runs, NaN where it has none. `runs` is responses x runs, NaN for none."""
    scored = ~np.isnan(runs)
    return np.where(scored.any(axis=1), np.nansum(runs, axis=1) / np.maximum(scored.sum(axis=1), 1), np.nan)


def consistency(runs: Runs, queries: Queries | None = None, *, resamples: Resamples = DEFAULT_RESAMPLES) -> Consistency:
    """`runs` is responses x runs, NaN for none; other arguments as in `measures`."""
    number = (~np.isnan(runs)).sum(axis=1)
    several = number > 1
    if not several.any():
        undefined = Figure(None, 0, ONE_RUN if number.any() else NO_SCORES)
        return Consistency(undefined, undefined, undefined, undefined)
    runs, number = runs[several], number[several]
    queries = None if queries is None else queries[several]
    n, means = len(runs), mean_of_runs(runs)
    ones, squares = np.ones(n), np.nansum((runs - means[:, None]) ** 2, axis=1)
    alike = (np.nanmax(runs, axis=1) == np.nanmin(runs, axis=1)).astype(float)
    measures: dict[str, OfSums | Figure] = {
        "spread": OfSums((number - 1.0, squares), lambda sums: np.sqrt(ratio(sums[:, 1], sums[:, 0])), n, DISTANCE),
        "identical": OfSums((ones, alike), lambda sums: ratio(sums[:, 1], sums[:, 0]), n, SHARE),
        "pearson": between_runs(runs),
    }
    of_sums = figures(measures, clusters_of_responses(queries, n), resamples)
    icc = icc_single(runs.T, queries=queries, resamples=resamples)
    return Consistency(icc, of_sums["spread"], of_sums["identical"], of_sums["pearson"])


def between_runs(runs: Runs) -> OfSums | Figure:
    columns: list[Floats] = []
    for first, second in combinations((runs - np.nanmean(runs)).T, 2):
        both = ~np.isnan(first) & ~np.isnan(second)
        if both.sum() > 1 and np.ptp(first[both]) > 0 and np.ptp(second[both]) > 0:
            x, y = (np.where(both, values, 0.0) for values in (first, second))
            columns += [both.astype(float), x, y, x**2, y**2, x * y]
    if not columns:
        return Figure(None, len(runs), CONSTANT)
    return OfSums(tuple(columns), mean_correlation, len(runs), COEFFICIENT)


def mean_correlation(sums: Floats) -> Floats:
    pairs = sums.reshape(len(sums), -1, 6)
    return np.asarray(np.mean([correlation(pairs[:, pair]) for pair in range(pairs.shape[1])], axis=0))
