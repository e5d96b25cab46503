from typing import Any

import numpy as np
import pytest

from annotation.agreement import Figure, infits, least_squares, outfits
from tests.annotation.agreement.arrays import array


def fit_of(*criteria: Any, queries: Any = None) -> Any:
    values = np.stack(criteria)
    return least_squares(values, np.arange(values.shape[2]) if queries is None else queries)


def close(value: float) -> Any:
    return pytest.approx(value, abs=1e-9)


def test_a_worked_example() -> None:
    # severities -0.75, 0.25, 0.5; residuals -1/4, 1/2, -1/4 | -1/4, -1/2, 3/4 | 1/2, -1/2, squared 6, 14, 8 sixteenths
    # Σ (n - 1) / n is 5, of which the severities took 2: σ² = 28/16 / 3 = 7/12; expected 7/18, 7/24, 7/18
    fit = fit_of(array([1, 2, 3, None], [2, 2, 5, 4], [3, None, 4, None]))
    few = "too few queries for an interval"
    assert [(each.value, each.n, each.no_interval) for each in infits(fit)] == [
        (close((6 / 16) / (7 / 18 + 7 / 24 + 7 / 18)), 3, few),
        (close((14 / 16) / (7 / 18 + 7 / 24 + 7 / 18)), 3, few),
        (close((8 / 16) / (7 / 9)), 2, few),
    ]
    assert [each.value for each in outfits(fit)] == [
        close((2 * (1 / 16) / (7 / 18) + (1 / 4) / (7 / 24)) / 3),
        close(((1 / 16 + 9 / 16) / (7 / 18) + (1 / 4) / (7 / 24)) / 3),
        close((2 * (1 / 4) / (7 / 18)) / 2),
    ]


def noisy(criteria: int, seed: int = 0) -> Any:
    """The last of four annotators errs twice as much as the others; on the second criterion all err three times as much."""
    random = np.random.default_rng(seed)
    noise = random.normal(size=(criteria, 4, 4000)) * np.array([1, 1, 1, 2])[:, None] * np.array([1, 3])[:criteria, None, None]
    return random.normal(size=4000) + noise


def test_infit_and_outfit_are_1_on_average_and_above_it_for_who_scatters_more() -> None:
    fit = fit_of(*noisy(2))
    for of_all in (infits(fit), outfits(fit)):
        values = [each.value for each in of_all]
        # of own variance v and mean variance m = 7/4: ((3/4)² v + (Σ of the others) / 16) / (3/4 m)
        assert values[:3] == pytest.approx([(9 / 16 + 6 / 16) / (21 / 16)] * 3, abs=0.04)
        assert values[3] == pytest.approx((9 / 4 + 3 / 16) / (21 / 16), abs=0.04)
        assert all(each.low < each.value < each.high for each in of_all)


def test_outfit_counts_each_criterion_alike_and_infit_by_its_scatter() -> None:
    values = noisy(2)
    values[0, 0, :400] += 3 * np.random.default_rng(3).choice([-1, 1], 400)  # a few ratings far off, where others scatter little
    infit, outfit = infits(fit_of(*values))[0].value, outfits(fit_of(*values))[0].value
    assert outfit > infit + 0.08


@pytest.mark.parametrize("of_all", [infits, outfits])
def test_the_intervals_are_those_of_leaving_each_query_out_where_there_are_many(of_all: Any) -> None:
    values, queries = noisy(2)[:, :, :800], np.arange(800) // 2
    figures = of_all(fit_of(*values, queries=queries))
    kept = [queries != query for query in range(400)]
    without = np.array([[each.value for each in of_all(fit_of(*values[:, :, of], queries=queries[of]))] for of in kept])
    jackknife = np.sqrt(399 / 400 * ((without - without.mean(axis=0)) ** 2).sum(axis=0))
    errors = [np.log(each.high / each.low) / 2 / 1.966 * each.value for each in figures]
    assert errors == pytest.approx(jackknife, rel=0.03)


@pytest.mark.parametrize("of_all", [infits, outfits])
def test_the_unit_of_the_ratings_changes_neither_values_nor_intervals(of_all: Any) -> None:
    values = noisy(2)[:, :, :40]
    expected = of_all(fit_of(*values))
    for unit in (0.01, 100):
        for each, other in zip(of_all(fit_of(*(unit * values))), expected, strict=True):
            assert (each.value, each.low, each.high) == pytest.approx((other.value, other.low, other.high), rel=1e-9)
            assert each.low * each.high == pytest.approx(each.value**2, rel=1e-9)


@pytest.mark.parametrize("of_all", [infits, outfits])
def test_one_degree_of_freedom_is_enough(of_all: Any) -> None:
    """Four residuals of a half, one of two degrees of freedom taken: σ² is 1, and half of it is expected of each square."""
    assert [each.value for each in of_all(fit_of(array([1, 2], [2, 5])))] == [close(1 / 2)] * 2


@pytest.mark.parametrize("of_all", [infits, outfits])
def test_without_residuals_there_is_no_fit(of_all: Any) -> None:
    severity_alone = array([1, 2, 3, None, None], [2, 3, 4, 1, None], [None, None, None, None, 4])
    reason = "the annotators differ by their severity alone"
    assert of_all(fit_of(severity_alone)) == (
        Figure(None, 3, reason),
        Figure(None, 3, reason),
        Figure(None, 0, "no response has two ratings"),
    )
    assert of_all(fit_of(array([1], [5])))[0].reason == reason
    assert of_all(fit_of(np.empty((0, 0)))) == ()


def test_a_criterion_without_residuals_counts_for_neither() -> None:
    ratings, alike = array([1, 2, 3, None], [2, 2, 5, 4], [3, None, 4, None]), array([2] * 4, [2] * 4, [None] * 4)
    both, alone = fit_of(ratings, np.full((3, 4), np.nan)), fit_of(ratings)
    assert [each.value for each in outfits(both)] == [close(each.value or 0) for each in outfits(alone)]
    fit = fit_of(array([1, 3, 2, 4], [2, 2, 4, 2]) - array([0.25], [-0.25]), alike[:2] - array([0.25], [-0.25]))
    assert fit.severity == pytest.approx([-0.25, 0.25])
    # the severities took 1 of the freedom of 8, which is laid to both criteria alike
    assert [each.value for each in outfits(fit)] == [close(7 / 8)] * 2
