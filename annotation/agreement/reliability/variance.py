"""The variance components of one criterion with all that their figures need: of the data, and of each replicate.

Every figure of reliability is a formula of the same five fields, so they are computed once. A figure has two intervals: for these
annotators, from replicates over queries, and for annotators of their kind, by two_way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np

from annotation.agreement.clusters import MANY_ANNOTATORS, Clusters, Floats, Queries, clusters_of
from annotation.agreement.coefficients.components import by_henderson, columns, why_undefined
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, Statistic, figure_of, replicates
from annotation.agreement.ratings import Ratings, counts
from annotation.agreement.reasons import LITTLE_OVERLAP, NO_DIFFERENCE
from annotation.agreement.reliability.sample import AnnotatorSample, sample_of
from annotation.agreement.reliability.two_way import TwoWay, two_way
from annotation.agreement.transforms import Transform

Formula = Statistic  # of fields, replicates x 5, instead of weights


@dataclass(frozen=True)
class Variance:
    """`fields` is 1 x 5: the variances of response, annotator and residual in squared points, the harmonic mean number of ratings
    of a response, and the mean of the responses' mean ratings. `replicated` has the same of each replicate; `sample` is None
    where no interval is wanted. `n` counts the responses with two ratings or more.
    """

    data: Clusters
    n: int
    fields: Floats
    replicated: Floats
    resamples: Resamples
    sample: AnnotatorSample | None

    def figure(self, formula: Formula, transform: Transform) -> TwoWay:
        """The formula of the fields with both intervals, taken on the scale of `transform`."""
        values = formula(self.replicated) if len(self.replicated) else np.empty(0)
        figure = figure_of(
            float(formula(self.fields)[0]),
            values,
            self.data,
            self.n,
            resamples=self.resamples,
            transform=transform,
            undefined=NO_DIFFERENCE,
        )
        return two_way(figure, formula, transform, self.sample)


def variance_of(ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> Variance | str:
    """Of ratings, annotators x responses, NaN for none; or the reason why they have no components. `queries` and `resamples` as
    in alpha."""
    if reason := why_undefined(ratings):
        return reason
    data = clusters_of(ratings, None, queries, at_least=1)
    sums = data.sums(chain(columns(data), means(data)), sparse=len(data.codes) > MANY_ANNOTATORS)
    origin = float(data.levels.mean())

    def fields_of(weights: Floats) -> Floats:
        summed = weights @ sums
        return np.column_stack([by_henderson(summed[:, :-1], len(data.codes)), summed[:, -1] / summed[:, 0] + origin])

    fields = fields_of(data.query_counts[None, :])
    if np.isnan(fields).any():
        return LITTLE_OVERLAP
    sample = sample_of(data, fields) if data.clustered else None
    replicated = replicates(fields_of, data, resamples)
    return Variance(data, counts(ratings).pairable_items, fields, replicated, resamples, sample)


def means(data: Clusters) -> Iterator[Floats]:
    """Of each response the mean rating, counted from the mean level."""
    rated = data.codes >= 0
    values = np.where(rated, data.levels[data.codes] - data.levels.mean(), 0)
    yield values.sum(axis=0) / rated.sum(axis=0)
