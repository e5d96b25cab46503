"""Pairs of annotators who gave the same on nearly everything, which in public data sets is mostly a copying error.

The unit is a judgement: all that an annotator gave to a response, "not applicable" included. Two who judge alike give equal
judgements now and then; how often is seen from the other pairs. Copied columns are equal so often that chance, in the least
favourable case, would not bring it about once in a thousand studies.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.annotators.shared import Mask
from annotation.agreement.clusters import Floats

FEWEST_RATINGS = 30
NEARLY_ALL = 0.98  # of the ratings
AT_LEAST_HALF = 0.5  # of the judgements of any two might well be equal
CHANCE = 0.001  # that a study in which nobody copied has such a pair


@dataclass(frozen=True)
class Copy:
    """Two annotators by their numbers, the responses and ratings that both gave, and the share of these ratings that is equal."""

    first: int
    second: int
    responses: int
    ratings: int
    equal: float


def copies(values: Floats, judged: Mask) -> list[Copy]:
    """The pairs of annotators that are equal on at least 98 % of 30 ratings or more, and by far more often than others.

    `values` is criteria x annotators x responses, NaN for no rating; `judged` is annotators x responses. A pair is one of these
    where so many equal judgements have a probability below .001, taken times the number of pairs, if each were equal with the
    share of equal judgements of the other pairs, or with that of the commonest judgement, and in any case with one half.
    """
    from scipy.special import bdtrc  # type: ignore[import-untyped]  # late: most commands do without

    numbers = judgement_numbers(values, judged)
    shared = judged.astype(float) @ judged.T.astype(float)
    pairs = [pair for pair in combinations(range(len(judged)), 2) if shared[pair]]
    of_all = pairs_of_judgements(numbers)
    copied = []
    for first, second in pairs:
        both = judged[first] & judged[second]
        n, alike = int(both.sum()), int((numbers[first, both] == numbers[second, both]).sum())
        if alike / n < AT_LEAST_HALF:
            continue
        own, other = values[:, first, both], values[:, second, both]
        ratings = int((~np.isnan(own) & ~np.isnan(other)).sum())
        equal = int((own == other).sum())
        if ratings < FEWEST_RATINGS or equal < NEARLY_ALL * ratings:
            continue
        rest, rest_alike = of_all[0] - n, of_all[1] - alike
        commonest = np.unique(numbers[[first, second]][:, both], return_counts=True)[1].max() / (2 * n)
        share = max(AT_LEAST_HALF, commonest, rest_alike / rest if rest else 0)
        if len(pairs) * bdtrc(alike - 1, n, share) < CHANCE:
            copied.append(Copy(first, second, n, ratings, equal / ratings))
    return copied


def judgement_numbers(values: Floats, judged: Mask) -> NDArray[np.int64]:
    """A number for each judgement, equal for equal ones; -1 where there is none. Annotators x responses."""
    numbers = np.zeros(int(judged.sum()), dtype=np.int64)
    for ratings in values:
        levels, codes = np.unique(ratings[judged], return_inverse=True)  # NaN, for not applicable, is the last of the levels
        numbers = np.unique(numbers * len(levels) + codes, return_inverse=True)[1].astype(np.int64)
    placed = np.full(judged.shape, -1, dtype=np.int64)
    placed[judged] = numbers
    return placed


def pairs_of_judgements(numbers: NDArray[np.int64]) -> tuple[int, int]:
    """How many pairs of judgements of one response there are, and how many of them are equal."""
    places, responses = np.nonzero(numbers >= 0)
    size = int(numbers.max(initial=0)) + 1
    together = np.bincount(responses)
    equal = np.unique(responses * size + numbers[places, responses], return_counts=True)[1]
    of_all, alike = ((counts * (counts - 1) // 2).sum() for counts in (together, equal))
    return int(of_all), int(alike)
