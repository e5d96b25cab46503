"""Decisions against the geometry of two normal values, and against the integrals written out."""

from math import asin, pi, sqrt
from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

from annotation.agreement.reliability.decisions import accuracy, consistency

CUTS = np.array([1.5, 2.5, 3.5, 4.5, 5.5])


def one(*values: float) -> Any:
    return [np.array([value], dtype=float) for value in values]


@pytest.mark.parametrize(("true", "error"), [(1.0, 1.0), (9.0, 3.0), (0.2, 1.0)])
def test_at_a_cut_through_the_middle_it_is_the_angle_between_the_two_values(true: float, error: float) -> None:
    """Sheppard's theorem: two normal values with correlation r are on the same side with probability 1/2 + asin(r) / pi."""
    reliability, cut = true / (true + error), np.array([3.0])
    assert consistency(*one(3, true, error), cut)[0] == pytest.approx(1 / 2 + asin(reliability) / pi, abs=1e-12)
    assert accuracy(*one(3, true, error), cut)[0] == pytest.approx(1 / 2 + asin(sqrt(reliability)) / pi, abs=1e-12)


def test_one_standard_deviation_of_error_as_of_truth_gives_two_thirds_and_three_quarters() -> None:
    assert consistency(*one(3.5, 1, 1), np.array([3.5])).tolist() == pytest.approx([2 / 3], abs=1e-12)
    assert accuracy(*one(3.5, 1, 1), np.array([3.5])).tolist() == pytest.approx([3 / 4], abs=1e-12)


@pytest.mark.parametrize(("mean", "true", "error"), [(3.4, 1.2, 0.3), (5.8, 0.5, 0.02), (2.5, 2.0, 3.0), (1.5, 0.3, 0.3)])
def test_on_six_levels_it_is_the_integral_over_true_values(mean: float, true: float, error: float) -> None:
    grid = mean + np.sqrt(true) * np.linspace(-8, 8, 400_001)
    weights = norm.pdf(grid, mean, np.sqrt(true))
    levels = np.diff(norm.cdf((CUTS[:, None] - grid) / np.sqrt(error)), axis=0, prepend=0, append=1)
    same = (weights * (levels**2).sum(axis=0)).sum() / weights.sum()
    right = (weights * levels[np.searchsorted(CUTS, grid), np.arange(len(grid))]).sum() / weights.sum()
    assert consistency(*one(mean, true, error), CUTS)[0] == pytest.approx(same, abs=1e-5)
    assert accuracy(*one(mean, true, error), CUTS)[0] == pytest.approx(right, abs=1e-5)


def test_each_replicate_is_computed_with_its_own_variances() -> None:
    means, true, error = np.array([3.1, 4.0, 2.2]), np.array([1.0, 0.4, 2.0]), np.array([0.2, 0.5, 0.1])
    for index in (consistency, accuracy):
        single = [index(*one(*values), CUTS)[0] for values in zip(means, true, error, strict=True)]
        assert index(means, true, error, CUTS).tolist() == pytest.approx(single, abs=1e-14)


def test_where_true_values_are_all_the_same_labels_differ_by_chance() -> None:
    """The mean is 3.3 and the error's standard deviation 1/2: a variance below 0 is none."""
    levels = np.diff(norm.cdf((CUTS - 3.3) / 0.5), prepend=0, append=1)
    for nothing in (0.0, -0.1):
        assert consistency(*one(3.3, nothing, 0.25), CUTS)[0] == pytest.approx((levels**2).sum(), abs=1e-9)
        assert accuracy(*one(3.3, nothing, 0.25), CUTS)[0] == pytest.approx(levels[2], abs=1e-5)


def test_without_error_every_label_is_right() -> None:
    for nothing in (0.0, -0.1):
        assert consistency(*one(3.3, 1, nothing), CUTS)[0] == pytest.approx(1, abs=1e-6)
        assert accuracy(*one(3.3, 1, nothing), CUTS)[0] == pytest.approx(1, abs=1e-6)


def test_where_nothing_varies_there_is_no_probability() -> None:
    assert np.isnan(consistency(*one(3.3, 0, 0), CUTS)).all()
    assert np.isnan(accuracy(*one(3.3, -1, 0), CUTS)).all()


def test_a_scale_of_a_single_level_has_nothing_to_decide() -> None:
    none = np.array([])
    assert consistency(*one(1, 1, 1), none).tolist() == [1.0]
    assert accuracy(*one(1, 1, 1), none).tolist() == [1.0]
