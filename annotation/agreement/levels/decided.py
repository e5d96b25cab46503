"""An adjudicator's levels held against others: the annotators' mean, the own blind score, another adjudicator's."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import Clusters, Queries
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, figure, of_sums
from annotation.agreement.ratings import Ratings
from annotation.agreement.reasons import NO_DECISIONS
from annotation.agreement.transforms import DIFFERENCE

NEAR = 0.5  # levels: a decision this close to a mean is the level that the mean rounds to


@dataclass(frozen=True)
class Directions:
    """How many decisions lie above, near and below what they are compared with; `difference` is the mean one, in levels."""

    higher: int
    same: int
    lower: int
    difference: Figure


@dataclass(frozen=True)
class Changes:
    """How many decisions differ from the blind score, and of these how many lie nearer to the mean of the ratings than it did,
    and how many farther away. `n` are the decisions that have a blind score."""

    n: int
    changed: int
    towards: int
    away: int


def directions(
    decided: Ratings, compared: Ratings, queries: Queries, *, near: float = NEAR, resamples: Resamples = DEFAULT_RESAMPLES
) -> Directions:
    """Each array has a number per response, NaN for none; a response counts where both have one."""
    both = ~np.isnan(decided) & ~np.isnan(compared)
    gaps = decided[both] - compared[both]
    higher, lower = int((gaps >= near).sum()), int((gaps <= -near).sum())
    return Directions(higher, len(gaps) - higher - lower, lower, mean_of(gaps, queries[both], resamples))


def mean_of(values: Ratings, queries: Queries, resamples: Resamples = DEFAULT_RESAMPLES) -> Figure:
    """The mean with its interval, clustered by query. `values` has no NaN."""
    if not len(values):
        return Figure(None, 0, NO_DECISIONS)
    names, cluster = np.unique(queries, return_inverse=True)
    none = np.zeros((0, len(values)), dtype=np.int32)
    data = Clusters(none, np.array([]), cluster, np.ones(len(names)), clustered=True)
    mean = of_sums(data.sums([values, np.ones(len(values))]), lambda sums: sums[:, 0] / np.maximum(sums[:, 1], 1))
    return figure(mean, data, len(values), resamples=resamples, transform=DIFFERENCE)


def changes(blind: Ratings, decided: Ratings, mean: Ratings) -> Changes:
    """Each array has a number per response, NaN for none."""
    both: NDArray[np.bool_] = ~np.isnan(blind) & ~np.isnan(decided)
    before, after = np.abs(blind - mean)[both], np.abs(decided - mean)[both]
    changed = (blind != decided)[both]
    return Changes(
        int(both.sum()), int(changed.sum()), int((changed & (after < before)).sum()), int((changed & (after > before)).sum())
    )
