"""Figures that are formulas of sums over responses: the sums of many figures of the same responses are weighted in one pass.

A measure is what it adds up and the formula that takes the sums; `figures` gives each its value and its interval.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from annotation.agreement.clusters import Clusters, Floats, Queries, numbered
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import Resamples, Statistic, are_resampled, figure_of, of_sums, replicates
from annotation.agreement.reasons import CONSTANT
from annotation.agreement.transforms import DIFFERENCE, Transform

MANY_COLUMNS = 150  # so many or fewer are weighted faster with their zeros


@dataclass(frozen=True)
class OfSums:
    """`columns` have a number per response each; `formula` takes their sums, replicates x columns, and gives NaN where it is
    undefined, for the reason `undefined`. `n` is how many responses it rests on, `value` its value where it is computed already.
    """

    columns: tuple[Floats, ...]
    formula: Statistic
    n: int
    transform: Transform = DIFFERENCE
    value: float | None = None
    undefined: str = CONSTANT


@dataclass(frozen=True)
class Replicated:
    """A measure's value, and its `values` in the replicates of `intervals`: none where there is no interval."""

    value: float
    values: Floats
    n: int
    transform: Transform = DIFFERENCE
    undefined: str = CONSTANT

    def figure(self, data: Clusters, resamples: Resamples | None) -> Figure:
        return figure_of(
            self.value, self.values, data, self.n, resamples=resamples, transform=self.transform, undefined=self.undefined
        )


def clusters_of_responses(queries: Queries | None, responses: int) -> Clusters:
    """So many responses by query. They have no codes: what is added up are columns.

    `queries` has a whole number per response, equal for responses to one query; None when no interval is wanted.
    """
    if queries is not None and len(queries) != responses:
        raise ValueError("each response belongs to a query")
    number, cluster = (1, np.zeros(responses, dtype=np.intp)) if queries is None else numbered(queries)
    codes = np.empty((0, responses), dtype=np.int32)
    return Clusters(codes, np.empty(0), cluster, np.ones(number), clustered=queries is not None)


def figures(
    measures: Mapping[str, OfSums | Figure], data: Clusters, resamples: Resamples | None, *, sparse: bool = False
) -> dict[str, Figure]:
    """A figure of each measure, by its name. One that is a figure already, since it is undefined, stays as it is.

    `sparse` where most numbers of most columns are 0.
    """
    return {
        name: measure if isinstance(measure, Figure) else measure.figure(data, resamples)
        for name, measure in replicated(measures, data, resamples, sparse=sparse).items()
    }


def replicated(
    measures: Mapping[str, OfSums | Figure], data: Clusters, resamples: Resamples | None, *, sparse: bool = False
) -> dict[str, Replicated | Figure]:
    """Each measure with its replicates; the sums of all are weighted in one pass, and a column that several have once."""
    defined = {name: measure for name, measure in measures.items() if isinstance(measure, OfSums)}
    columns = {id(column): column for measure in defined.values() for column in measure.columns}
    if not columns:
        return {name: measure for name, measure in measures.items() if isinstance(measure, Figure)}
    place = {key: index for index, key in enumerate(columns)}
    whole, totals = weighted(columns.values(), data, resamples, sparse=sparse)

    def of_one(measure: OfSums | Figure) -> Replicated | Figure:
        if isinstance(measure, Figure):
            return measure
        own = [place[id(column)] for column in measure.columns]
        value = float(measure.formula(whole[:, own])[0]) if measure.value is None else measure.value
        values = measure.formula(totals[:, own]) if len(totals) else np.empty(0)
        return Replicated(value, values, measure.n, measure.transform, measure.undefined)

    return {name: of_one(measure) for name, measure in measures.items()}


def weighted(columns: Collection[Floats], data: Clusters, resamples: Resamples | None, *, sparse: bool) -> tuple[Floats, Floats]:
    """The sums of the columns over all responses, 1 x columns, and those of the replicates, replicates x columns."""
    sums = data.sums(columns, sparse=sparse and len(columns) > MANY_COLUMNS and are_resampled(data, resamples))
    return data.query_counts[None, :] @ sums, replicates(of_sums(sums, lambda totals: totals), data, resamples)


def ratio(numerator: Floats, denominator: Floats) -> Floats:
    """NaN where the denominator is 0."""
    nothing = denominator == 0
    return np.where(nothing, np.nan, numerator / np.where(nothing, 1, denominator))


def mean(column: Floats, ones: Floats, transform: Transform = DIFFERENCE) -> OfSums:
    """The mean of a column; `ones` is 1 for each response."""
    return OfSums((ones, column), lambda sums: ratio(sums[:, 1], sums[:, 0]), len(column), transform, float(column.mean()))
