"""The confusion of levels: how often annotators gave each two levels to the same response."""

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.ratings import Ratings
from annotation.agreement.scales import Scale, ascending_levels, encode

Confusion = NDArray[np.int64]
RESPONSES = 20_000  # at a time


def confusions(ratings: Ratings, scale: Scale) -> Confusion:
    """For all pairs of annotators at once: annotators x annotators x levels x levels, in the order of the ascending scale.

    [i, j, a, b] counts the responses to which annotator i gave level a and annotator j level b. `ratings` is annotators x
    responses, NaN for none; a rating that is not on the scale is a ValueError.
    """
    levels = ascending_levels(ratings, scale)
    codes = encode(ratings, levels)
    annotators, size = len(codes), len(levels)
    tables = np.zeros((annotators * size, annotators * size))
    for start in range(0, codes.shape[1], RESPONSES):
        indicators = (codes[:, None, start : start + RESPONSES] == np.arange(size)[None, :, None]).astype(float)
        flat = indicators.reshape(annotators * size, indicators.shape[2])
        tables += flat @ flat.T
    return tables.reshape(annotators, size, annotators, size).swapaxes(1, 2).astype(np.int64)


def sum_over_pairs(tables: Confusion) -> Confusion:
    """The sum of `confusions` over annotators i and j, i other than j: levels x levels, each pair of ratings counted from both
    sides, so that it is symmetric."""
    return np.asarray(np.einsum("ijab->ab", tables) - np.einsum("iiab->ab", tables))
