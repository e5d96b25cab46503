"""Response styles: halo and straight-lining. They show without any other annotator, but for the halo given the response.

`values` is criteria x annotators x responses, NaN for none: the ratings of each criterion, stacked.
"""

import numpy as np

from annotation.agreement.annotators.estimates import from_squares
from annotation.agreement.annotators.least_squares import LeastSquares
from annotation.agreement.annotators.shared import Figures
from annotation.agreement.clusters import Floats, Queries, each_two
from annotation.agreement.correlation import correlation, sums_of_two
from annotation.agreement.figures import Figure
from annotation.agreement.ratings import Ratings
from annotation.agreement.reasons import FEW_CRITERIA, FEW_JUDGEMENTS, NO_RATINGS, NO_TWO_VARY
from annotation.agreement.transforms import COEFFICIENT

FEWEST_JUDGEMENTS = 3  # for a correlation: with two it is always 1 or -1
FEWEST_CRITERIA = 3  # for straight-lining


def halos(values: Floats, queries: Queries | None = None) -> Figures:
    """The raw halo: Pearson's coefficient of the ratings on two criteria, averaged over pairs. At 1 criteria are not told apart.

    It also rises where responses are good or bad on all criteria alike, so it is read beside that of others who rated the same
    responses, or as `halos_given_response`. Pairs of criteria are left out that have fewer than three judgements in common, or
    on which the ratings do not vary there. `n` counts the judgements with two criteria or more. `queries` has a whole number per
    response, equal for responses to one query: with it there are intervals, clustered by query.
    """
    return tuple(halo(values[:, number], queries) for number in range(values.shape[1]))


def halos_given_response(fit: LeastSquares) -> Figures:
    """The halo given the response: the same of how far each rating lies above the others' mean for the response and criterion.

    The others' and the own severity are taken out, and with the others' mean what the criteria of a response have in common. What
    is left goes together only where an annotator's judgement of one criterion is in that of another. Near 0 the criteria are
    judged apart. The others' halo is in it too, the less the more they are. With intervals, clustered by query.
    """
    annotators, responses = fit.rated.shape
    criteria = int(fit.criterion.max(initial=-1)) + 1
    order = np.argsort(fit.annotator, kind="stable")
    ends = np.searchsorted(fit.annotator[order], range(annotators + 1))
    query_of = np.zeros(responses, dtype=np.int64)
    query_of[fit.response] = fit.query
    figures = []
    for number, reason in enumerate(fit.why_not_comparable()):
        own = order[ends[number] : ends[number + 1]]
        names, places = np.unique(fit.response[own], return_inverse=True)
        beyond = np.full((criteria, len(names)), np.nan)
        beyond[fit.criterion[own], places] = fit.beyond[own]
        figures.append(Figure(None, 0, reason) if reason else halo(beyond, query_of[names]))
    return tuple(figures)


def halo(ratings: Ratings, queries: Queries | None) -> Figure:
    """`ratings` is criteria x responses."""
    several = (~np.isnan(ratings)).sum(axis=0) > 1
    n = int(several.sum())
    if not n:
        return Figure(None, 0, NO_RATINGS if np.isnan(ratings).all() else FEW_CRITERIA)
    ratings = ratings[:, several]
    firsts, seconds = each_two(len(ratings), apart=1)
    sums = sums_of_two(ratings)[firsts, seconds]
    enough = sums[:, 0] >= FEWEST_JUDGEMENTS
    if not enough.any():
        return Figure(None, n, FEW_JUDGEMENTS)
    coefficients = correlation(sums)
    used = enough & ~np.isnan(coefficients)
    if not used.any():
        return Figure(None, n, NO_TWO_VARY)
    value = float(coefficients[used].mean())
    if queries is None:
        return Figure(value, n)
    _names, query = np.unique(queries[several], return_inverse=True)
    moved = influences(ratings[firsts[used]], ratings[seconds[used]], coefficients[used])
    moves = np.bincount(query, weights=moved.sum(axis=0)) / used.sum()
    return from_squares(value, n, float((moves**2).sum()), len(moves), transform=COEFFICIENT).figure


def influences(firsts: Floats, seconds: Floats, coefficients: Floats) -> Floats:
    """How far each response moves the coefficient of each two: (x y - r (x² + y²) / 2) / n, both standardised; 0 without both.

    Rows are pairs of criteria, columns responses.
    """
    both = ~np.isnan(firsts) & ~np.isnan(seconds)
    n = both.sum(axis=1, keepdims=True)

    def standardised(rows: Floats) -> Floats:
        sums = np.where(both, rows, 0).sum(axis=1, keepdims=True)
        deviations = np.where(both, rows - sums / n, 0)
        return np.asarray(deviations / np.sqrt((deviations**2).sum(axis=1, keepdims=True) / n))

    x, y = standardised(firsts), standardised(seconds)
    return np.asarray((x * y - coefficients[:, None] * (x**2 + y**2) / 2) / n)


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
