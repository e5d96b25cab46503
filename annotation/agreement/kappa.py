"""Cohen's kappa with any weights: of a table, of two annotators or more, and of all pairs at once."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.confusion import confusions
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import Statistic, figure, of_sums
from annotation.agreement.ratings import Ratings, counts, not_comparable
from annotation.agreement.reasons import NO_OVERLAP, NO_VARIATION
from annotation.agreement.scales import Places, Scale, Weights, agreement_weights
from annotation.agreement.units import MANY, Floats, Queries, Units, units

Kappas = tuple[tuple[Figure | None, ...], ...]


def kappa(
    ratings: Ratings, *, scale: Scale, weights: Weights = "quadratic", queries: Queries | None = None, seed: int = 0
) -> Figure:
    """Cohen's weighted kappa of two annotators; of more, all pairs pooled: agreement and chance are added up over pairs.

    `ratings` is annotators x responses, NaN for none; `scale` has all levels; `weights` as in agreement_weights; `queries` and
    `seed` as in alpha. A pair counts by the responses that both rated, and chance by how
    often each of the two gave every level. `n` counts the responses with two ratings or more.
    Source: Cohen 1968; Conger 1980 and Davies & Fleiss 1982 for more than two.
    """
    counted = counts(ratings)
    if reason := not_comparable(counted):
        return Figure(None, counted.pairable_items, reason)
    agreements = agreement_weights(weights, scale)
    data = units(ratings, scale, queries)
    return figure(statistic(data, agreements), data, counted.pairable_items, seed=seed)


def statistic(data: Units, agreements: Floats) -> Statistic:
    annotators, size = len(data.at), len(agreements)
    firsts, seconds = np.triu_indices(annotators, 1)

    def formula(sums: Floats) -> Floats:
        """(agreed - by chance) / (all - by chance), each added up over pairs of annotators."""
        agreed, together, given = np.split(sums, [1, 1 + len(firsts)], axis=1)
        given = given.reshape(len(sums), annotators, size)
        shares = given / np.maximum(given.sum(axis=2, keepdims=True), 1)
        chances = (shares @ agreements) @ shares.swapaxes(1, 2)
        chance = (together * chances[:, firsts, seconds]).sum(axis=1)
        return beyond(agreed[:, 0], chance, together.sum(axis=1))

    return of_sums(data.sums(columns(data.at, agreements), sparse=annotators > MANY), formula)


def columns(at: Places, agreements: Floats) -> Iterator[Floats]:
    """Of each response: how far its pairs agree; for each pair of annotators whether both rated it; for each annotator whether
    they gave each level."""
    agreed = np.zeros(at.shape[1])
    together = []
    for one, other in combinations(at, 2):
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
    ratings: Ratings, *, scale: Scale, weights: Weights = "quadratic", queries: Queries | None = None, seed: int = 0
) -> Kappas:
    """The kappa of every pair of annotators: annotators x annotators, symmetric, None on the diagonal. Arguments as in kappa.

    Without `queries` all come from one count; with them each pair has its interval, which takes its time.
    """
    agreements = agreement_weights(weights, scale)
    tables = confusions(ratings, scale)
    found: list[list[Figure | None]] = [[None] * len(ratings) for _ in ratings]
    for one, other in combinations(range(len(ratings)), 2):
        if queries is None:
            pair = of_table(tables[one, other], agreements)
        else:
            pair = kappa(ratings[[one, other]], scale=scale, weights=weights, queries=queries, seed=seed)
        found[one][other] = found[other][one] = pair
    return tuple(tuple(row) for row in found)


def of_table(table: NDArray[np.int64], agreements: Floats) -> Figure:
    n = int(table.sum())
    if n == 0:
        return Figure(None, 0, NO_OVERLAP)
    value = kappa_of_table(table, agreements)
    return Figure(value, n, NO_VARIATION if value is None else None)
