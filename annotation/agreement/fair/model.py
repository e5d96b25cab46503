"""The crossed model at known variances: best linear unbiased predictions, by Henderson's mixed model equations.

    rating of response i by annotator j = t(i) + b(j) + residual,  t(i) ~ (0, T),  b(j) ~ (m, B),  residual ~ (0, R(j))

The mean m is unknown. The equations are solved for the annotators, of whom there are few; each response is left with one equation
of its own. Sources: Henderson 1975, "Best linear unbiased estimation and prediction under a selection model", Biometrics 31;
Searle, Casella & McCulloch 1992, chapter 7.
"""

from dataclasses import dataclass

import numpy as np

from annotation.agreement.clusters import Floats
from annotation.agreement.fair.members import Indices, Mask, Members, members_of, panels_of, sums


@dataclass(frozen=True)
class Variances:
    """T, B and R(j), in squared points: of responses, of annotators, and of each annotator's residuals."""

    response: float
    annotator: float
    residual: Floats


@dataclass(frozen=True)
class Design:
    """`rated` is annotators x responses; `annotator` and `response` say whose and of what each rating is. `panel` has the number
    of each response's panel, `counts` how many responses a panel has; `members` are those of the panels."""

    rated: Mask
    annotator: Indices
    response: Indices
    panel: Indices
    counts: Floats
    members: Members

    @property
    def annotators(self) -> int:
        return len(self.rated)

    @property
    def responses(self) -> int:
        return len(self.panel)

    def by_annotator(self, numbers: Floats) -> Floats:
        """The sums over each annotator's ratings."""
        return sums(self.annotator, numbers, self.annotators)

    def by_response(self, numbers: Floats) -> Floats:
        return sums(self.response, numbers, self.responses)


@dataclass(frozen=True)
class Solution:
    """The predictions: `annotators` has b, and `covariance` that of their errors, annotators x annotators; `responses` has t.

    `precision` is that of a response given the annotators, for each panel; `shared` minus the covariance of the errors of the
    response and of the annotator, for each member of a panel.
    """

    annotators: Floats
    covariance: Floats
    responses: Floats
    precision: Floats
    shared: Floats


def design_of(rated: Mask) -> Design:
    """`rated` is annotators x responses. Every response has a rating, and every annotator."""
    panels, panel = panels_of(rated)
    response, annotator = np.nonzero(np.ascontiguousarray(rated.T))
    return Design(rated, annotator, response, panel, np.bincount(panel).astype(float), members_of(panels))


def solve(design: Design, ratings: Floats, variances: Variances) -> Solution:
    """`ratings` are in the order of the design's."""
    weights: Floats = 1 / variances.residual
    members = design.members
    own, size = weights[members.annotator], design.annotators
    precision = 1 / variances.response + sums(members.group, own, len(design.counts))
    matrix = equations(design, own, precision) + (np.eye(size) - 1 / size) / variances.annotator
    covariance = np.linalg.inv(matrix).astype(float, copy=False)

    of_rating, of_response = weights[design.annotator], precision[design.panel]
    means = design.by_response(of_rating * ratings) / of_response
    annotators = covariance @ design.by_annotator(of_rating * (ratings - means[design.response]))
    responses = means - design.by_response(of_rating * annotators[design.annotator]) / of_response
    shared = shared_errors(members, own, precision, covariance)
    return Solution(annotators, covariance, responses, precision, shared)


def equations(design: Design, weights: Floats, precision: Floats) -> Floats:
    """The annotators' equations with the responses taken out, annotators x annotators. `weights` are the members'."""
    members, size = design.members, design.annotators
    per_panel = design.counts / precision
    one, two = members.pairs
    products = weights[members.first] * weights[members.second] * per_panel[members.group[members.first]]
    between = sums(one * size + two, products, size * size).reshape(size, size)
    matrix = -between - between.T
    own = weights * design.counts[members.group] - weights**2 * per_panel[members.group]
    matrix[range(size), range(size)] = sums(members.annotator, own, size)
    return matrix


def shared_errors(members: Members, weights: Floats, precision: Floats, covariance: Floats) -> Floats:
    """For each member of a group, minus the covariance of the errors of the group's response and of the annotator."""
    size, between = len(weights), covariance[members.pairs]
    errors = weights * np.diag(covariance)[members.annotator]
    errors += sums(members.first, weights[members.second] * between, size)
    errors += sums(members.second, weights[members.first] * between, size)
    shared: Floats = errors / precision[members.group]
    return shared


def response_errors(members: Members, weights: Floats, precision: Floats, shared: Floats) -> Floats:
    """The variance of the error of each group's t."""
    return 1 / precision + sums(members.group, weights * shared, len(precision)) / precision


def fair_errors(members: Members, weights: Floats, precision: Floats, covariance: Floats) -> Floats:
    """The variance of the error of t + the mean of b over all annotators, for each group."""
    shared = shared_errors(members, weights, precision, covariance)
    with_mean = sums(members.group, weights * covariance.mean(axis=0)[members.annotator], len(precision)) / precision
    return response_errors(members, weights, precision, shared) + float(covariance.mean()) - 2 * with_mean
