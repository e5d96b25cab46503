"""The rule by which ratings are agreed or disputed, and the value that agreed ratings make: for each response, on arrays.
The fair value that stands beside it has a package of its own, fair.

`ratings` is an array of whole numbers as floats, annotators x responses, NaN where there is no rating; a penalty is 1 or 0.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.ratings import Ratings, widths

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class ExactValues:
    """A fraction for each response, as two arrays of whole numbers; a denominator of 0 is no value."""

    numerators: NDArray[np.int64]
    denominators: NDArray[np.int64]

    def as_floats(self) -> Ratings:
        """NaN where there is no value."""
        defined = self.denominators > 0
        return np.where(defined, self.numerators / np.where(defined, self.denominators, 1), np.nan)

    def as_fractions(self) -> NDArray[Any]:
        """An array of objects, one for each distinct value; NaN where there is no value."""
        first, places = self.distinct()
        pairs = zip(self.numerators[first].tolist(), self.denominators[first].tolist(), strict=True)
        values = [Fraction(above, below) if below else np.nan for above, below in pairs]
        return np.array(values, dtype=object)[places]

    def distinct(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Where each distinct pair of whole numbers stands first, and for each response which of these it has."""
        pairs = self.numerators * (self.denominators.max(initial=0) + 1) + self.denominators
        _pairs, first, places = np.unique(pairs, return_index=True, return_inverse=True)
        return first, places


def dispute_kinds(
    ratings: Ratings,
    submitted: Mask,
    *,
    pair_gap: int = 2,
    group_range: int = 3,
    applicability: bool = True,
    cut_off: int | None = None,
) -> dict[str, Mask]:
    """Why the ratings of one criterion are in dispute: "gap", "applicability" and "cut_off", each with the responses.

    `submitted`, annotators x responses, says who judged the response: a judgement without a rating found the criterion not
    applicable. Two ratings are a dispute from a gap of `pair_gap`, three or more from a range of `group_range`; and, where
    `applicability` says so, that some annotators find the criterion applicable and others do not. With a `cut_off` it is a
    dispute that some ratings are below that level and others are not.
    """
    number = (~np.isnan(ratings)).sum(axis=0)
    none = np.zeros(number.shape, dtype=bool)
    mixed = (number > 0) & (number < submitted.sum(axis=0))
    straddled = none if cut_off is None else (ratings < cut_off).any(axis=0) & (ratings >= cut_off).any(axis=0)
    return {
        "gap": (number > 1) & (widths(ratings) >= np.where(number == 2, pair_gap, group_range)),
        "applicability": mixed if applicability else none,
        "cut_off": straddled,
    }


def disputed(
    ratings: Ratings,
    submitted: Mask,
    *,
    pair_gap: int = 2,
    group_range: int = 3,
    applicability: bool = True,
    cut_off: int | None = None,
) -> Mask:
    """Whether the ratings of one criterion are too far apart to be agreed, for any of the dispute_kinds."""
    kinds = dispute_kinds(
        ratings, submitted, pair_gap=pair_gap, group_range=group_range, applicability=applicability, cut_off=cut_off
    )
    far: Mask = np.logical_or.reduce(list(kinds.values()))
    return far


def disputed_penalty(ratings: Ratings) -> Mask:
    """Whether some annotators gave the penalty and others did not."""
    mixed: Mask = (ratings == 1).any(axis=0) & (ratings == 0).any(axis=0)
    return mixed


def agreed_values(ratings: Ratings) -> ExactValues:
    """The mean of the ratings; no value where there is no rating. Never the median, whose error is greater: measured by
    `python -m tests.bench labels`."""
    rated = ~np.isnan(ratings)
    return ExactValues(
        numerators=np.where(rated, ratings, 0).sum(axis=0).astype(np.int64), denominators=rated.sum(axis=0).astype(np.int64)
    )


def agreed_penalty(ratings: Ratings) -> ExactValues:
    """1 where more than half of the annotators gave the penalty, else 0; no value where nobody judged the response."""
    number = (~np.isnan(ratings)).sum(axis=0)
    return ExactValues(
        numerators=((ratings == 1).sum(axis=0) * 2 > number).astype(np.int64), denominators=(number > 0).astype(np.int64)
    )
