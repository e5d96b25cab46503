"""Cohen's kappa with any weights: of two annotators or more, of a table of counts, and of each pair of annotators."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import MANY_ANNOTATORS, Floats, Queries, clusters_of
from annotation.agreement.confusion import Confusion
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, Statistic, figures_of_sums
from annotation.agreement.ratings import Ratings, counts, why_no_chance
from annotation.agreement.reasons import NO_OVERLAP, NO_VARIATION, ONE_RESPONSE
from annotation.agreement.scales import Codes, Scale, Weights, agreement_weights
from annotation.agreement.transforms import COEFFICIENT

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
    `resamples` as in alpha. A pair counts with the responses that both rated; its chance agreement comes from how often each of
    the two gave every level. `n` counts the responses with two ratings or more.
    Source: Cohen 1968; Conger 1980 and Davies & Fleiss 1982 for more than two.
    """
    return kappas(ratings, scale=scale, weights=[weights], queries=queries, resamples=resamples)[0]


def kappas(
    ratings: Ratings,
    *,
    scale: Scale,
    weights: Sequence[Weights],
    queries: Queries | None = None,
    resamples: Resamples = DEFAULT_RESAMPLES,
) -> list[Figure]:
    """The kappa with each of the weights, which costs hardly more than one of them. Arguments as in kappa."""
    counted = counts(ratings)
    if reason := why_no_chance(counted):
        return [Figure(None, counted.pairable_items, reason)] * len(weights)
    agreements = [agreement_weights(name, scale) for name in weights]
    data = clusters_of(ratings, scale, queries)
    pairs = list(combinations(range(len(ratings)), 2))
    sums = data.sums(columns(data.codes, agreements, pairs), sparse=len(data.codes) > MANY_ANNOTATORS)
    formulas = [(formula(place, agreements, pairs), COEFFICIENT) for place in range(len(weights))]
    return figures_of_sums(sums, formulas, data, counted.pairable_items, resamples=resamples)


def formula(place: int, of_weights: Sequence[Floats], pairs: Pairs) -> Statistic:
    """The kappa with the weights at the place, of weighted sums of columns."""
    agreements = of_weights[place]
    firsts, seconds = np.transpose(pairs)

    def value(sums: Floats) -> Floats:
        """(agreed - by chance) / (all - by chance), each added up over the pairs."""
        agreed, paired, level_counts = np.split(sums, [len(of_weights), len(of_weights) + len(pairs)], axis=1)
        level_counts = level_counts.reshape(len(sums), -1, len(agreements))
        shares = level_counts / np.maximum(level_counts.sum(axis=2, keepdims=True), 1)
        chances = (shares @ agreements) @ shares.swapaxes(1, 2)
        chance = (paired * chances[:, firsts, seconds]).sum(axis=1)
        return beyond_chance(agreed[:, place], chance, paired.sum(axis=1))

    return value


def columns(codes: Codes, of_weights: Sequence[Floats], pairs: Pairs) -> Iterator[Floats]:
    """Of each response: for each of the weights the sum of its pairs' agreements; for each pair of annotators whether both rated
    it; for each annotator and level whether the annotator gave it."""
    agreed = np.zeros((len(of_weights), codes.shape[1]))
    paired = []
    for first, second in pairs:
        both_rated = (codes[first] >= 0) & (codes[second] >= 0)
        for own, agreements in zip(agreed, of_weights, strict=True):
            own[both_rated] += agreements[codes[first][both_rated], codes[second][both_rated]]
        paired.append(both_rated)
    yield from agreed
    yield from (both_rated.astype(float) for both_rated in paired)
    for row in codes:
        for code in range(len(of_weights[0])):
            yield (row == code).astype(float)


def beyond_chance(agreed: Floats, chance: Floats, total: Floats) -> Floats:
    """(agreed - chance) / (total - chance), NaN where chance alone agrees wholly."""
    disagreed = total - chance
    certain = disagreed <= 1e-12 * total
    return np.where(certain, np.nan, (agreed - chance) / np.where(certain, 1, disagreed))


def kappa_of_table(table: NDArray[np.generic], weights: Floats) -> float | None:
    """Cohen's weighted kappa of a table, levels x levels, of counts or proportions; None where chance alone agrees wholly.

    `weights` are weights of agreement, levels x levels. Source: Cohen 1968.
    """
    cells = np.asarray(table, dtype=float)
    total = cells.sum()
    chance = cells.sum(axis=1) @ weights @ cells.sum(axis=0) / total
    value = beyond_chance(np.array([(cells * weights).sum()]), np.array([chance]), np.array([total]))[0]
    return None if np.isnan(value) else float(value)


def kappas_of_tables(tables: Confusion, *, scale: Scale, weights: Weights = "quadratic") -> Kappas:
    """The kappa of every pair of annotators, without intervals: annotators x annotators, symmetric, None on the diagonal.

    `tables` is what `confusions` returns, or criteria x that: agreement and chance are then added up over the criteria, and
    chance is taken within each. `scale` and `weights` as in kappa.
    """
    agreements = agreement_weights(weights, scale)
    of_criteria = (tables if tables.ndim == 5 else tables[None]).astype(float)
    totals, n = of_criteria.sum(axis=(3, 4)), of_criteria.sum(axis=(0, 3, 4))
    by_chance = (of_criteria.sum(axis=4) @ agreements * of_criteria.sum(axis=3)).sum(axis=3) / np.maximum(totals, 1)
    agreed = (of_criteria * agreements).sum(axis=(0, 3, 4))
    values = beyond_chance(agreed, by_chance.sum(axis=0), n)
    rows: list[list[Figure | None]] = [[None] * len(n) for _ in n]
    for pair in combinations(range(len(n)), 2):
        figure = figure_of_pair(int(n[pair]), int(totals[:, *pair].max()), float(values[pair]))
        rows[pair[0]][pair[1]] = rows[pair[1]][pair[0]] = figure
    return tuple(tuple(row) for row in rows)


def figure_of_pair(n: int, most: int, value: float) -> Figure:
    """`most` is how many ratings they share on the criterion on which they share most."""
    if n == 0:
        return Figure(None, 0, NO_OVERLAP)
    if most == 1:
        return Figure(None, n, ONE_RESPONSE)
    return Figure(None, n, NO_VARIATION) if np.isnan(value) else Figure(value, n)
