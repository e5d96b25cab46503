"""Where a scorer errs: by kind of response (system, category, field), and by what is counted of it (length, number of images).

An error is score - label, in points. What one kind has beyond all other responses, and what an error grows by with each unit, are
looks: they are tested, and corrected together for their number. Standard errors are clustered by query (`annotators/estimates`),
and a kind's have Student's t on the number of its own queries - 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.annotators.estimates import Estimate
from annotation.agreement.clusters import Clusters, Floats, Queries
from annotation.agreement.figures import Figure
from annotation.agreement.reasons import CONSTANT, ONE_GROUP, ONE_VALUE
from annotation.agreement.scorer.explained import Explained, explained
from annotation.agreement.scorer.groups import Groups, groups_in_order
from annotation.agreement.scorer.looks import Look, estimated, looks
from annotation.agreement.scorer.measures import Compared, Scores
from annotation.agreement.scorer.sums import clusters_of_responses

NUMBER_OF_BANDS = 5


@dataclass(frozen=True)
class Kind:
    """The responses whose number is `group`. `bias` is their mean error and `mae` their mean absolute error; the differences are
    those less the same of all other responses.

    `standardised` is the difference of standardised means: mean z of scores - mean z of labels, each z over all responses. It is
    0 where scorer and people place the kind alike among the others, however lenient the scorer is on the whole; above 0 the
    scorer favours the kind. Customary is at most .10 (Williamson, Xi & Breyer 2012).
    """

    group: int
    bias: Estimate
    mae: Estimate
    standardised: Estimate
    bias_difference: Look
    mae_difference: Look


@dataclass(frozen=True)
class Slope:
    """By how many points the error and the absolute error grow with each unit, by least squares."""

    bias: Look
    mae: Look


@dataclass(frozen=True)
class Errors:
    """By the name of each feature: its kinds in ascending order of their numbers, the share of the error that they explain, and
    the slopes of what is counted."""

    kinds: dict[str, tuple[Kind, ...]]
    explained: dict[str, Explained]
    slopes: dict[str, Slope]


@dataclass(frozen=True)
class Bands:
    """`ends` has the lowest and the highest value of each band, `groups` the number of each response's."""

    ends: tuple[tuple[float, float], ...]
    groups: Groups


@dataclass(frozen=True)
class Means:
    """Of each group: the mean, that less the mean of all others, how far each query moves the two (queries x groups)."""

    values: Floats
    differences: Floats
    moves: Floats
    moves_of_differences: Floats


def errors_by(
    scores: Scores,
    labels: Scores,
    *,
    groups: Mapping[str, Groups],
    numbers: Mapping[str, Floats],
    queries: Queries | None = None,
) -> Errors:
    """`groups` has for each feature a whole number per response, equal for those of one kind; `numbers` for each feature what is
    counted of a response. `queries` as in `measures`; without them nothing is tested."""
    compared = Compared(scores, labels)
    data = clusters_of_responses(queries, len(scores))
    tested: dict[tuple[str, int, str], Estimate] = {}
    plain: dict[tuple[str, int, str], Estimate] = {}
    for name, of_feature in groups.items():
        for (group, part), estimate in of_kinds(compared, of_feature, data).items():
            (tested if part.endswith("_difference") else plain)[name, group, part] = estimate
    for name, values in numbers.items():
        for part, errors in (("bias", compared.errors), ("mae", np.abs(compared.errors))):
            tested[name, 0, f"slope of {part}"] = slope(errors, values, data)
    looked = looks(tested)
    return Errors(
        {
            name: tuple(
                Kind(
                    group,
                    bias=plain[name, group, "bias"],
                    mae=plain[name, group, "mae"],
                    standardised=plain[name, group, "standardised"],
                    bias_difference=looked[name, group, "bias_difference"],
                    mae_difference=looked[name, group, "mae_difference"],
                )
                for group in np.unique(of_feature).tolist()
            )
            for name, of_feature in groups.items()
        },
        {name: explained(compared, groups_in_order(of_feature), data) for name, of_feature in groups.items()},
        {name: Slope(looked[name, 0, "slope of bias"], looked[name, 0, "slope of mae"]) for name in numbers},
    )


def of_kinds(compared: Compared, groups: Groups, data: Clusters) -> dict[tuple[int, str], Estimate]:
    if not len(groups):
        return {}
    names, places = np.unique(groups, return_inverse=True)
    counts = by_query(np.ones(len(groups)), places, data)
    number, queries = counts.sum(axis=0), (counts > 0).sum(axis=0)
    estimates: dict[tuple[int, str], Estimate] = {}

    def add(part: str, values: Floats, moves: Floats, reason: str | None = None) -> None:
        for place, name in enumerate(names.tolist()):
            n, of_queries = int(number[place]), int(queries[place]) if data.clustered else None
            estimates[name, part] = (
                Estimate(Figure(None, n, reason)) if reason else estimated(float(values[place]), n, moves[:, place], of_queries)
            )

    for part, column in (("bias", compared.errors), ("mae", np.abs(compared.errors))):
        means = means_by(column, places, counts, data)
        add(part, means.values, means.moves)
        add(f"{part}_difference", means.differences, means.moves_of_differences, ONE_GROUP if len(names) < 2 else None)
    if np.ptp(compared.scores) == 0 or np.ptp(compared.labels) == 0:
        add("standardised", number, counts, CONSTANT)
    else:
        add("standardised", *standardised_differences(compared, places, counts, data))
    return estimates


def by_query(column: Floats, places: NDArray[np.intp], data: Clusters) -> Floats:
    """The sums of a column: queries x groups."""
    shape = (len(data.query_counts), int(places.max()) + 1)
    sums = np.bincount(data.cluster * shape[1] + places, weights=column, minlength=shape[0] * shape[1])
    return np.asarray(sums.reshape(shape), dtype=float)


def means_by(column: Floats, places: NDArray[np.intp], counts: Floats, data: Clusters) -> Means:
    """`counts` is how many responses of each group each query has, queries x groups."""
    sums, number = by_query(column, places, data), counts.sum(axis=0)
    values = sums.sum(axis=0) / number
    rest = np.maximum(len(column) - number, 1)
    other_sums, other_counts = (part.sum(axis=1, keepdims=True) - part for part in (sums, counts))
    others = other_sums.sum(axis=0) / rest
    moves = (sums - values * counts) / number
    return Means(values, values - others, moves, moves - (other_sums - others * other_counts) / rest)


def standardised_differences(
    compared: Compared, places: NDArray[np.intp], counts: Floats, data: Clusters
) -> tuple[Floats, Floats]:
    """The difference of standardised means of each group, and how far each query moves it, queries x groups: by the group's
    responses, and by the mean and the standard deviation of all."""
    scores, labels = ((values - values.mean()) / values.std(ddof=1) for values in (compared.scores, compared.labels))
    means = means_by(scores - labels, places, counts, data)
    moves = means.moves
    for z, sign in ((scores, -1), (labels, 1)):
        of_mean, of_spread = (data.sums([column]) / len(z) for column in (z, (z**2 - (z**2).mean()) / 2))
        moves = moves + sign * (of_mean + np.bincount(places, weights=z) / counts.sum(axis=0) * of_spread)
    return means.values, moves


def slope(errors: Floats, values: Floats, data: Clusters) -> Estimate:
    if len(errors) < 2 or np.ptp(values) == 0:
        return Estimate(Figure(None, len(errors), ONE_VALUE))
    x = values - values.mean()
    squares = float(x @ x)
    value = float(x @ errors) / squares
    moves = data.sums([x * (errors - errors.mean() - value * x)])[:, 0] / squares
    return estimated(value, len(errors), moves, data.queries if data.clustered else None)


def bands(values: Floats, *, number: int = NUMBER_OF_BANDS) -> Bands:
    """The responses cut by their quantiles into so many bands, or fewer: equal values are in one band."""
    if not len(values):
        return Bands((), np.empty(0, dtype=np.int64))
    ordered = np.sort(values)
    starts = np.unique(ordered[[len(values) * band // number for band in range(number)]])
    groups = np.searchsorted(starts, values, side="right").astype(np.int64) - 1
    ends = tuple((float(values[groups == band].min()), float(values[groups == band].max())) for band in range(len(starts)))
    return Bands(ends, groups)
