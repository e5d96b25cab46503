"""The rule by which ratings are agreed or disputed, and the value that agreed ratings make: for each response, on arrays.

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
        """An array of objects; NaN where there is no value."""
        pairs = zip(self.numerators.tolist(), self.denominators.tolist(), strict=True)
        return np.array([Fraction(above, below) if below else np.nan for above, below in pairs], dtype=object)


def disputed(ratings: Ratings, submitted: Mask, *, pair_gap: int, group_range: int) -> Mask:
    """Whether the ratings of one criterion are too far apart to be agreed.

    `submitted`, annotators x responses, says who judged the response: a judgement without a rating found the criterion not
    applicable. Two ratings are a dispute from a gap of `pair_gap`, three or more from a range of `group_range`; that some
    annotators find the criterion applicable and others do not is a dispute always. Source: the project's rule, by default
    2 and 3.
    """
    number = (~np.isnan(ratings)).sum(axis=0)
    mixed: Mask = (number > 0) & (number < submitted.sum(axis=0))
    far: Mask = (number > 1) & (widths(ratings) >= np.where(number == 2, pair_gap, group_range))
    return mixed | far


def disputed_penalty(ratings: Ratings) -> Mask:
    """Whether some annotators gave the penalty and others did not."""
    mixed: Mask = (ratings == 1).any(axis=0) & (ratings == 0).any(axis=0)
    return mixed


def agreed_values(ratings: Ratings) -> ExactValues:
    """The mean where all ratings lie within 1 of each other, else the median; no value where there is no rating."""
    if not len(ratings):
        nothing = np.zeros(ratings.shape[1], dtype=np.int64)
        return ExactValues(nothing, nothing)
    number = (~np.isnan(ratings)).sum(axis=0)
    ordered = np.nan_to_num(np.sort(ratings, axis=0)).astype(np.int64)  # what is not rated stands last, as 0
    lower, upper = (np.take_along_axis(ordered, middle[np.newaxis], axis=0)[0] for middle in ((number - 1) // 2, number // 2))
    near = widths(ratings) <= 1
    return ExactValues(
        numerators=np.where(near, ordered.sum(axis=0), lower + upper),
        denominators=np.where(near, number, 2),
    )
