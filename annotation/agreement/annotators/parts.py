"""The severity that parts of an annotator's ratings show: those of a period, of a system, of a field."""

import numpy as np

from annotation.agreement.annotators.estimates import Estimate, Numbers, distinct, from_squares, pairs
from annotation.agreement.annotators.least_squares import LeastSquares
from annotation.agreement.annotators.shared import Mask
from annotation.agreement.clusters import Floats

PAIRS = 20_000  # at a time: 32 MB with 200 annotators


def means_of_parts(fit: LeastSquares, parts: Numbers, count: int, *, from_own: bool = False) -> list[list[Estimate | None]]:
    """Annotators x parts: the weighted mean of the gaps of an annotator's ratings in each of `count` parts; None without any.

    `parts` has the number of each shared rating's part, from 0; -1 for none. With `from_own` the mean is taken from the
    annotator's severity. `n` counts responses. The standard errors are clustered by query, and have the errors of the severities
    in them that the gaps take out.
    """
    annotators, counted = len(fit.severity), parts >= 0
    part, size = (fit.annotator * count + parts)[counted], annotators * count
    weight, gap = fit.weight[counted], fit.gap[counted]
    weights = np.bincount(part, weights=weight, minlength=size)
    total = np.where(weights > 0, weights, 1.0)
    mean = np.bincount(part, weights=weight * gap, minlength=size) / total
    of_pair, query, place = pairs(part, fit.query[counted])
    moves = np.bincount(place, weights=weight * (gap - mean[part]), minlength=len(of_pair)) / total[of_pair]
    severities = shares_of_others(fit, counted, part, total)
    owner = np.arange(size) // count
    if from_own:
        severities[np.arange(size), owner] -= 1
        mean -= np.nan_to_num(fit.severity)[owner]
    squares = np.bincount(of_pair, weights=moves**2, minlength=size) + quadratic(severities, fit.moves.T @ fit.moves)
    squares += 2 * np.bincount(of_pair, weights=moves * products(fit.moves, query, severities, of_pair), minlength=size)
    n, queries = distinct(part, fit.response[counted], size), np.bincount(of_pair, minlength=size)
    figures = [
        from_squares(value, responses, max(square, 0.0), of_queries) if responses else None
        for value, responses, square, of_queries in zip(
            mean.tolist(), n.tolist(), squares.tolist(), queries.tolist(), strict=True
        )
    ]
    return [figures[row * count : (row + 1) * count] for row in range(annotators)]


def shares_of_others(fit: LeastSquares, counted: Mask, part: Numbers, total: Floats) -> Floats:
    """Parts x annotators: how much of each severity is in a part's mean gap, for it is taken out of the others' ratings. `total`
    is the weight of each part."""
    from scipy.sparse import csr_array  # type: ignore[import-untyped]  # late: most commands do without

    cells = fit.rated.shape[1] * (int(fit.criterion.max(initial=0)) + 1)
    everybody = csr_array((np.ones(len(fit.cell)), (fit.annotator, fit.cell)), shape=(len(fit.severity), cells))
    own = csr_array((1 / fit.raters[counted], (part, fit.cell[counted])), shape=(len(total), cells))
    shares = (own @ everybody.T).toarray() / total[:, None]
    shares[part, fit.annotator[counted]] = 0  # all of it the own
    return np.asarray(shares)


def quadratic(vectors: Floats, matrix: Floats) -> Floats:
    """v' M v of each row."""
    return np.asarray(((vectors @ matrix) * vectors).sum(axis=1))


def products(left: Floats, left_rows: Numbers, right: Floats, right_rows: Numbers) -> Floats:
    """The inner products of rows, pair by pair."""
    found = [
        np.einsum("ij,ij->i", left[left_rows[start : start + PAIRS]], right[right_rows[start : start + PAIRS]])
        for start in range(0, len(left_rows), PAIRS)
    ]
    return np.concatenate([np.zeros(0), *found])
