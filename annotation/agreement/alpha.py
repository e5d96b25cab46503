"""Krippendorff's alpha: one minus the disagreement observed over the disagreement expected by chance."""

from collections.abc import Sequence
from typing import Literal

import krippendorff
import numpy as np

from annotation.agreement.figures import NO_VARIATION, Figure
from annotation.agreement.ratings import Ratings, counts, not_comparable, pairable

Level = Literal["nominal", "ordinal", "interval", "ratio"]


def alpha(ratings: Ratings, *, level: Level, scale: Sequence[int] | None) -> Figure:
    """Krippendorff's alpha at a level of measurement, for any number of annotators and with ratings missing.

    `ratings` is annotators x responses, NaN for none. `scale` has all values that a rating can take, also those that do
    not occur, and a rating beside it is a ValueError; None, for means, takes the values that occur. At the level "ratio"
    a rating below 0 has no meaning and is a ValueError too. Source: Hayes & Krippendorff 2007.

    Memory grows with the responses times the square of the values that occur.
    """
    counted = counts(ratings)
    if reason := not_comparable(counted):
        return Figure(None, counted.pairable_items, reason)
    compared = pairable(ratings)
    if level == "ratio" and np.nanmin(compared) < 0:
        raise ValueError("ratings at the level of ratios are never below 0")
    if np.nanmin(compared) == np.nanmax(compared):
        return Figure(None, counted.pairable_items, NO_VARIATION)
    domain = None if scale is None else np.unique(np.asarray(scale, dtype=float))
    value = krippendorff.alpha(reliability_data=compared, value_domain=domain, level_of_measurement=level)
    return Figure(float(value), counted.pairable_items)
