"""Spearman's rank coefficient of scores and labels, with its replicates.

Ranks depend on which responses are drawn, so they are computed anew for each replicate: from how often each pair of a score and a
label comes in it, which is a sum.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import ENOUGH_TO_RESAMPLE, Clusters, Floats
from annotation.agreement.intervals import CELLS, Resamples, SumStatistic, replicates
from annotation.agreement.scorer.sums import Replicated, ratio
from annotation.agreement.transforms import COEFFICIENT


def spearman(scores: Floats, labels: Floats, data: Clusters, resamples: Resamples | None) -> Replicated:
    """Pearson's coefficient of the ranks, equal values having their mean rank. Neither the scores nor the labels are constant."""
    (_levels, score), (label_levels, label) = (np.unique(values, return_inverse=True) for values in (scores, labels))
    pairs, pair = np.unique(score * len(label_levels) + label, return_inverse=True)
    counts = members(data.cluster, pair, (len(data.query_counts), len(pairs)))
    score_of_pairs = pairs // len(label_levels)
    pairs_of_labels = members(np.arange(len(pairs)), pairs % len(label_levels), (len(pairs), len(label_levels)))

    def formula(drawn: Floats) -> Floats:
        rows = max(1, CELLS // 4 // len(pairs))
        parts = range(0, len(drawn), rows)
        return np.concatenate([of_ranks(drawn[start : start + rows], score_of_pairs, pairs_of_labels) for start in parts])

    statistic = SumStatistic(counts, formula)
    value = float(statistic(data.query_counts[None, :])[0])
    if resamples is None and data.queries >= ENOUGH_TO_RESAMPLE:
        whole, rows = data.query_counts @ counts, max(1, CELLS // len(pairs))
        without = [formula(whole - counts[start : start + rows].toarray()) for start in range(0, data.queries, rows)]
        return Replicated(value, np.concatenate(without), len(scores), COEFFICIENT)
    return Replicated(value, replicates(statistic, data, resamples), len(scores), COEFFICIENT)


def members(rows: NDArray[np.intp], columns: NDArray[np.intp], shape: tuple[int, int]) -> Any:
    """A sparse matrix of how often each row has each column."""
    from scipy.sparse import csr_array  # type: ignore[import-untyped]  # late: most reports do without

    return csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)


def of_ranks(counts: Floats, score: NDArray[np.intp], pairs_of_labels: Any) -> Floats:
    """`counts` is replicates x pairs, how often each pair came; the pairs are in the order of their scores.

    `score` has the place of each pair's score among all, `pairs_of_labels` (pairs x labels, sparse) has 1 at its label.
    """
    first = np.flatnonzero(np.diff(score, prepend=-1))
    sizes = counts if len(first) == len(score) else np.add.reduceat(counts, first, axis=1)
    ranks, xx = mean_ranks(sizes)
    ranks = ranks if sizes is counts else ranks[:, score]
    ranks *= counts
    ranks_of_labels, yy = mean_ranks(counts @ pairs_of_labels)
    xy = np.einsum("ij,ij->i", ranks @ pairs_of_labels, ranks_of_labels)
    return np.clip(ratio(xy, np.sqrt(xx) * np.sqrt(yy)), -1, 1)


def mean_ranks(sizes: Floats) -> tuple[Floats, Floats]:
    """The mean rank of each value, counted from the middle, and the sum of their squares over all responses.

    `sizes` is replicates x values in ascending order: how many responses have each.
    """
    ranks = np.cumsum(sizes, axis=1)
    ranks -= sizes / 2
    ranks -= sizes.sum(axis=1, keepdims=True) / 2
    return ranks, np.einsum("ij,ij,ij->i", sizes, ranks, ranks)
