"""How far annotators agree on one criterion.

`ratings` is an array of floats, annotators x responses, NaN where an annotator did not rate a response or found the
criterion not applicable. A rating counts where its response has at least two; the others are not pairable.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import krippendorff
import numpy as np
from numpy.typing import NDArray

from annotation.agreement.figures import NO_OVERLAP, NO_RATINGS, NO_VARIATION, ONE_ANNOTATOR, Figure

Ratings = NDArray[np.float64]
Level = Literal["nominal", "ordinal", "interval", "ratio"]


@dataclass(frozen=True)
class Counts:
    """`items` are the responses with a rating, `pairable_items` those with two or more."""

    items: int
    pairable_items: int
    raters: int
    ratings: int


def counts(ratings: Ratings) -> Counts:
    given = ~np.isnan(ratings)
    per_item = given.sum(axis=0)
    return Counts(
        items=int((per_item > 0).sum()),
        pairable_items=int((per_item > 1).sum()),
        raters=int(given.any(axis=1).sum()),
        ratings=int(given.sum()),
    )


def alpha(ratings: Ratings, *, level: Level, scale: Sequence[int] | None = None) -> Figure:
    """Krippendorff's alpha (Hayes & Krippendorff 2007) at a level of measurement: nominal, ordinal, interval or ratio.

    `scale` has all values that a rating can take, also those that do not occur; None takes those that do.
    """
    counted = counts(ratings)
    if reason := undefined(ratings, counted):
        return Figure(None, counted.pairable_items, reason)
    if np.unique(pairable(ratings)).size < 2:
        return Figure(None, counted.pairable_items, NO_VARIATION)
    domain = None if scale is None else np.array(scale, dtype=float)
    value = krippendorff.alpha(reliability_data=ratings, value_domain=domain, level_of_measurement=level)
    return Figure(float(value), counted.pairable_items)


def exact(ratings: Ratings) -> Figure:
    """The share of pairs of ratings of one response, over all responses, that are equal."""
    return pairs_within(ratings, 0)


def adjacent(ratings: Ratings) -> Figure:
    """The share of pairs of ratings of one response, over all responses, that lie within 1."""
    return pairs_within(ratings, 1)


def pairs_within(ratings: Ratings, distance: float) -> Figure:
    counted = counts(ratings)
    if reason := undefined(ratings, counted):
        return Figure(None, counted.pairable_items, reason)
    gaps = [
        gap[~np.isnan(gap)]
        for first in range(len(ratings))
        for gap in np.abs(ratings[first + 1 :] - ratings[first])
    ]
    return Figure(float((np.concatenate(gaps) <= distance).mean()), counted.pairable_items)


def prevalence(ratings: Ratings) -> Figure:
    """The share of ratings that are 1: how often a penalty was given."""
    counted = counts(ratings)
    if counted.ratings == 0:
        return Figure(None, 0, NO_RATINGS)
    return Figure(float((ratings[~np.isnan(ratings)] == 1).mean()), counted.items)


def undefined(ratings: Ratings, counted: Counts) -> str | None:
    """Why no two ratings can be compared, if so."""
    if counted.ratings == 0:
        return NO_RATINGS
    if counted.raters == 1:
        return ONE_ANNOTATOR
    if counted.pairable_items == 0:
        return NO_OVERLAP
    return None


def pairable(ratings: Ratings) -> Ratings:
    """The ratings, in one row, of the responses that have two or more."""
    chosen = ratings[:, (~np.isnan(ratings)).sum(axis=0) > 1]
    return chosen[~np.isnan(chosen)]
