from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

from annotation.agreement.fair.ends import balanced, inverse_mills, sides
from annotation.agreement.fair.members import members_of
from annotation.agreement.fair.model import Variances
from tests.annotation.agreement.arrays import array

RATINGS = array([6, 1, 6, 4, 6], [6, 2, None, 6, 5], [6, 1, None, 3, None])
B, VARIANCES = np.array([0.4, -0.1, 3.9 - 4.2]), Variances(1.1, 0.3, np.array([0.4, 0.9, 0.2]))


def test_the_inverse_mills_ratio_is_the_density_over_the_distribution_function() -> None:
    values = np.array([-30.0, -3.0, -0.5, 0.0, 0.7, 4.0])
    assert inverse_mills(values) == pytest.approx(np.exp(norm.logpdf(values) - norm.logcdf(values)), rel=1e-10)


def test_ratings_at_or_beyond_an_end_are_at_its_side() -> None:
    assert sides(np.array([1.0, 1.5, 3.0, 5.9, 6.0, 6.5, 0.5]), (1, 6)).tolist() == [-1, 0, 0, 0, 1, 1, -1]


def log_posterior(t: float, response: int, half_step: float) -> float:
    total = float(norm.logpdf(t, 0, np.sqrt(VARIANCES.response)))
    for annotator, rating in enumerate(RATINGS[:, response]):
        middle, sigma = t + B[annotator], float(np.sqrt(VARIANCES.residual[annotator]))
        if rating == 6:
            total += norm.logsf(6 - half_step - 3.5, middle, sigma)
        elif rating == 1:
            total += norm.logcdf(1 + half_step - 3.5, middle, sigma)
        elif not np.isnan(rating):
            total += norm.logpdf(rating - 3.5, middle, sigma)
    return float(total)


@pytest.mark.parametrize("half_step", [0.5, 0.0])
def test_a_prediction_is_where_the_likelihood_of_cut_ratings_and_the_prior_are_greatest(half_step: float) -> None:
    members = members_of(~np.isnan(RATINGS))
    ratings = RATINGS[members.annotator, members.group]
    at_ends = balanced(members, ratings - 3.5, sides(ratings, (1, 6)), np.zeros(5), B, VARIANCES, half_step)
    for response, best in enumerate(at_ends.responses):
        before, most, after = (log_posterior(best + step, response, half_step) for step in (-1e-3, 0, 1e-3))
        assert (after - before) / 2e-3 == pytest.approx(0, abs=1e-5)
        assert at_ends.precision[response] == pytest.approx(-(before - 2 * most + after) / 1e-6, rel=1e-4)
    weights = np.bincount(members.group, at_ends.weights) + 1 / VARIANCES.response
    assert weights == pytest.approx(at_ends.precision, rel=1e-12)


def test_a_rating_that_was_not_cut_weighs_by_its_annotators_noise() -> None:
    members = members_of(~np.isnan(RATINGS))
    ratings: Any = RATINGS[members.annotator, members.group]
    side = sides(ratings, (1, 6))
    weights = balanced(members, ratings - 3.5, side, np.zeros(5), B, VARIANCES, 0.5).weights
    own = 1 / VARIANCES.residual[members.annotator]
    assert weights[side == 0] == pytest.approx(own[side == 0])
    assert (weights[side != 0] < own[side != 0]).all()
