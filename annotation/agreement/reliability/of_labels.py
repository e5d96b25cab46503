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
from annotation.agreement.transforms import COEFFICIENT, DISTANCE, PART, SHARE, UP_TO_1, Transform

COMPONENTS = ("response", "annotator", "residual")
ANNOTATORS = range(1, 7)  # of the D-study


@dataclass(frozen=True)
class LabelFigures:
    """The figures of one criterion, each computed when it is asked for. `variance` is the reason where there are no components;
    `n` counts the responses with two ratings or more. `cuts` are the ascending values where a label is rounded up to the next
    level."""

    variance: Variance | str
    n: int
    cuts: Floats

    def figure(self, formula: Formula, transform: Transform) -> TwoWay:
        if isinstance(self.variance, str):
            return TwoWay(Figure(None, self.n, self.variance))
        return self.variance.figure(formula, transform)

    @property
    def k(self) -> float | None:
        """The harmonic mean number of ratings of a response, of those with any."""
        return None if isinstance(self.variance, str) else float(self.variance.fields[0, 3])

    @property
    def single(self) -> TwoWay:
        """ICC (single), the reliability of one rating."""
        return self.figure(reliability_of(1), COEFFICIENT)

    @property
    def reliability(self) -> TwoWay:
        """ICC (average), the reliability of the label."""
        return self.figure(reliability_of(None), UP_TO_1)

    @property
    def sem(self) -> TwoWay:
        """The label's standard error of measurement, in points."""
        return self.figure(sem_of(None), DISTANCE)

    @property
    def shares(self) -> dict[str, TwoWay]:
        """The share of each of COMPONENTS in the variance of a rating. An estimate below 0 is cut at 0, so they add up to 1."""
        return {name: self.figure(share_of(place), PART) for place, name in enumerate(COMPONENTS)}

    @property
    def d_study(self) -> dict[int, tuple[TwoWay, TwoWay]]:
        """For each number of ANNOTATORS the reliability of the mean of their ratings, and its standard error of measurement."""
        reliabilities = [self.single, *(self.figure(reliability_of(k), UP_TO_1) for k in ANNOTATORS[1:])]
        return {k: (part, self.figure(sem_of(k), DISTANCE)) for k, part in zip(ANNOTATORS, reliabilities, strict=True)}

    @property
    def consistency(self) -> TwoWay:
        """Decision consistency: the probability that two independent labels round to the same level."""
        return self.figure(decisions(consistency, self.cuts), SHARE)

    @property
    def accuracy(self) -> TwoWay:
        """Decision accuracy: the probability that a label rounds to the level of the true value."""
        return self.figure(decisions(accuracy, self.cuts), SHARE)


def label_figures(
    ratings: Ratings, *, scale: Scale, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES
) -> LabelFigures:
    """`ratings` is annotators x responses, NaN for none; `scale` has the levels to which labels are rounded, half up, which need
    not be those of the ratings. `queries` and `resamples` as in alpha."""
    levels = np.unique(np.asarray(scale, dtype=float))
    variance = variance_of(ratings, queries=queries, resamples=resamples)
    return LabelFigures(variance, counts(ratings).pairable_items, (levels[:-1] + levels[1:]) / 2)


def reliability_of(k: int | None) -> Formula:
    """Of the mean of k ratings; None for as many as responses have."""

    def formula(fields: Floats) -> Floats:
        response, total = fields[:, 0], fields[:, 0] + error_of(fields, k)
        zero = ~(total > 1e-12 * np.abs(response))
        return np.where(zero, np.nan, response / np.where(zero, 1, total))

    return formula


def sem_of(k: int | None) -> Formula:
    return lambda fields: np.asarray(np.sqrt(np.maximum(error_of(fields, k), 0.0)))


def error_of(fields: Floats, k: int | None) -> Floats:
    """The variance of the error of a mean of k ratings."""
    return np.asarray((fields[:, 1] + fields[:, 2]) / (fields[:, 3] if k is None else k))


def share_of(place: int) -> Formula:
    def formula(fields: Floats) -> Floats:
        parts: Floats = np.maximum(fields[:, :3], 0.0)
        total = parts.sum(axis=1)
        shares: Floats = np.divide(parts[:, place], total, where=total > 0, out=np.full(len(fields), np.nan))
        return shares

    return formula


def decisions(index: Callable[[Floats, Floats, Floats, Floats], Floats], cuts: Floats) -> Formula:
    """`index` is consistency or accuracy, of labels that are means of as many ratings as responses have."""
    return lambda fields: index(fields[:, 4], fields[:, 0], error_of(fields, None), cuts)
