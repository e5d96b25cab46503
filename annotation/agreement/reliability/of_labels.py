"""What a project delivers: the reliability of a label that is the mean of k ratings, and what more or fewer would give.

    reliability = response / (response + (annotator + residual) / k)
    standard error of measurement = √((annotator + residual) / k)

k is the harmonic mean number of ratings of a response; the D-study puts 1 to 6 in its place (Brennan 2001: Φ and the absolute
error). All this is of labels that are means of ratings, not of those that an adjudicator decided.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from annotation.agreement.clusters import Floats, Queries
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples
from annotation.agreement.ratings import Ratings, counts
from annotation.agreement.reliability.decisions import accuracy, consistency
from annotation.agreement.reliability.two_way import TwoWay
from annotation.agreement.reliability.variance import Formula, Variance, variance_of
from annotation.agreement.scales import Scale
from annotation.agreement.transforms import COEFFICIENT, DISTANCE, SHARE, UP_TO_1, Transform

COMPONENTS = ("response", "annotator", "residual")
ANNOTATORS = range(1, 7)  # of the D-study


@dataclass(frozen=True)
class LabelFigures:
    """`k` is None where the components are undefined. `single` is ICC (single), `reliability` ICC (average); `sem` is in points.

    `shares` has the share of each of COMPONENTS in the variance of a rating, an estimate below 0 cut at 0: they add up to 1.
    `d_study` has, for each number of ANNOTATORS, the reliability and the standard error of measurement.
    """

    k: float | None
    single: TwoWay
    reliability: TwoWay
    sem: TwoWay
    shares: dict[str, TwoWay]
    d_study: dict[int, tuple[TwoWay, TwoWay]]
    consistency: TwoWay
    accuracy: TwoWay


def label_figures(
    ratings: Ratings, *, scale: Scale, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES
) -> LabelFigures:
    """`ratings` is annotators x responses, NaN for none; `scale` has the levels to which labels are rounded, half up, which need
    not be those of the ratings. `queries` and `resamples` as in alpha. `n` counts the responses with two ratings or more.
    """
    variance = variance_of(ratings, queries=queries, resamples=resamples)
    levels = np.unique(np.asarray(scale, dtype=float))
    cuts = (levels[:-1] + levels[1:]) / 2
    n = counts(ratings).pairable_items

    def figure(formula: Formula, transform: Transform) -> TwoWay:
        return variance.figure(formula, transform) if isinstance(variance, Variance) else TwoWay(Figure(None, n, variance))

    single = figure(reliability_of(1), COEFFICIENT)
    steps = {k: figure(reliability_of(k), UP_TO_1) for k in ANNOTATORS[1:]}
    return LabelFigures(
        k=float(variance.fields[0, 3]) if isinstance(variance, Variance) else None,
        single=single,
        reliability=figure(reliability_of(None), UP_TO_1),
        sem=figure(sem_of(None), DISTANCE),
        shares={name: figure(share_of(place), SHARE) for place, name in enumerate(COMPONENTS)},
        d_study={k: (steps.get(k, single), figure(sem_of(k), DISTANCE)) for k in ANNOTATORS},
        consistency=figure(decisions(consistency, cuts), SHARE),
        accuracy=figure(decisions(accuracy, cuts), SHARE),
    )


def reliability_of(k: int | None) -> Formula:
    """Of the mean of k ratings; None for as many as responses have."""

    def formula(fields: Floats) -> Floats:
        response, total = fields[:, 0], fields[:, 0] + error_of(fields, k)
        zero = ~(total > 1e-12 * np.abs(response))
        return np.where(zero, np.nan, response / np.where(zero, 1, total))

    return formula


def sem_of(k: int | None) -> Formula:
    return lambda fields: np.sqrt(np.maximum(error_of(fields, k), 0.0))


def error_of(fields: Floats, k: int | None) -> Floats:
    """The variance of the error of a mean of k ratings."""
    return np.asarray((fields[:, 1] + fields[:, 2]) / (fields[:, 3] if k is None else k))


def share_of(place: int) -> Formula:
    def formula(fields: Floats) -> Floats:
        parts = np.maximum(fields[:, :3], 0.0)
        total = parts.sum(axis=1)
        return np.divide(parts[:, place], total, where=total > 0, out=np.full(len(fields), np.nan))

    return formula


def decisions(index: Callable[[Floats, Floats, Floats, Floats], Floats], cuts: Floats) -> Formula:
    """`index` is consistency or accuracy, of labels that are means of as many ratings as responses have."""
    return lambda fields: index(fields[:, 4], fields[:, 0], error_of(fields, None), cuts)
