"""The use of the scale: how widely an annotator's ratings spread, and how often each level was given."""

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.annotators.shared import Figures, shared_responses
from annotation.agreement.correlation import sums_of_two
from annotation.agreement.figures import Figure
from annotation.agreement.ratings import Ratings
from annotation.agreement.reasons import LITTLE_OVERLAP, NO_VARIATION, SAME_THROUGHOUT
from annotation.agreement.scales import Scale, ascending_levels, encode


def spreads(ratings: Ratings) -> Figures:
    """The spread of the own ratings against the others': √(Σ (n - 1) · own variance / Σ (n - 1) · the other's variance).

    Both sums run over the others, each with the n responses that both rated. 1 is equally wide; below 1 an annotator stays in
    the middle or in a part of the scale, at 0 on one level. `ratings` is annotators x responses, NaN for none.
    """
    sums = sums_of_two(ratings)
    n, total, squares = sums[:, :, 0], sums[:, :, 1], sums[:, :, 3]
    deviations = squares - total**2 / np.maximum(n, 1)  # squared, from the mean
    deviations[deviations <= 1e-12 * squares] = 0
    for with_oneself in (n, deviations):
        np.fill_diagonal(with_oneself, 0)
    own, others = deviations.sum(axis=1), deviations.sum(axis=0)
    figures = []
    for number, (shared, reason) in enumerate(shared_responses(ratings)):
        if reason is None and n[number].max() < 2:
            reason = LITTLE_OVERLAP
        elif reason is None and others[number] == 0:
            compared = ratings[:, shared]
            reason = NO_VARIATION if np.nanmin(compared) == np.nanmax(compared) else SAME_THROUGHOUT
        value = None if reason else float(np.sqrt(own[number] / others[number]))
        figures.append(Figure(value, int(shared.sum()), reason))
    return tuple(figures)


def level_counts(ratings: Ratings, scale: Scale) -> NDArray[np.int64]:
    """How often each annotator gave each level: annotators x levels, in the order of the ascending scale, which has all levels.

    A rating that is not on the scale is a ValueError.
    """
    levels = ascending_levels(ratings, scale)
    annotator, response = np.nonzero(~np.isnan(ratings))
    codes = encode(ratings[annotator, response][None, :], levels)[0]
    shape = len(ratings), len(levels)
    return np.bincount(annotator * len(levels) + codes, minlength=shape[0] * shape[1]).reshape(shape)
