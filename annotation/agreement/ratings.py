"""The ratings of one criterion: how many there are, and why they cannot be compared where that is so.

`ratings` is an array of floats, annotators x responses, NaN where an annotator did not rate a response or found the
criterion not applicable. The ratings of a response are pairable where it has at least two.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.reasons import NO_OVERLAP, NO_RATINGS, ONE_ANNOTATOR, ONE_RESPONSE

Ratings = NDArray[np.float64]


@dataclass(frozen=True)
class Counts:
    """`items` are the responses with a rating, `pairable_items` those with two or more."""

    items: int
    pairable_items: int
    raters: int
    ratings: int


def counts(ratings: Ratings) -> Counts:
    rated = ~np.isnan(ratings)
    per_item = rated.sum(axis=0)
    return Counts(
        items=int((per_item > 0).sum()),
        pairable_items=int((per_item > 1).sum()),
        raters=int(rated.any(axis=1).sum()),
        ratings=int(rated.sum()),
    )


def why_not_comparable(counted: Counts) -> str | None:
    """The reason why no two ratings can be compared; None where they can."""
    if counted.ratings == 0:
        return NO_RATINGS
    if counted.raters == 1:
        return ONE_ANNOTATOR
    if counted.pairable_items == 0:
        return NO_OVERLAP
    return None


def why_no_chance(counted: Counts) -> str | None:
    """The reason why pairs of ratings tell no chance agreement; None where they do.

    With a single response, chance agreement is all the agreement that was observed.
    """
    return why_not_comparable(counted) or (ONE_RESPONSE if counted.pairable_items == 1 else None)


def widths(ratings: Ratings) -> Ratings:
    """The range of each response's ratings: the highest less the lowest; 0 where there is none."""
    rated = ~np.isnan(ratings)
    high = np.where(rated, ratings, -np.inf).max(axis=0, initial=-np.inf)
    low = np.where(rated, ratings, np.inf).min(axis=0, initial=np.inf)
    return np.where(rated.any(axis=0), high - low, 0.0)


def pairable(ratings: Ratings) -> Ratings:
    """The columns of the responses that have two ratings or more."""
    return ratings[:, (~np.isnan(ratings)).sum(axis=0) > 1]
