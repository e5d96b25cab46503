"""The variances of the crossed model, by restricted maximum likelihood: the EM algorithm, accelerated.

Each step puts the expected squares of what the model predicts in place of the variances (Searle, Casella & McCulloch 1992,
chapter 8). An annotator's residual variance counts as if there were PRIOR ratings more with the residual variance of all: with a
handful of ratings it would else collapse to 0. Steps are extrapolated by SQUAREM (Varadhan & Roland 2008, Scandinavian Journal of
Statistics 35, third scheme), on logarithms.
"""

import numpy as np

from annotation.agreement.clusters import Floats
from annotation.agreement.fair.members import sums
from annotation.agreement.fair.model import Design, Variances, response_errors, solve

PRIOR = 4  # ratings
LEAST = 1e-4  # of a variance, of that of the ratings: at 0 the steps would go on for ever
MOST = 1e4  # likewise: where steps grow shorter all but evenly, they are extrapolated to beyond all numbers
CLOSE = 1e-7  # of the variance of the ratings: changes no digit that is shown
STEPS = 60


def estimate(design: Design, ratings: Floats) -> Variances:
    """`ratings` are in the order of the design's, not all equal; two annotators or more."""
    total = float(ratings.var())
    least, most = np.log(LEAST * total), np.log(MOST * total)
    logs = np.log(total * np.r_[0.6, 0.1, np.full(design.annotators, 0.3)])
    for _step in range(STEPS):
        first = step(design, ratings, logs, least)
        second = step(design, ratings, first, least)
        if np.abs(np.exp(second) - np.exp(first)).max() < CLOSE * total:
            return unpacked(second)
        change = first - logs
        bend = second - first - change
        length = max(1.0, np.sqrt((change @ change) / (bend @ bend)))
        logs = np.clip(logs + 2 * length * change + length**2 * bend, least, most)
    return unpacked(second)


def step(design: Design, ratings: Floats, logs: Floats, least: float) -> Floats:
    """One step of EM, from logarithms to logarithms: of the responses' variance, the annotators', and each residual."""
    new = expected(design, ratings, unpacked(logs))
    logarithms: Floats = np.maximum(np.log(np.r_[new.response, new.annotator, new.residual]), least)
    return logarithms


def unpacked(logs: Floats) -> Variances:
    response, annotator, *residual = np.exp(logs)
    return Variances(float(response), float(annotator), np.array(residual))


def expected(design: Design, ratings: Floats, variances: Variances) -> Variances:
    """The expected mean squares of what these variances predict."""
    solution, members = solve(design, ratings, variances), design.members
    own = 1 / variances.residual[members.annotator]
    errors = response_errors(members, own, solution.precision, solution.shared)
    response = (solution.responses @ solution.responses + design.counts @ errors) / design.responses

    size, covariance = design.annotators, solution.covariance
    centred = solution.annotators - solution.annotators.mean()
    annotator = (centred @ centred + np.trace(covariance) - covariance.sum() / size) / (size - 1)

    residuals = ratings - solution.responses[design.response] - solution.annotators[design.annotator]
    of_members = np.diag(covariance)[members.annotator] + errors[members.group] - 2 * solution.shared
    squares = design.by_annotator(residuals**2)
    squares += sums(members.annotator, of_members * design.counts[members.group], size)
    counts = np.bincount(design.annotator, minlength=size)
    residual = (squares + PRIOR * squares.sum() / counts.sum()) / (counts + PRIOR)
    return Variances(float(response), float(annotator), residual)
