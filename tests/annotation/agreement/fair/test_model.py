from typing import Any

import numpy as np
import pytest

from annotation.agreement.fair.model import Design, Solution, Variances, design_of, fair_errors, response_errors, solve
from tests.annotation.agreement.arrays import array, study
from tests.annotation.agreement.fair.dense import Dense


def solved(ratings: Any, variances: Variances) -> tuple[Design, Any, Solution]:
    design = design_of(~np.isnan(ratings))
    values = ratings[design.annotator, design.response]
    return design, values, solve(design, values, variances)


def test_where_everybody_rated_everything_a_value_is_the_mean_drawn_towards_the_mean_of_all() -> None:
    ratings = array([1.0, 4.0, 4.0, 3.0], [3.0, 4.0, 6.0, 3.0])
    design, _values, solution = solved(ratings, Variances(3.0, 2.0, np.array([2.0, 2.0])))
    # by hand: means 2, 4, 5, 3 of 3.5; two ratings leave 2 / 2 = 1 of noise: 3 / (3 + 1) of each distance stays
    fair = solution.responses + solution.annotators.mean()
    assert fair == pytest.approx([3.5 - 1.125, 3.5 + 0.375, 3.5 + 1.125, 3.5 - 0.375], abs=1e-12)
    # annotators lie .5 below and above: 2 / (2 + 2 / 4) of that stays
    assert solution.annotators - solution.annotators.mean() == pytest.approx([-0.4, 0.4], abs=1e-12)
    # of the error's variance, .75 * 1 around the mean of four responses, 1 / 4 of the mean itself
    own = np.array([0.5, 0.5])
    errors = fair_errors(design.members, own, solution.precision, solution.covariance)
    assert errors == pytest.approx([0.75 * 3 / 4 + 1 / 4], abs=1e-12)


def test_who_rates_with_less_noise_counts_for_more() -> None:
    ratings = array([1.0, 5.0], [3.0, 3.0])
    _design, _values, solution = solved(ratings, Variances(1e9, 1e9, np.array([1.0, 3.0])))
    # almost nothing is drawn in: the annotators' means are equal, so that 3/4 and 1/4 of the ratings are left
    assert solution.responses + solution.annotators.mean() == pytest.approx([1.5, 4.5], abs=1e-6)


@pytest.mark.parametrize("missing", [0.0, 0.3, 0.6])
@pytest.mark.parametrize("annotators", [2, 3, 7])
def test_predictions_and_their_errors_are_those_of_whole_matrices(missing: float, annotators: int) -> None:
    ratings = study(40, 1, annotators, seed=annotators, missing=missing).ratings
    ratings = ratings[:, ~np.isnan(ratings).all(axis=0)]
    variances = Variances(0.9, 0.2, np.linspace(0.3, 1.1, annotators))
    design, values, solution = solved(ratings, variances)
    predictions, errors = Dense(design, values, variances).predict(Dense(design, values, variances).fair_parts())
    own = 1 / variances.residual[design.members.annotator]
    assert solution.responses + solution.annotators.mean() == pytest.approx(predictions, abs=1e-10)
    actual = fair_errors(design.members, own, solution.precision, solution.covariance)[design.panel]
    assert actual == pytest.approx(errors, abs=1e-10)
    of_responses = response_errors(design.members, own, solution.precision, solution.shared)[design.panel]
    only = np.hstack([np.eye(design.responses), np.zeros((design.responses, annotators))])
    inverse = np.linalg.inv(Dense(design, values, variances).total)
    ones, parts = np.ones((len(values), 1)), only @ Dense(design, values, variances).prior
    across = parts @ Dense(design, values, variances).incidence.T
    projection = inverse - inverse @ ones @ ones.T @ inverse / (ones.T @ inverse @ ones)
    assert of_responses == pytest.approx(variances.response - np.diag(across @ projection @ across.T), abs=1e-10)


def test_the_errors_that_a_response_and_an_annotator_share_are_those_of_whole_matrices() -> None:
    ratings = study(25, 1, 4, seed=1, missing=0.4).ratings
    ratings = ratings[:, ~np.isnan(ratings).all(axis=0)]
    variances = Variances(0.7, 0.3, np.array([0.4, 0.6, 0.8, 1.0]))
    design, _values, solution = solved(ratings, variances)
    precision = np.diag(np.r_[np.full(design.responses, 1 / 0.7), np.zeros(4)])  # of responses, then of annotators
    precision[-4:, -4:] = (np.eye(4) - 1 / 4) / 0.3
    incidence = np.zeros((len(design.response), design.responses + 4))
    incidence[range(len(incidence)), design.response] = 1
    incidence[range(len(incidence)), design.responses + design.annotator] = 1
    errors = np.linalg.inv(incidence.T @ (incidence / variances.residual[design.annotator][:, None]) + precision)
    assert solution.covariance == pytest.approx(errors[-4:, -4:], abs=1e-10)
    first_of = {int(panel): place for place, panel in reversed(list(enumerate(design.panel)))}
    expected = [
        -errors[first_of[group], design.responses + annotator]
        for group, annotator in zip(design.members.group.tolist(), design.members.annotator.tolist(), strict=True)
    ]
    assert solution.shared == pytest.approx(expected, abs=1e-10)


def test_a_design_lists_ratings_response_by_response() -> None:
    design = design_of(~np.isnan(array([1, None, 3], [2, 5, 4])))
    assert (design.response.tolist(), design.annotator.tolist()) == ([0, 0, 1, 2, 2], [0, 1, 1, 0, 1])
    assert (design.annotators, design.responses, sorted(design.counts.tolist())) == (2, 3, [1.0, 2.0])
    assert design.panel[0] == design.panel[2] != design.panel[1]
