"""What a sample of annotators tells about others of their kind.

The severities of a few annotators tell the variance of severity with about as many degrees of freedom as annotators, less one:
its interval is that of a variance of normal values, with Satterthwaite's degrees of freedom where annotators rated unequally
much.
That annotators also differ in noise and in their use of the scale shows when each of them is left out once.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import Clusters, Floats, each_two
from annotation.agreement.coefficients.components import beyond_responses, by_henderson

MOST_LEFT_OUT = 24  # times; with more annotators several are left out at a time


@dataclass(frozen=True)
class AnnotatorSample:
    """Rows of the five fields of Variance, each of which moves a figure by what one source of error amounts to.

    `severity` has the two ends of the annotators' variance. `without` has a row without each annotator, their variance left as
    it is; `chance` has a row for each part of what noise alone moves, which replicates over queries have as well.
    """

    severity: Floats
    without: Floats
    chance: Floats


def sample_of(data: Clusters, fields: Floats) -> AnnotatorSample | None:
    """`fields` is 1 x 5, of all annotators. None where nothing can be computed without one of them: so with two, of whom the
    variance of severity is not known within a factor of a thousand."""
    rated = (data.codes >= 0).astype(float)
    values = np.where(data.codes >= 0, data.levels[data.codes] - data.levels.mean(), 0)
    weights = data.query_counts[data.cluster]
    sums = sums_of(values, rated, weights)
    spread = np.linalg.eigvalsh(beyond_responses(sums, len(rated))[0])
    spread = spread[spread > 1e-9 * max(spread[-1], 1)]
    people = np.flatnonzero(rated.any(axis=1))
    groups = np.array_split(people, min(len(people), MOST_LEFT_OUT))
    remaining = []
    for group in groups:
        own = rated[group].any(axis=0)  # all other responses stay as they are
        before, after, of_own = values[:, own], rated[:, own], weights[own]
        rest = sums - sums_of(before, after, of_own)
        before[group] = after[group] = 0
        remaining.append((rest + sums_of(before, after, of_own * after.any(axis=0))) * of_others(group, len(rated)))
    without = np.repeat(fields, len(groups), axis=0)
    without[:, [0, 2]] = by_henderson(np.concatenate(remaining), len(rated))[:, [0, 2]]
    if np.isnan(without).any():
        return None
    severity = np.repeat(fields, 2, axis=0)
    severity[:, 1] = severity_ends(fields[0, 1], fields[0, 2], spread)
    return AnnotatorSample(severity, without, chance(fields, rated.sum(axis=0), weights, len(without)))


def of_others(group: NDArray[np.intp], annotators: int) -> Floats:
    """1 for each of the columns, but 0 for those about annotators in the group, of whom rounding would leave a little."""
    others = np.ones(annotators)
    others[group] = 0
    return np.concatenate([np.ones(4), np.tile(others, 3), np.outer(others, others)[each_two(annotators)]])


def severity_ends(annotator: float, residual: float, spread: Floats) -> tuple[float, float]:
    """The 95 % interval of the annotators' variance, less what of its width is due to the residual.

    What annotators explain beyond responses is a sum of squares with the expectations λ · annotator + residual, where `spread`
    has the λ: nearly a multiple of chi-square. The lower end is 0 where the residual alone could explain as much.
    """
    from scipy.special import chdtri  # type: ignore[import-untyped]  # late: most commands do without

    of_severity = spread * max(annotator, 0.0)
    expected = of_severity + residual
    if not expected.any():
        return np.nan, np.nan  # nothing varies beyond the responses
    freedom = expected.sum() ** 2 / (expected**2).sum()
    own = np.sqrt((of_severity**2).sum() / (expected**2).sum())
    explained, noise = spread.sum() * annotator + len(spread) * residual, len(spread) * residual
    low, high = ((explained * freedom / chdtri(freedom, tail) - noise) / spread.sum() for tail in (0.025, 0.975))
    return (annotator + own * (low - annotator) if low > 0 else min(annotator, 0.0)), annotator + own * (high - annotator)


def chance(fields: Floats, numbers: Floats, weights: Floats, groups: int) -> Floats:
    """Rows of fields, moved by what leaving out so many groups of annotators shows, as the root of a jackknife's variance, where
    annotators differ in nothing but normal noise. `numbers` has how many ratings a response has, `weights` how many there are.

    Without one group, a rating of a response of n adds three things to the fields that have no part in each other: the square of
    its response's mean, which now counts for less; the product of that mean and the rating's distance from it; and, to the
    response and the residual at once, the square of the distance. These are the expected squares of what the groups differ by.
    That is more than the variance that noise gives the fields themselves (twice as much with three ratings of each response by
    six annotators), and it is this that `without` has in it.
    """
    [[response, _annotator, residual, _k, _mean]] = fields
    residual = max(residual, 0.0)  # rounding may leave a little less than nothing
    remaining = (groups - 1) / groups
    ratings, several = weights @ numbers, numbers > 1
    paired, pairable = weights[several] @ numbers[several], weights[several].sum()
    of_mean = max(response, 0.0) + residual / numbers  # the variance of a response's mean
    by_means = weights @ (2 * of_mean**2 * numbers * np.maximum(1 - numbers / groups, 0))
    by_products = weights @ (4 * of_mean * residual * (numbers - 1))
    of_all = weights[several] @ (numbers[several] ** 2 / (numbers[several] - 1))
    by_squares = np.sqrt(remaining * 2 * residual**2 * (paired - of_all / groups))
    freedom = remaining * paired - pairable
    to_response = (pairable / paired + weights.sum() / freedom) / (remaining * ratings)
    moves = np.zeros((2, 5))
    moves[0, 0] = np.sqrt(remaining * (by_means + by_products)) / (remaining * ratings)
    moves[1, [0, 2]] = by_squares * to_response, -by_squares / freedom
    return fields + moves


def sums_of(values: Floats, rated: Floats, weights: Floats) -> Floats:
    """The sums of `columns` at once, 1 x columns. Values are 0 where nobody rated, and so are `weights`, one per response."""
    shares = weights / np.maximum(rated.sum(axis=0), 1)
    total = values.sum(axis=0)
    heads = [weights.sum(), shares.sum(), (values**2 @ weights).sum(), total**2 @ shares]
    shared = ((rated * shares) @ rated.T)[each_two(len(rated))]
    return np.concatenate([heads, rated @ weights, values @ weights, rated @ (total * shares), shared])[None, :]
