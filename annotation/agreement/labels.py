"""The rule by which ratings are agreed or disputed, and the value that agreed ratings make."""

from collections.abc import Sequence
from fractions import Fraction
from statistics import median


def disputed(ratings: Sequence[int | None], *, pair_gap: int, group_range: int) -> bool:
    """Whether the ratings of one criterion (None: not applicable) are too far apart to be agreed.

    Two ratings are a dispute from a gap of `pair_gap`, three or more from a range of `group_range`; that some annotators
    find the criterion applicable and others do not is a dispute always. Source: the project's rule, by default 2 and 3.
    """
    values = [rating for rating in ratings if rating is not None]
    if len(values) < len(ratings):
        return bool(values)
    return len(values) > 1 and max(values) - min(values) >= (pair_gap if len(values) == 2 else group_range)


def disputed_penalty(given: Sequence[bool]) -> bool:
    """Whether some gave the penalty and others did not."""
    return len(set(given)) > 1


def agreed_value(ratings: Sequence[int | None]) -> Fraction | None:
    """The mean when all ratings lie within 1 of each other, else the median; None when none found it applicable."""
    values = [Fraction(rating) for rating in ratings if rating is not None]
    if not values:
        return None
    if max(values) - min(values) <= 1:
        return sum(values, Fraction()) / len(values)
    return median(values)
