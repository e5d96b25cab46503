"""The times that an annotator takes: against the others' times, and against how much there is to read.

`seconds` is annotators x responses, NaN or 0 where the time is not recorded.
"""

import numpy as np

from annotation.agreement.annotators.shared import Figures
from annotation.agreement.clusters import Floats
from annotation.agreement.correlation import spearman_of_two
from annotation.agreement.figures import Figure
from annotation.agreement.ratings import Ratings
from annotation.agreement.reasons import FEW_TIMES, NO_TIMES, TIMES_ALIKE

FEWEST_TIMES = 3  # for a correlation: with two it is always 1 or -1


def paces(seconds: Ratings) -> Figures:
    """The pace: the median over responses of the own time over the median of the others' times.

    1 is equally long, 2 twice as long. `n` counts the responses with the own time and another's.
    """
    times = np.where(seconds > 0, seconds, np.nan)
    ratios = times / medians_of_others(times)
    return tuple(pace(own, own_ratios[~np.isnan(own_ratios)]) for own, own_ratios in zip(times, ratios, strict=True))


def pace(own: Floats, ratios: Floats) -> Figure:
    if not len(ratios):
        return Figure(None, 0, NO_TIMES if np.isnan(own).all() else FEW_TIMES)
    return Figure(float(np.median(ratios)), len(ratios))


def medians_of_others(times: Ratings) -> Floats:
    """For each time the median of the others' times of the response, NaN where there is none; annotators x responses.

    The others' times in ascending order are all times without the own, so those above the own stand one place further down. Of
    many annotators few have a time of a response: only those that there are get sorted, one response after the other.
    """
    annotator, response = np.nonzero(~np.isnan(times))
    order = np.lexsort((times[annotator, response], response))
    annotator, response = annotator[order], response[order]
    ascending, number = times[annotator, response], np.bincount(response, minlength=times.shape[1])
    first = (np.cumsum(number) - number)[response]
    rank, others = np.arange(len(response)) - first, number[response] - 1
    middles = [
        ascending[np.minimum(first + middle + (middle >= rank), len(response) - 1)] for middle in ((others - 1) // 2, others // 2)
    ]
    medians = np.full(times.shape, np.nan)
    medians[annotator, response] = np.where(others > 0, np.mean(middles, axis=0), np.nan)
    return medians


def attention(seconds: Ratings, content: Floats) -> Figures:
    """Spearman's coefficient of the own times with the amount of content. Near 0: a long response is not looked at for longer.

    `content` has a number per response, in any unit. `n` counts the responses whose time is recorded.
    """
    return tuple(attention_of_one(np.where(own > 0, own, np.nan), content) for own in seconds)


def attention_of_one(times: Floats, content: Floats) -> Figure:
    pairs = np.stack([times, content])
    pairs = pairs[:, ~np.isnan(pairs).any(axis=0)]
    n = pairs.shape[1]
    if n < FEWEST_TIMES:
        return Figure(None, n, FEW_TIMES if n else NO_TIMES)
    if (np.ptp(pairs, axis=1) == 0).any():
        return Figure(None, n, TIMES_ALIKE)
    return spearman_of_two(pairs)
