"""Agreement by pairs: every two ratings of one response are a pair, and the pairs of all responses are pooled.

So a response with three ratings counts with three pairs, one with two ratings with one; chance is not taken into account.
"""

from itertools import combinations

import numpy as np

from annotation.agreement.figures import Figure
from annotation.agreement.ratings import Ratings, counts, not_comparable


def exact(ratings: Ratings) -> Figure:
    """The share of pairs that are equal. `ratings` is annotators x responses, NaN for none."""
    return pairs_within(ratings, 0)


def adjacent(ratings: Ratings) -> Figure:
    """The share of pairs that lie within 1, the equal ones among them. `ratings` as in exact."""
    return pairs_within(ratings, 1)


def pairs_within(ratings: Ratings, distance: float) -> Figure:
    counted = counts(ratings)
    if reason := not_comparable(counted):
        return Figure(None, counted.pairable_items, reason)
    within = pairs = 0
    for one, other in combinations(ratings, 2):
        gaps = np.abs(one - other)
        within += int((gaps <= distance).sum())  # NaN, where one of the two is missing, is never within
        pairs += int((~np.isnan(gaps)).sum())
    return Figure(within / pairs, counted.pairable_items)
