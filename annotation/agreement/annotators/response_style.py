"""Response styles of one annotator, which show without any other annotator: halo and straight-lining.

`values` is criteria x annotators x responses, NaN for none: the ratings of each criterion, stacked.
"""

import numpy as np

from annotation.agreement.annotators.shared import Figures
from annotation.agreement.clusters import Floats
from annotation.agreement.correlation import correlation, sums_of_two
from annotation.agreement.figures import Figure
from annotation.agreement.ratings import Ratings
from annotation.agreement.reasons import FEW_CRITERIA, FEW_JUDGEMENTS, NO_RATINGS, NO_TWO_VARY

FEWEST_JUDGEMENTS = 3  # for a correlation: with two it is always 1 or -1
FEWEST_CRITERIA = 3  # for straight-lining


def halos(values: Floats) -> Figures:
    """The halo: Pearson's coefficient of the ratings on two criteria, averaged over pairs. At 1 the criteria are not told apart.

    Pairs of criteria are left out that have fewer than three judgements in common, or on which the ratings do not vary there.
    `n` counts the judgements with two criteria or more.
    """
    return tuple(halo(values[:, number]) for number in range(values.shape[1]))


def halo(ratings: Ratings) -> Figure:
    """`ratings` is criteria x responses."""
    several = (~np.isnan(ratings)).sum(axis=0) > 1
    n = int(several.sum())
    if not n:
        return Figure(None, 0, NO_RATINGS if np.isnan(ratings).all() else FEW_CRITERIA)
    sums = sums_of_two(ratings[:, several])[np.triu_indices(len(ratings), 1)]
    enough = sums[sums[:, 0] >= FEWEST_JUDGEMENTS]
    if not len(enough):
        return Figure(None, n, FEW_JUDGEMENTS)
    coefficients = correlation(enough)
    coefficients = coefficients[~np.isnan(coefficients)]
    return Figure(float(coefficients.mean()), n) if len(coefficients) else Figure(None, n, NO_TWO_VARY)


def straight_lining(values: Floats) -> Figures:
    """The share of judgements with the same level on every criterion, of those with three criteria or more: `n` counts these."""
    return tuple(straight_lining_of_one(values[:, number]) for number in range(values.shape[1]))


def straight_lining_of_one(ratings: Ratings) -> Figure:
    """`ratings` is criteria x responses."""
    several = ratings[:, (~np.isnan(ratings)).sum(axis=0) >= FEWEST_CRITERIA]
    n = several.shape[1]
    if not n:
        return Figure(None, 0, NO_RATINGS if np.isnan(ratings).all() else FEW_CRITERIA)
    return Figure(float((np.nanmin(several, axis=0) == np.nanmax(several, axis=0)).mean()), n)
