"""What a sample of annotators tells of others, against ratings in which annotators are left out by hand."""

from typing import Any

import numpy as np
import pytest
from scipy.stats import chi2

from annotation.agreement import components
from annotation.agreement.clusters import clusters_of
from annotation.agreement.coefficients.components import columns
from annotation.agreement.reliability import sample
from annotation.agreement.reliability.sample import chance, sample_of, severity_ends, sums_of
from tests.annotation.agreement.arrays import array, study


def sampled(ratings: Any) -> Any:
    parts = components(ratings)
    assert parts is not None
    fields = np.array([[parts.response, parts.annotator, parts.residual, parts.ratings, 3.5]])
    return sample_of(clusters_of(ratings, None, np.arange(ratings.shape[1]), at_least=1), fields), fields[0]


def without(ratings: Any, *annotators: int) -> list[float]:
    parts = components(np.delete(ratings, annotators, axis=0))
    assert parts is not None
    return [parts.response, parts.residual]


@pytest.mark.parametrize("missing", [0.0, 0.3, 0.6])
def test_each_annotator_is_left_out_once_and_the_variance_of_severity_stays(missing: float) -> None:
    ratings = study(60, annotators=5, missing=missing, seed=4).ratings
    actual, fields = sampled(ratings)
    expected = [without(ratings, annotator) for annotator in range(5)]
    np.testing.assert_allclose(actual.without[:, [0, 2]], expected, atol=1e-10)
    np.testing.assert_array_equal(actual.without[:, [1, 3, 4]], np.tile(fields[[1, 3, 4]], (5, 1)))


def test_many_annotators_are_left_out_in_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "MOST_LEFT_OUT", 3)
    ratings = study(60, annotators=5, missing=0.3, seed=4).ratings
    actual, _fields = sampled(ratings)
    expected = [without(ratings, 0, 1), without(ratings, 2, 3), without(ratings, 4)]
    np.testing.assert_allclose(actual.without[:, [0, 2]], expected, atol=1e-10)


def test_annotators_without_a_rating_are_not_left_out() -> None:
    ratings = study(40, annotators=4, seed=1).ratings
    padded = np.insert(ratings, 2, np.nan, axis=0)
    np.testing.assert_allclose(sampled(padded)[0].without, sampled(ratings)[0].without, atol=1e-10)


def test_equal_responses_that_are_pooled_count_as_often_as_they_come() -> None:
    ratings = study(150, annotators=4, seed=1).ratings
    pooled = clusters_of(ratings, None, np.arange(150), at_least=1)
    assert len(pooled.query_counts) < 150
    fields = np.array([[1.0, 0.2, 0.5, 3.0, 3.5]])
    one_by_one = clusters_of(np.hstack([ratings, ratings[:, :1]]), None, np.append(np.arange(150), 0), at_least=1)
    twice = clusters_of(np.hstack([ratings, ratings[:, :1]]), None, np.arange(151), at_least=1)
    actual, expected = sample_of(twice, fields), sample_of(one_by_one, fields)
    assert actual is not None
    assert expected is not None
    for part in ("severity", "without", "chance"):
        np.testing.assert_allclose(getattr(actual, part), getattr(expected, part), atol=1e-10)


def test_two_annotators_tell_nothing_of_others_and_neither_do_two_pairs() -> None:
    pairs = np.full((4, 8), np.nan)
    pairs[:2, :4], pairs[2:, 4:] = study(4, annotators=2, missing=0).ratings, study(4, annotators=2, missing=0, seed=2).ratings
    fields = np.array([[1.0, 0.2, 0.5, 2.0, 3.5]])
    two = clusters_of(study(20, annotators=2, missing=0).ratings, None, np.arange(20), at_least=1)
    assert sample_of(two, fields) is None
    assert sample_of(clusters_of(pairs[:3], None, np.arange(8), at_least=1), fields) is None


def test_three_annotators_are_enough_unless_nothing_is_shared_without_one_of_them() -> None:
    crossed = study(20, annotators=3, missing=0).ratings
    assert sampled(crossed)[0] is not None
    chain = crossed.copy()
    chain[0, 10:] = chain[2, :10] = np.nan  # the first and the third share nothing
    assert sampled(chain)[0] is None


def test_severities_alone_have_the_interval_of_a_variance_of_normal_values() -> None:
    """Six annotators of 100 responses: 5 x variance / chi-square, whose quantiles for 5 are .8312 and 12.8325."""
    assert severity_ends(1.0, 0.0, np.full(5, 100.0)) == pytest.approx((5 / 12.8325, 5 / 0.83121), rel=1e-5)


def test_unequal_numbers_of_ratings_have_satterthwaites_degrees_of_freedom() -> None:
    """(1 + 3)² / (1² + 3²) = 1.6"""
    ends = severity_ends(2.0, 0.0, np.array([1.0, 3.0]))
    assert ends == pytest.approx((2 * 1.6 / chi2.ppf(0.975, 1.6), 2 * 1.6 / chi2.ppf(0.025, 1.6)), rel=1e-9)


def test_the_share_of_the_width_that_noise_explains_is_left_out() -> None:
    """Ten responses by six annotators, as much noise as severity: expectations 11, of which 10 are of severity.

    55 x 5 / chi-square is the interval of 5 x (10 x variance + 1); of its distance from the estimate 10 / 11 are severity's.
    """
    low, high = ((55 * 5 / quantile - 5) / 50 for quantile in (12.832502, 0.8312116))
    expected = (1 + 10 / 11 * (low - 1), 1 + 10 / 11 * (high - 1))
    assert severity_ends(1.0, 1.0, np.full(5, 10.0)) == pytest.approx(expected, rel=1e-6)


def test_severities_that_noise_could_explain_may_be_none() -> None:
    low, high = severity_ends(0.1, 1.0, np.full(5, 10.0))
    assert (low, high > 0.1) == (0.0, True)
    assert severity_ends(-0.05, 1.0, np.full(5, 10.0)) == (-0.05, -0.05)


def test_chance_moves_the_components_by_their_standard_errors() -> None:
    """k = 2, 100 responses: √(4 · 1 · .5 / 200) = .1, √(2 · .25 / 200) = .05 for the products, and for the squares."""
    fields = np.array([[1.0, 0.3, 0.5, 2.0, 3.5]])
    expected = [[1.1, 0.3, 0.5, 2, 3.5], [1.05, 0.3, 0.45, 2, 3.5], [1, 0.3, 0.55, 2, 3.5]]
    np.testing.assert_allclose(chance(fields, 100), expected, atol=1e-12)
    negative, three = np.array([[-1.0, 0.3, 0.5, 2.0, 3.5]]), np.array([[1.0, 0.3, 0.5, 3.0, 3.5]])
    np.testing.assert_allclose(chance(negative, 100)[0], negative[0], atol=1e-12)
    assert chance(three, 100)[1, 0] == pytest.approx(1 + np.sqrt(2 * 0.25 / 600), abs=1e-12)


def test_the_sums_at_once_are_those_of_the_columns() -> None:
    ratings = array([1, 4, None, 2, None], [2, None, 3, 6, None], [None, 5, 2, 1, 3])
    data = clusters_of(ratings, None, None, at_least=1)
    weights = np.arange(1.0, data.codes.shape[1] + 1)
    values = np.where(data.codes < 0, 0, data.levels[data.codes] - data.levels.mean())
    expected = [column @ weights for column in columns(data)]
    assert sums_of(values, (data.codes >= 0) * 1.0, weights)[0].tolist() == pytest.approx(expected, abs=1e-12)
