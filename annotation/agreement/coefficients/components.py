"""The components of the variance of ratings where annotators rated different responses, and the ICC from them.

    rating = mean + response + annotator + residual

Estimated by Henderson's third method: each component by what it explains beyond the other. It needs neither equally many
ratings of each response nor the same responses from each annotator. Where every annotator rated every response it is the analysis
of variance: ICC (single) is then Shrout & Fleiss' ICC(2,1), and ICC (average) their ICC(2,k). Sources: Searle, Casella &
McCulloch 1992, chapter 5; ten Hove, Jorgensen & van der Ark 2022 for the coefficients.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np

from annotation.agreement.clusters import MANY_ANNOTATORS, Clusters, Floats, Queries, clusters_of, each_two
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, Statistic, figure
from annotation.agreement.ratings import Ratings, counts, why_not_comparable
from annotation.agreement.reasons import LITTLE_OVERLAP, NO_DIFFERENCE, NO_VARIATION, ONE_RESPONSE
from annotation.agreement.transforms import COEFFICIENT, UP_TO_1


@dataclass(frozen=True)
class Components:
    """Three variances in squared points; an estimate a little below 0 means that there is nothing of that component.

    `ratings` is the harmonic mean number of ratings of a response.
    """

    response: float
    annotator: float
    residual: float
    ratings: float


def components(ratings: Ratings) -> Components | None:
    """The variance components, None where icc_single has the reason. `ratings` is annotators x responses, NaN for none."""
    if why_undefined(ratings):
        return None
    data = clusters_of(ratings, None, None, at_least=1)
    fields = estimates(data)(data.query_counts[None, :])[0]
    return None if np.isnan(fields).any() else Components(*map(float, fields))


def icc_single(ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> Figure:
    """ICC (single), for absolute agreement: the reliability of one rating, response / (response + annotator + residual).

    `ratings` is annotators x responses, NaN for none; `queries` and `resamples` as in alpha. `n` counts the responses with two
    ratings or more; those with one count for the responses' variance.
    """
    return reliability(ratings, queries, resamples, average=False)


def icc_mean(ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> Figure:
    """ICC (average): the reliability of the mean rating, response / (response + (annotator + residual) / k).

    k is the harmonic mean number of ratings of a response. It is not the reliability of an adjudicated label. Arguments as in
    icc_single.
    """
    return reliability(ratings, queries, resamples, average=True)


def reliability(ratings: Ratings, queries: Queries | None, resamples: Resamples, *, average: bool) -> Figure:
    n = counts(ratings).pairable_items
    if reason := why_undefined(ratings):
        return Figure(None, n, reason)
    data = clusters_of(ratings, None, queries, at_least=1)
    estimate = estimates(data)
    if np.isnan(estimate(data.query_counts[None, :])).any():
        return Figure(None, n, LITTLE_OVERLAP)

    def value(weights: Floats) -> Floats:
        response, annotator, residual, per_response = estimate(weights).T
        total = response + (annotator + residual) / (per_response if average else 1)
        zero = ~(total > 1e-12 * np.abs(response))
        return np.where(zero, np.nan, response / np.where(zero, 1, total))

    transform = UP_TO_1 if average else COEFFICIENT
    return figure(value, data, n, resamples=resamples, transform=transform, undefined=NO_DIFFERENCE)


def why_undefined(ratings: Ratings) -> str | None:
    """The reason why the components are undefined; None where they may be defined."""
    counted = counts(ratings)
    if reason := why_not_comparable(counted):
        return reason
    if counted.pairable_items == 1:
        return ONE_RESPONSE
    return NO_VARIATION if np.nanmin(ratings) == np.nanmax(ratings) else None


def estimates(data: Clusters) -> Statistic:
    """A function of weights, replicates x clusters, that gives the fields of Components, replicates x 4.

    A row is NaN where the components cannot be told apart.
    """
    sums = data.sums(columns(data), sparse=len(data.codes) > MANY_ANNOTATORS)
    return lambda weights: by_henderson(weights @ sums, len(data.codes))


def columns(data: Clusters) -> Iterator[Floats]:
    """Of each response with n ratings, counted from the mean level: 1, 1 / n, the sum of their squares, their sum's square / n.

    Then for each annotator: whether they rated it, their rating, the response's mean rating where they did; and for each two
    annotators 1 / n where both did.
    """
    rated = data.codes >= 0
    values = np.where(rated, data.levels[data.codes] - data.levels.mean(), 0)
    n = rated.sum(axis=0).astype(float)
    total = values.sum(axis=0)
    yield from (np.ones_like(n), 1 / n, (values**2).sum(axis=0), total**2 / n)
    yield from rated.astype(float)
    yield from values
    yield from rated * (total / n)
    for first, second in combinations_with_replacement(rated, 2):
        yield (first & second) / n


def by_henderson(sums: Floats, annotators: int) -> Floats:
    """The fields of Components, replicates x 4, from the weighted sums of `columns`, replicates x columns."""
    responses, reciprocals, squares, by_response = sums[:, :4].T
    n, totals, means = np.split(sums[:, 4 : 4 + 3 * annotators], 3, axis=1)  # each replicates x annotators
    beyond = beyond_responses(sums, annotators)
    rank, explained = solved(beyond, totals - means)
    present = n > 0
    by_annotator = (totals**2 / np.where(present, n, 1)).sum(axis=1)
    ratings, annotators_present = n.sum(axis=1), present.sum(axis=1)

    freedom = ratings - responses - rank
    with np.errstate(divide="ignore", invalid="ignore"):
        residual = (squares - by_response - explained) / freedom
        annotator = (explained - rank * residual) / np.trace(beyond, axis1=1, axis2=2)
        # Responses beyond annotators.
        rest = by_response + explained - by_annotator
        response = (rest - (responses + rank - annotators_present) * residual) / (ratings - annotators_present)
        fields = np.stack([response, annotator, residual, responses / reciprocals], axis=1)
    fields[freedom <= 0] = np.nan  # no freedom is left; so also where nobody rated twice, or nothing was rated twice
    return fields


def beyond_responses(sums: Floats, annotators: int) -> Floats:
    """What annotators are told apart by, replicates x annotators x annotators: how many ratings each has on the diagonal, less
    what two of them share. Their totals less what their responses' means lead one to expect are this matrix times their severity.
    """
    shared = np.zeros((len(sums), annotators, annotators))
    lower, upper = each_two(annotators)
    shared[:, lower, upper] = shared[:, upper, lower] = sums[:, 4 + 3 * annotators :]
    shared[:, range(annotators), range(annotators)] -= sums[:, 4 : 4 + annotators]
    return -shared


def solved(matrices: Floats, vectors: Floats) -> tuple[Floats, Floats]:
    """The rank of each matrix M, and v' M⁻ v with its generalised inverse.

    M is a Laplacian: an entry off the diagonal is minus how much two annotators share, and rows add up to 0, as v does. Where
    some annotator shares with every other, the graph is connected: 1 is then the only vector that M takes to 0, and a step in
    its direction makes M invertible and changes nothing else.
    """
    size = matrices.shape[1]
    rank, forms = np.empty((2, len(matrices)))
    connected = ((matrices < 0).sum(axis=2) == size - 1).any(axis=1) & (size > 1)
    if connected.any():
        left, right = matrices[connected], vectors[connected]
        step = np.trace(left, axis1=1, axis2=2) / size**2
        solution = np.linalg.solve(left + step[:, None, None], right[:, :, None])[:, :, 0]
        rank[connected], forms[connected] = size - 1, (solution * right).sum(axis=1)
    if not connected.all():
        rank[~connected], forms[~connected] = by_eigenvalues(matrices[~connected], vectors[~connected])
    return rank, forms


def by_eigenvalues(matrices: Floats, vectors: Floats) -> tuple[Floats, Floats]:
    """The same for any symmetric matrices; it takes longer."""
    values, bases = np.linalg.eigh(matrices)
    nonzero = values > 1e-9 * np.maximum(values[:, -1:], 1)
    rotated = np.einsum("bij,bi->bj", bases, vectors)
    quotients = np.divide(rotated**2, values, where=nonzero, out=np.zeros_like(values))
    return nonzero.sum(axis=1).astype(float), quotients.sum(axis=1)
