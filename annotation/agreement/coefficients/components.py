"""What the variance of ratings is made of where annotators rated different responses, and how reliable that makes a rating.

    rating = mean + response + annotator + residual

Estimated by Henderson's third method: each part by what it explains beyond the other, which needs neither as many ratings of
each response nor the same responses of each annotator. Where every annotator rated every response it is the analysis of
variance, and one rating's coefficient is Shrout & Fleiss' ICC(2,1), the mean's ICC(2,k). Sources: Searle, Casella & McCulloch
1992, chapter 5; ten Hove, Jorgensen & van der Ark 2022 for the coefficients.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np

from annotation.agreement.clusters import MANY, Clusters, Floats, Queries, clusters_of
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, Statistic, figure
from annotation.agreement.ratings import Ratings, counts, not_comparable
from annotation.agreement.reasons import LITTLE_OVERLAP, NO_DIFFERENCE, NO_VARIATION, ONE_RESPONSE
from annotation.agreement.transforms import COEFFICIENT, UP_TO_1

PARTS = ("response", "annotator", "residual")


@dataclass(frozen=True)
class Components:
    """Three variances in squared points. An estimate that is a little below 0 says that there is nothing of that part.

    `ratings` is the harmonic mean number of ratings of a response.
    """

    response: float
    annotator: float
    residual: float
    ratings: float


def components(ratings: Ratings) -> Components | None:
    """The parts of the variance, None where icc_single says why. `ratings` is annotators x responses, NaN for none."""
    if undefined(ratings):
        return None
    data = clusters_of(ratings, None, None, at_least=1)
    found = estimates(data)(data.times[None, :])[0]
    return None if np.isnan(found).any() else Components(*map(float, found))


def icc_single(ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> Figure:
    """One rating's reliability, absolute: response / (response + annotator + residual).

    `ratings` is annotators x responses, NaN for none; `queries` and `resamples` as in alpha. `n` counts the responses with two
    ratings or more; those with one count for the responses' variance.
    """
    return reliability(ratings, queries, resamples, of_the_mean=False)


def icc_mean(ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> Figure:
    """The mean rating's reliability: response / (response + (annotator + residual) / k), k the harmonic mean number of ratings.

    It is not the reliability of an adjudicated label. Arguments as in icc_single.
    """
    return reliability(ratings, queries, resamples, of_the_mean=True)


def reliability(ratings: Ratings, queries: Queries | None, resamples: Resamples, *, of_the_mean: bool) -> Figure:
    n = counts(ratings).pairable_items
    if reason := undefined(ratings):
        return Figure(None, n, reason)
    data = clusters_of(ratings, None, queries, at_least=1)
    parts = estimates(data)
    if np.isnan(parts(data.times[None, :])).any():
        return Figure(None, n, LITTLE_OVERLAP)

    def value(weights: Floats) -> Floats:
        response, annotator, residual, per_response = parts(weights).T
        whole = response + (annotator + residual) / (per_response if of_the_mean else 1)
        nothing = ~(whole > 1e-12 * np.abs(response))
        return np.where(nothing, np.nan, response / np.where(nothing, 1, whole))

    within = UP_TO_1 if of_the_mean else COEFFICIENT
    return figure(value, data, n, resamples=resamples, within=within, undefined=NO_DIFFERENCE)


def undefined(ratings: Ratings) -> str | None:
    counted = counts(ratings)
    if reason := not_comparable(counted):
        return reason
    if counted.pairable_items == 1:
        return ONE_RESPONSE
    return NO_VARIATION if np.nanmin(ratings) == np.nanmax(ratings) else None


def estimates(data: Clusters) -> Statistic:
    """Weights, replicates x clusters, to the fields of Components, replicates x 4: NaN where they cannot be told apart."""
    sums = data.sums(columns(data), sparse=len(data.at) > MANY)
    return lambda weights: by_henderson(weights @ sums, len(data.at))


def columns(data: Clusters) -> Iterator[Floats]:
    """Of each response: 1, one over its ratings, their squares' sum, their sum's square over how many, from the mean level.

    Then for each annotator: whether they rated it, their rating, the response's mean rating where they did; and for each two
    annotators: one over its ratings where both did.
    """
    given = data.at >= 0
    values = np.where(given, data.known[data.at] - data.known.mean(), 0)
    many = given.sum(axis=0).astype(float)
    total = values.sum(axis=0)
    yield from (np.ones_like(many), 1 / many, (values**2).sum(axis=0), total**2 / many)
    yield from given.astype(float)
    yield from values
    yield from given * (total / many)
    for one, other in combinations_with_replacement(given, 2):
        yield (one & other) / many


def by_henderson(sums: Floats, annotators: int) -> Floats:
    responses, reciprocals, squares, by_response = sums[:, :4].T
    given, totals, means = np.split(sums[:, 4 : 4 + 3 * annotators], 3, axis=1)
    shared = np.zeros((len(sums), annotators, annotators))
    lower, upper = np.triu_indices(annotators)
    shared[:, lower, upper] = shared[:, upper, lower] = sums[:, 4 + 3 * annotators :]

    # Annotators beyond responses: their totals less what their responses' means lead one to expect.
    beyond = -shared
    beyond[:, range(annotators), range(annotators)] += given
    rank, explained = solved(beyond, totals - means)
    there = given > 0
    by_annotator = (np.divide(totals**2, given, where=there, out=np.zeros_like(given))).sum(axis=1)
    ratings, present = given.sum(axis=1), there.sum(axis=1)

    freedom = ratings - responses - rank
    with np.errstate(divide="ignore", invalid="ignore"):
        residual = (squares - by_response - explained) / freedom
        annotator = (explained - rank * residual) / np.trace(beyond, axis1=1, axis2=2)
        # Responses beyond annotators.
        rest = by_response + explained - by_annotator
        response = (rest - (responses + rank - present) * residual) / (ratings - present)
        found = np.stack([response, annotator, residual, responses / reciprocals], axis=1)
    found[freedom <= 0] = np.nan  # nothing is left over; so also where nobody rated twice, or nothing was rated twice
    return found


def solved(matrices: Floats, vectors: Floats) -> tuple[Floats, Floats]:
    """The rank of each matrix M, and v' M⁻ v with its generalised inverse.

    M is a Laplacian: off the diagonal lies how much two annotators share, less than 0, and rows add up to 0, as v does. Where
    somebody shares with everybody all hang together: 1 is then the only vector that M takes to 0, and a step into its
    direction makes M invertible and changes nothing else.
    """
    size = matrices.shape[1]
    rank, found = np.empty((2, len(matrices)))
    together = ((matrices < 0).sum(axis=2) == size - 1).any(axis=1) & (size > 1)
    if together.any():
        whole, right = matrices[together], vectors[together]
        step = np.trace(whole, axis1=1, axis2=2) / size**2
        left = np.linalg.solve(whole + step[:, None, None], right[:, :, None])[:, :, 0]
        rank[together], found[together] = size - 1, (left * right).sum(axis=1)
    if not together.all():
        rank[~together], found[~together] = by_eigenvalues(matrices[~together], vectors[~together])
    return rank, found


def by_eigenvalues(matrices: Floats, vectors: Floats) -> tuple[Floats, Floats]:
    """The same of any symmetric matrices, which takes its time."""
    values, bases = np.linalg.eigh(matrices)
    there = values > 1e-9 * np.maximum(values[:, -1:], 1)
    turned = np.einsum("bij,bi->bj", bases, vectors)
    return there.sum(axis=1).astype(float), np.divide(turned**2, values, where=there, out=np.zeros_like(values)).sum(axis=1)
