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


def test_severity_has_the_ends_of_the_annotators_variance_alone() -> None:
    ratings = study(60, annotators=5, missing=0.5, seed=4).ratings + np.array([[0.0], [1.0], [-1.0], [0.5], [-0.5]])
    actual, fields = sampled(ratings)
    rated = ~np.isnan(ratings[:, (~np.isnan(ratings)).any(axis=0)])
    spread = np.linalg.eigvalsh(np.diag(rated.sum(axis=1)) - (rated / rated.sum(axis=0)) @ rated.T)[1:]
    expected = np.tile(fields, (2, 1))
    expected[:, 1] = severity_ends(fields[1], fields[2], spread)
    np.testing.assert_allclose(actual.severity, expected, rtol=1e-9)


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


def test_chance_moves_the_components_as_leaving_out_annotators_does_where_all_rated_everything() -> None:
    """Three annotators of 90 responses, whose means vary by 1 + .3 / 3: √(4 · .3 · 1.1 / 270) by their products with noise.

    By squares √(2 · .3² / 90) of the residual, twice the variance that it has, and two thirds of that of the response.
    """
    fields = np.array([[1.0, 0.2, 0.3, 3.0, 3.5]])
    products, squares = np.sqrt(4 * 0.3 * 1.1 / 270), np.sqrt(2 * 0.3**2 / 90)
    expected = [[1 + products, 0.2, 0.3, 3, 3.5], [1 + squares * 2 / 3, 0.2, 0.3 - squares, 3, 3.5]]
    np.testing.assert_allclose(chance(fields, np.full(90, 3.0), np.ones(90), 3), expected, atol=1e-12)
    pooled = chance(fields, np.array([3.0, 3.0]), np.array([40.0, 50.0]), 3)
    np.testing.assert_allclose(pooled, expected, atol=1e-12)


def test_responses_with_fewer_ratings_than_annotators_move_the_components_by_their_means_too() -> None:
    """Four annotators: ten responses with one rating, twenty with two, thirty with three; the means vary by 1.6, 1.3 and 1.2.

    Three quarters of the 140 ratings remain, 105; of the 130 of responses with several, 97.5, less these 50.
    """
    means = 10 * 2 * 1.6**2 * 3 / 4 + 20 * 2 * 1.3**2 * 2 / 2 + 30 * 2 * 1.2**2 * 3 / 4
    products = 20 * 4 * 1.3 * 0.6 + 30 * 4 * 1.2 * 0.6 * 2
    squares = np.sqrt(3 / 4 * 2 * 0.6**2 * (130 - (20 * 4 + 30 * 4.5) / 4))
    first, second = np.sqrt(3 / 4 * (means + products)) / 105, squares * (50 / 130 + 60 / 47.5) / 105
    numbers, weights = np.array([1.0, 2.0, 3.0]), np.array([10.0, 20.0, 30.0])
    actual = chance(np.array([[1.0, 0.2, 0.6, 2.0, 3.5]]), numbers, weights, 4)
    expected = [[1 + first, 0.2, 0.6, 2, 3.5], [1 + second, 0.2, 0.6 - squares / 47.5, 2, 3.5]]
    np.testing.assert_allclose(actual, expected, atol=1e-12)


def test_responses_that_do_not_differ_have_means_of_noise_alone() -> None:
    negative, none = (chance(np.array([[r, 0.2, 0.3, 3.0, 3.5]]), np.full(90, 3.0), np.ones(90), 3) for r in (-0.1, 0.0))
    np.testing.assert_allclose(negative - [-0.1, 0, 0, 0, 0], none, atol=1e-12)


def test_groups_of_annotators_smaller_than_the_ratings_of_a_response_weigh_no_response_differently() -> None:
    """30 ratings by annotators in 24 groups: as where each group has a rating, with 24 for what remains."""
    [by_means, _by_squares] = chance(np.array([[1.0, 0.2, 0.3, 30.0, 3.5]]), np.full(9, 30.0), np.ones(9), 24)
    assert by_means[0] - 1 == pytest.approx(np.sqrt(23 / 24 * 9 * 4 * 1.01 * 0.3 * 29) / (23 / 24 * 270), rel=1e-12)


@pytest.mark.parametrize(("annotators", "each"), [(4, 4), (6, 3), (5, 2)])
def test_what_chance_moves_is_what_leaving_out_annotators_shows_who_differ_in_severity_alone(annotators: int, each: int) -> None:
    shown, by_chance = [], []
    for seed in range(200):
        random = np.random.default_rng(seed)
        quality, severity = random.normal(size=100), 0.3 * random.normal(size=(annotators, 1))
        ratings = quality + severity + 0.7 * random.normal(size=(annotators, 100))
        ratings[random.random(ratings.shape).argsort(axis=0) >= each] = np.nan
        actual, fields = sampled(ratings)
        apart = actual.without - actual.without.mean(axis=0)
        shown.append((annotators - 1) / annotators * (apart**2).sum(axis=0)[[0, 2]])
        by_chance.append(((actual.chance - fields) ** 2).sum(axis=0)[[0, 2]])
    np.testing.assert_allclose(np.mean(by_chance, axis=0), np.mean(shown, axis=0), rtol=0.15)


def test_the_sums_at_once_are_those_of_the_columns() -> None:
    ratings = array([1, 4, None, 2, None], [2, None, 3, 6, None], [None, 5, 2, 1, 3])
    data = clusters_of(ratings, None, None, at_least=1)
    weights = np.arange(1.0, data.codes.shape[1] + 1)
    values = np.where(data.codes < 0, 0, data.levels[data.codes] - data.levels.mean())
    expected = [column @ weights for column in columns(data)]
    assert sums_of(values, (data.codes >= 0) * 1.0, weights)[0].tolist() == pytest.approx(expected, abs=1e-12)


def test_where_nothing_varies_beyond_the_responses_severity_has_no_interval_and_nothing_warns() -> None:
    """Warnings are errors in the tests."""
    assert np.isnan(severity_ends(0.0, 0.0, np.array([2.0, 2.0]))).all()
    same = np.tile(np.array([1.0, 5.0]), (3, 1))
    alike, _fields = sampled(same)
    assert np.isnan(alike.severity[:, 1]).all()
    assert np.isfinite(alike.chance).all()


def test_a_residual_that_rounding_leaves_below_nothing_counts_as_nothing() -> None:
    numbers, weights = np.array([3.0]), np.array([2.0])
    fields = np.array([[1.0, 0.1, -6e-16, 3.0, 3.0]])
    moved = chance(fields, numbers, weights, 3) - fields
    nothing = np.array([[1.0, 0.1, 0.0, 3.0, 3.0]])
    np.testing.assert_allclose(moved, chance(nothing, numbers, weights, 3) - nothing, atol=1e-12)
