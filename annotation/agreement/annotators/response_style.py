"""One annotator's ways of judging that need nobody beside: whether criteria are told apart, and whether a long response is
looked at for longer. A figure for each annotator, in order.

`values` is criteria x annotators x responses, NaN for none: the ratings of each criterion, one above the other.
"""

import numpy as np

from annotation.agreement.annotators.effects import Figures
from annotation.agreement.clusters import Floats
from annotation.agreement.correlation import correlation, spearman_of_two, sums_of_two
from annotation.agreement.figures import Figure
from annotation.agreement.ratings import Ratings
from annotation.agreement.reasons import (
    FEW_CRITERIA,
    FEW_JUDGEMENTS,
    FEW_TIMES,
    NO_RATINGS,
    NO_TIMES,
    NO_TWO_VARY,
    TIMES_ALIKE,
)

FEWEST = 3  # judgements that a correlation needs, for of two it is 1 or -1; and criteria that a straight line needs


def halos(values: Floats) -> Figures:
    """Pearson's coefficient of the ratings on two criteria, the mean over pairs of criteria. 1: they are not told apart.

    Left out are pairs of criteria that fewer than three judgements have in common, or on which the ratings do not vary there.
    `n` counts the judgements with two criteria or more.
    """
    return tuple(halo(values[:, number]) for number in range(values.shape[1]))


def halo(judged: Ratings) -> Figure:
    """`judged` is criteria x responses."""
    several = (~np.isnan(judged)).sum(axis=0) > 1
    n = int(several.sum())
    if not n:
        return Figure(None, 0, NO_RATINGS if np.isnan(judged).all() else FEW_CRITERIA)
    sums = sums_of_two(judged[:, several])[np.triu_indices(len(judged), 1)]
    enough = sums[sums[:, 0] >= FEWEST]
    if not len(enough):
        return Figure(None, n, FEW_JUDGEMENTS)
    found = correlation(enough)
    found = found[~np.isnan(found)]
    return Figure(float(found.mean()), n) if len(found) else Figure(None, n, NO_TWO_VARY)


def straight_lining(values: Floats) -> Figures:
    """The share of judgements that are on one level throughout, of those with three criteria or more, which `n` counts."""
    return tuple(straight(values[:, number]) for number in range(values.shape[1]))


def straight(judged: Ratings) -> Figure:
    """`judged` is criteria x responses."""
    several = judged[:, (~np.isnan(judged)).sum(axis=0) >= FEWEST]
    n = several.shape[1]
    if not n:
        return Figure(None, 0, NO_RATINGS if np.isnan(judged).all() else FEW_CRITERIA)
    return Figure(float((np.nanmin(several, axis=0) == np.nanmax(several, axis=0)).mean()), n)


def attention(seconds: Ratings, content: Floats) -> Figures:
    """Spearman's coefficient of the own times with how much there is to read. Near 0: a long response gets no longer look.

    `seconds` is annotators x responses, NaN or 0 where the time is not known; `content` has a number per response, in any
    unit. `n` counts the responses whose time is known.
    """
    return tuple(attentive(np.where(own > 0, own, np.nan), content) for own in seconds)


def attentive(own: Floats, content: Floats) -> Figure:
    both = np.stack([own, content])
    both = both[:, ~np.isnan(both).any(axis=0)]
    n = both.shape[1]
    if n < FEWEST:
        return Figure(None, n, FEW_TIMES if n else NO_TIMES)
    if (np.ptp(both, axis=1) == 0).any():
        return Figure(None, n, TIMES_ALIKE)
    return spearman_of_two(both)
