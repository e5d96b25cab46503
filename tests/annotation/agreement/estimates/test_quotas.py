import numpy as np
import pytest

from annotation.agreement.estimates import QuotaWeights, means, quota_weights

NAMES = ["SA, sports", "PBL, art", "MSR, physics"]


def test_a_weight_is_the_share_of_the_population_over_that_of_the_sample() -> None:
    # population 6, 3 and 1 of 10; sample 1, 2 and 1 of 4
    strata = np.array([0, 0, 0, 0, 0, 0, 1, 1, 1, 2])
    sampled = np.array([1, 0, 0, 0, 0, 0, 1, 1, 0, 1], dtype=bool)
    found = quota_weights(strata, sampled, NAMES)
    assert found.weights is not None
    assert found.weights.tolist() == pytest.approx([2.4, 0, 0, 0, 0, 0, 0.6, 0.6, 0, 0.4])
    assert (found.n, found.effective, found.missing) == (4, pytest.approx(16 / (2.4**2 + 2 * 0.6**2 + 0.4**2)), ())


def test_a_weighted_mean_is_that_of_the_strata_by_their_sizes() -> None:
    strata = np.repeat([0, 1], [80, 20])
    values = np.where(strata == 0, 50.0, 90.0)
    sampled = np.arange(100) >= 70  # 10 of the large stratum, all 20 of the small one
    found = quota_weights(strata, sampled, NAMES[:2])
    [mean] = means(values, np.zeros(100, dtype=np.int64), 1, np.arange(100), weights=found.weights)
    assert mean.figure.value == pytest.approx(0.8 * 50 + 0.2 * 90)
    assert (mean.figure.n, mean.effective) == (30, pytest.approx(found.effective))


def test_a_sample_in_proportion_has_weights_of_1() -> None:
    found = quota_weights(np.array([0, 0, 1, 1]), np.array([True, False, True, False]), NAMES[:2])
    assert found.weights is not None
    assert (found.weights.tolist(), found.effective) == ([1, 0, 1, 0], 2)


def test_strata_without_a_response_in_the_sample_are_named() -> None:
    strata, sampled = np.array([0, 1, 1, 2]), np.array([False, True, False, False])
    assert quota_weights(strata, sampled, NAMES) == QuotaWeights(None, 1, 0.0, ("SA, sports", "MSR, physics"))


def test_a_stratum_of_which_the_population_has_nothing_is_not_missed() -> None:
    found = quota_weights(np.array([0, 2]), np.array([True, True]), NAMES)
    assert found.weights is not None
    assert (found.weights.tolist(), found.missing) == ([1, 1], ())


def test_without_responses_there_is_nothing_to_weigh() -> None:
    found = quota_weights(np.array([], dtype=np.int64), np.array([], dtype=bool), [])
    assert found.weights is not None
    assert (found.weights.tolist(), found.n, found.effective, found.missing) == ([], 0, 0.0, ())
