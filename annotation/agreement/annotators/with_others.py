"""Agreement of each annotator with the others, on one criterion or on several side by side."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.annotators.shared import Figures, Mask, shared_responses
from annotation.agreement.clusters import Clusters, Floats, Queries, clusters_of
from annotation.agreement.coefficients.kappa import beyond_chance
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, Statistic, figure, of_sums
from annotation.agreement.ratings import Ratings
from annotation.agreement.reasons import NO_OVERLAP, ONE_RESPONSE
from annotation.agreement.scales import Codes, Scale, Weights, agreement_weights, ascending_levels, encode

Criteria = NDArray[np.int64]


def agreement_with_others(
    ratings: Ratings,
    *,
    scale: Scale,
    weights: Weights = "quadratic",
    criteria: Criteria | None = None,
    queries: Queries | None = None,
    resamples: Resamples = DEFAULT_RESAMPLES,
) -> Figures:
    """Cohen's weighted kappa with each of the others, pooled: agreement and chance are added up over these pairs.

    `criteria` has a number per column, counted from 0, where several criteria stand side by side. Chance is then taken within
    each: criteria whose means differ would else agree beyond chance by that alone. It comes from how often each of a pair gave
    every level in the responses that the annotator shares with any other. With two annotators the figure is their kappa.
    `n` counts columns. Other arguments as in kappa.
    """
    cells = in_cells(ratings, scale, criteria)
    figures = []
    for own, (shared, reason) in enumerate(shared_responses(ratings)):
        if reason:
            figures.append(Figure(None, 0, reason))
            continue
        present = np.flatnonzero(~np.isnan(ratings[:, shared]).all(axis=1))
        row = int(np.searchsorted(present, own))
        figures.append(compared(cells.part(present, shared, queries), row, agreement_weights(weights, scale), resamples))
    return tuple(figures)


def kappas_of_pairs(
    ratings: Ratings,
    *,
    scale: Scale,
    weights: Weights = "quadratic",
    criteria: Criteria | None = None,
    queries: Queries | None = None,
) -> Figures:
    """The kappa of each two annotators, in the order of `itertools.combinations`: of a pair alone, agreement_with_others.

    There may be hundreds of pairs, so their intervals are the jackknife's however many queries there are. Arguments as in
    agreement_with_others.
    """
    cells, rated = in_cells(ratings, scale, criteria), ~np.isnan(ratings)
    figures = []
    for pair in combinations(range(len(ratings)), 2):
        shared = rated[pair[0]] & rated[pair[1]]
        if shared.any():
            figures.append(compared(cells.part(list(pair), shared, queries), 0, agreement_weights(weights, scale), None))
        else:
            figures.append(Figure(None, 0, NO_OVERLAP))
    return tuple(figures)


@dataclass(frozen=True)
class Cells:
    """`values` has each rating as the number of its level among those of all criteria, one criterion after the other: `number`
    in all. NaN for none."""

    values: Ratings
    number: int

    def part(self, annotators: Any, columns: Mask, queries: Queries | None) -> Clusters:
        chosen = self.values[np.ix_(annotators, columns)]
        return clusters_of(chosen, range(self.number), None if queries is None else queries[columns])


def in_cells(ratings: Ratings, scale: Scale, criteria: Criteria | None) -> Cells:
    levels = ascending_levels(ratings, scale)
    codes = encode(ratings, levels)
    first = 0 if criteria is None else len(levels) * criteria
    number = len(levels) * (1 if criteria is None else int(criteria.max(initial=0)) + 1)
    return Cells(np.where(codes < 0, np.nan, codes + first), number)


def compared(data: Clusters, own: int, agreements: Floats, resamples: Resamples | None) -> Figure:
    """Row `own` with the others. It has a rating in every column, and another row too."""
    responses = np.bincount(data.codes[own] // len(agreements), weights=data.query_counts[data.cluster])  # of each criterion
    n = int(responses.sum())
    if responses.max() < 2:
        return Figure(None, n, ONE_RESPONSE)
    return figure(statistic(data, own, agreements), data, n, resamples=resamples)


def statistic(data: Clusters, own: int, agreements: Floats) -> Statistic:
    """The kappa of row `own` with every other row. Since the row has a rating in every column, chance needs no pairs: another's
    share of a level times their pairs is how often they gave it."""
    size = len(agreements)
    own_codes, others = data.codes[own], np.delete(data.codes, own, axis=0)
    agreed = np.where(others >= 0, agreements[own_codes % size, others % size], 0.0).sum(axis=0)
    sums = np.hstack([data.sums([agreed]), counts_in_clusters(data, own_codes[None, :]), counts_in_clusters(data, others)])

    def formula(sums: Floats) -> Floats:
        """(agreed - by chance) / (all - by chance), each added up over pairs and criteria."""
        own_counts, others_counts = sums[:, 1:].reshape(len(sums), 2, -1, size).swapaxes(0, 1)
        shares = own_counts / np.maximum(own_counts.sum(axis=2, keepdims=True), 1)
        chance = (shares @ agreements * others_counts).sum(axis=(1, 2))
        return beyond_chance(sums[:, 0], chance, others_counts.sum(axis=(1, 2)))

    return of_sums(sums, formula)


def counts_in_clusters(data: Clusters, codes: Codes) -> Floats:
    """How often each level was given in the rows of `codes`: clusters x levels."""
    shape = (len(data.query_counts), len(data.levels))
    cells = [data.cluster[row >= 0] * shape[1] + row[row >= 0] for row in codes]
    return np.bincount(np.concatenate(cells), minlength=shape[0] * shape[1]).reshape(shape).astype(float)
