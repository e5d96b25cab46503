"""Levels of a scale that nobody gives."""

import numpy as np

from annotation.agreement.ratings import Ratings
from annotation.agreement.reasons import FEW_RATED, NO_RATINGS
from annotation.agreement.scales import Scale

FEWEST_RESPONSES = 30  # as for a figure of a group


def unused_levels(ratings: Ratings, scale: Scale) -> tuple[list[int], str | None]:
    """The levels that no rating has, and the reason why that says nothing yet. `ratings` is annotators x responses."""
    rated = ~np.isnan(ratings)
    if not rated.any():
        return [], NO_RATINGS
    if rated.any(axis=0).sum() < FEWEST_RESPONSES:
        return [], FEW_RATED
    return [int(level) for level in np.asarray(scale) if not (ratings == level).any()], None
