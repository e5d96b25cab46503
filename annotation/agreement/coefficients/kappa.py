"""Cohen's kappa with any weights: of a table, of two annotators or more, and of all pairs at once."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import MANY, Clusters, Floats, Queries, clusters_of
from annotation.agreement.confusion import Confusion, confusions
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, Statistic, figure, of_sums
from annotation.agreement.ratings import Ratings, counts, no_chance
from annotation.agreement.reasons import NO_OVERLAP, NO_VARIATION, ONE_RESPONSE
from annotation.agreement.scales import Places, Scale, Weights, agreement_weights

Kappas = tuple[tuple[Figure | None, ...], ...]
Pairs = Sequence[tuple[int, int]]  # of annotators


def kappa(
    ratings: Ratings,
    *,
    scale: Scale,
    weights: Weights = "quadratic",
    queries: Queries | None = None,
    resamples: Resamples = DEFAULT_RESAMPLES,
) -> Figure:
    """Cohen's weighted kappa of two annotators; of more, all pairs pooled: agreement and chance are added up over pairs.

    `ratings` is annotators x responses, NaN for none; `scale` has all levels; `weights` as in agreement_weights; `queries` and
    `resamples` as in alpha. A pair counts by the responses that both rated, and chance by how
    often each of the two gave every level. `n` counts the responses with two ratings or more.
    Source: Cohen 1968; Conger 1980 and Davies & Fleiss 1982 for more than two.
    """
    counted = counts(ratings)
    if reason := no_chance(counted):
        return Figure(None, counted.pairable_items, reason)
    agreements = agreement_weights(weights, scale)
    data = clusters_of(ratings, scale, queries)
    pairs = list(combinations(range(len(ratings)), 2))
    return figure(statistic(data, agreements, pairs), data, counted.pairable_items, resamples=resamples)


def statistic(data: Clusters, agreements: Floats, pairs: Pairs) -> Statistic:
    annotators, size = len(data.at), len(agreements)
    firsts, seconds = np.transpose(pairs)

    def formula(sums: Floats) -> Floats:
        """(agreed - by chance) / (all - by chance), each added up over the pairs."""
        agreed, together, given = np.split(sums, [1, 1 + len(pairs)], axis=1)
        given = given.reshape(len(sums), annotators, size)
        shares = given / np.maximum(given.sum(axis=2, keepdims=True), 1)
        chances = (shares @ agreements) @ shares.swapaxes(1, 2)
        chance = (together * chances[:, firsts, seconds]).sum(axis=1)
        return beyond(agreed[:, 0], chance, together.sum(axis=1))

    return of_sums(data.sums(columns(data.at, agreements, pairs), sparse=annotators > MANY), formula)


def columns(at: Places, agreements: Floats, pairs: Pairs) -> Iterator[Floats]:
    """Of each response: how far its pairs agree; for each of the pairs whether both rated it; for each annotator whether they
    gave each level."""
    agreed = np.zeros(at.shape[1])
    together = []
    for one, other in ((at[first], at[second]) for first, second in pairs):
        both = (one >= 0) & (other >= 0)
        agreed[both] += agreements[one[both], other[both]]
        together.append(both)
    yield agreed
    yield from (both.astype(float) for both in together)
    for row in at:
        for place in range(len(agreements)):
            yield (row == place).astype(float)


def beyond(agreed: Floats, chance: Floats, total: Floats) -> Floats:
    left = total - chance
    certain = left <= 1e-12 * total
    return np.where(certain, np.nan, (agreed - chance) / np.where(certain, 1, left))


def kappa_of_table(table: NDArray[np.generic], weights: Floats) -> float | None:
    """Cohen's weighted kappa of a table, levels x levels, of counts or proportions; None where chance alone agrees wholly.

    Source: Cohen 1968, in agreement weights.
    """
    found = np.asarray(table, dtype=float)
    total = found.sum()
    chance = found.sum(axis=1) @ weights @ found.sum(axis=0) / total
    value = beyond(np.array([(found * weights).sum()]), np.array([chance]), np.array([total]))[0]
    return None if np.isnan(value) else float(value)


def kappas(
    ratings: Ratings,
    *,
    scale: Scale,
    weights: Weights = "quadratic",
    queries: Queries | None = None,
    resamples: Resamples = DEFAULT_RESAMPLES,
) -> Kappas:
    """The kappa of every pair of annotators: annotators x annotators, symmetric, None on the diagonal. Arguments as in kappa.

    Without `queries` all come from one count; with them each pair has its interval, which takes its time.
    """
    if queries is None:
        return kappas_of_tables(confusions(ratings, scale), scale=scale, weights=weights)
    return of_all_pairs(
        len(ratings),
        lambda one, other: kappa(ratings[[one, other]], scale=scale, weights=weights, queries=queries, resamples=resamples),
    )


def kappas_of_tables(tables: Confusion, *, scale: Scale, weights: Weights = "quadratic") -> Kappas:
    """The same without intervals from what `confusions` counted; tables of several criteria may be added up."""
    agreements = agreement_weights(weights, scale)
    return of_all_pairs(len(tables), lambda one, other: of_table(tables[one, other], agreements))


def of_all_pairs(annotators: int, measure: Callable[[int, int], Figure]) -> Kappas:
    found: list[list[Figure | None]] = [[None] * annotators for _ in range(annotators)]
    for one, other in combinations(range(annotators), 2):
        found[one][other] = found[other][one] = measure(one, other)
    return tuple(tuple(row) for row in found)


def of_table(table: NDArray[np.int64], agreements: Floats) -> Figure:
    n = int(table.sum())
    if n == 0:
        return Figure(None, 0, NO_OVERLAP)
    if n == 1:
        return Figure(None, 1, ONE_RESPONSE)
    value = kappa_of_table(table, agreements)
    return Figure(value, n, NO_VARIATION if value is None else None)
