"""Agreement with the others, spread and pace by period: of what an annotator gave in a period, against the others' of any period.

`periods` is annotators x responses: the number of the period in which the annotator judged the response, from 0, below `count`;
-1 for none. Every function returns annotators x periods; None where an annotator shares nothing in a period.
"""

from itertools import pairwise
from typing import Any

import numpy as np

from annotation.agreement.annotators.estimates import Estimate, Numbers, distinct, from_squares, pairs
from annotation.agreement.annotators.least_squares import LeastSquares
from annotation.agreement.annotators.times import medians_of_others
from annotation.agreement.clusters import Floats
from annotation.agreement.figures import Figure
from annotation.agreement.ratings import Ratings
from annotation.agreement.reasons import NO_VARIATION, ONE_RESPONSE, SAME_THROUGHOUT
from annotation.agreement.scales import Scale, agreement_weights
from annotation.agreement.transforms import COEFFICIENT

Table = list[list[Estimate | None]]


def agreements_over_time(fit: LeastSquares, periods: Numbers, count: int, scale: Scale) -> Table:
    """Cohen's weighted kappa with each of the others, pooled, quadratic weights: as agreement_with_others, of one period.

    Chance is taken within each criterion. The standard error is clustered by query.
    """
    levels = np.unique(np.asarray(scale, dtype=float))
    weights, size = agreement_weights("quadratic", scale), len(fit.severity) * count
    place = periods[fit.annotator, fit.response]
    counted = place >= 0
    code = np.searchsorted(levels, fit.rating)
    cells = int(fit.cell.max(initial=-1)) + 1
    counts = np.bincount(fit.cell * len(levels) + code, minlength=cells * len(levels)).reshape(cells, len(levels))
    own, others = np.eye(len(levels))[code[counted]], counts[fit.cell[counted]].astype(float)
    others -= own
    part, query = (fit.annotator * count + place)[counted], fit.query[counted]
    criteria = int(fit.criterion.max(initial=-1)) + 1
    within = part * criteria + fit.criterion[counted]
    shares, given = (by_level(within, size * criteria, each) for each in (own, others))
    n = np.maximum(shares.sum(axis=1, keepdims=True), 1)
    expected, from_given = (shares / n) @ weights, given @ weights
    agreed = ((own @ weights) * others).sum(axis=1)
    chance = (expected[within] * others).sum(axis=1)
    own_part = (from_given[within] * (own - (shares / n)[within])).sum(axis=1) / n[within, 0]  # adds up to 0
    total_agreed, total_chance, total = (
        np.bincount(part, weights=each, minlength=size) for each in (agreed, chance, others.sum(axis=1))
    )
    several = (n.reshape(size, criteria) > 1).any(axis=1)  # one response of a criterion tells no chance
    beyond = total - total_chance
    some = several & (beyond > 1e-12 * np.maximum(total, 1))
    beyond = np.where(some, beyond, 1.0)
    kappa = (total_agreed - total_chance) / beyond
    of_pair, _query, places = pairs(part, query)
    scores = agreed - chance - own_part - kappa[part] * (others.sum(axis=1) - chance - own_part)
    moves = np.bincount(places, weights=scores, minlength=len(of_pair)) / beyond[of_pair]
    squares = np.bincount(of_pair, weights=moves**2, minlength=size)
    responses, queries = distinct(part, fit.response[counted], size), np.bincount(of_pair, minlength=size)
    found = [
        None
        if not number
        else Estimate(Figure(None, number, NO_VARIATION if of_several else ONE_RESPONSE))
        if not defined
        else from_squares(value, number, square, of_queries, transform=COEFFICIENT)
        for of_several, defined, value, number, square, of_queries in zip(
            several.tolist(), some.tolist(), kappa.tolist(), responses.tolist(), squares.tolist(), queries.tolist(), strict=True
        )
    ]
    return in_rows(found, count)


def by_level(part: Numbers, count: int, numbers: Floats) -> Floats:
    """Parts x levels: the sums of each column of `numbers`."""
    return np.stack([np.bincount(part, weights=column, minlength=count) for column in numbers.T], axis=1)


def spreads_over_time(fit: LeastSquares, periods: Numbers, count: int) -> list[list[Figure | None]]:
    """The spread of the own ratings against the others', as `spreads`, of one period."""
    from scipy.sparse import csr_array  # type: ignore[import-untyped]  # late: most commands do without

    annotators = len(fit.severity)
    size, place, cells = annotators * count, periods[fit.annotator, fit.response], int(fit.cell.max(initial=-1)) + 1
    counted = place >= 0
    part = (fit.annotator * count + place)[counted]
    value = fit.rating - fit.rating.min(initial=np.inf)

    def summed(own: Floats, others: Floats) -> Floats:
        """Parts x annotators: the products of what both have, over the pairs of response and criterion that both rated."""
        left = csr_array((own[counted], (part, fit.cell[counted])), shape=(size, cells))
        right = csr_array((others, (fit.annotator, fit.cell)), shape=(annotators, cells))
        return np.asarray((left @ right.T).toarray())

    one = np.ones(len(value))
    n = summed(one, one)
    spread_own = summed(value**2, one) - summed(value, one) ** 2 / np.maximum(n, 1)
    spread_others = summed(one, value**2) - summed(one, value) ** 2 / np.maximum(n, 1)
    rows = np.arange(size)
    for each in (n, spread_own, spread_others):
        each[rows, rows // count] = 0  # with oneself
    own, others = (np.where(each > 1e-9, each, 0).sum(axis=1) for each in (spread_own, spread_others))
    responses = distinct(part, fit.response[counted], size)
    found = [
        None
        if not number
        else Figure(None, number, ONE_RESPONSE)
        if number < 2
        else Figure(None, number, SAME_THROUGHOUT if above else NO_VARIATION)
        if not below
        else Figure(float(np.sqrt(above / below)), number)
        for above, below, number in zip(own.tolist(), others.tolist(), responses.tolist(), strict=True)
    ]
    return in_rows(found, count)


def paces_over_time(seconds: Ratings, periods: Numbers, count: int) -> list[list[Figure | None]]:
    """The median over a period's responses of the own time over the median of the others' times, as `paces`.

    `seconds` is annotators x responses, NaN or 0 where the time is not recorded.
    """
    times = np.where(seconds > 0, seconds, np.nan)
    row, response = np.nonzero(~np.isnan(times) & (periods >= 0))
    ratios = (times / medians_of_others(times))[row, response]
    part = (row * count + periods[row, response])[~np.isnan(ratios)]
    ratios = ratios[~np.isnan(ratios)]
    order = np.argsort(part, kind="stable")
    ends = np.searchsorted(part[order], np.arange(len(seconds) * count + 1))
    parts = (ratios[order[start:end]] for start, end in pairwise(ends))
    return in_rows([Figure(float(np.median(each)), len(each)) if len(each) else None for each in parts], count)


def in_rows(items: list[Any], count: int) -> list[list[Any]]:
    """One after the other, cut into rows of `count`."""
    return [items[start : start + count] for start in range(0, len(items), max(count, 1))]
