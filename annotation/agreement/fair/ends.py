"""Ratings at an end of the scale: the highest level says that a response is at least as good, the lowest at most.

As a point, a rating that was cut there would draw good responses down and bad ones up, and the standard errors would be too small
for them. Here its likelihood is that of normal noise beyond the end less half a step, and the prediction is where all ratings of
the response and its prior variance balance: the mode, by Newton's method. The annotators and the variances stay as the linear
model has them.
"""

from dataclasses import dataclass

import numpy as np

from annotation.agreement.clusters import Floats
from annotation.agreement.fair.members import Members, sums
from annotation.agreement.fair.model import Variances

STEPS = 15  # of Newton's method: the likelihood is concave, and a few steps are enough for all digits


@dataclass(frozen=True)
class Balanced:
    """Of each response the prediction t and its precision given the annotators; of each rating its part in that."""

    responses: Floats
    precision: Floats
    weights: Floats


def sides(ratings: Floats, ends: tuple[float, float]) -> Floats:
    """1 for a rating at the highest end, -1 at the lowest, else 0."""
    return np.where(ratings >= ends[1], 1.0, np.where(ratings <= ends[0], -1.0, 0.0))


def balanced(
    members: Members, ratings: Floats, side: Floats, start: Floats, annotators: Floats, variances: Variances, half_step: float
) -> Balanced:
    """`ratings` and their `side` are the members'; `start` is t of the linear model, `annotators` its b."""
    size, cut, of_rating = len(start), side != 0, variances.residual[members.annotator]
    own_side, sigma = side[cut], np.sqrt(of_rating[cut])
    border = ratings[cut] - own_side * half_step
    responses = start
    for _step in range(STEPS):
        middle = responses[members.group] + annotators[members.annotator]
        pull = (ratings - middle) / of_rating
        weights: Floats = 1 / of_rating
        distance = own_side * (middle[cut] - border) / sigma
        ratio = inverse_mills(distance)
        pull[cut], weights[cut] = own_side * ratio / sigma, ratio * (ratio + distance) / sigma**2
        precision = 1 / variances.response + sums(members.group, weights, size)
        responses = responses + (sums(members.group, pull, size) - responses / variances.response) / precision
    return Balanced(responses, precision, weights)


def inverse_mills(values: Floats) -> Floats:
    """The density of the standard normal distribution over its distribution function."""
    from scipy.special import log_ndtr  # type: ignore[import-untyped]  # late: most commands do without

    ratio: Floats = np.exp(-(values**2) / 2 - np.log(2 * np.pi) / 2 - log_ndtr(values))
    return ratio
