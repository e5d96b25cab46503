from typing import Any

import numpy as np
import pytest
from scipy.stats import false_discovery_control, t

from annotation.agreement import biases, least_squares
from annotation.agreement.annotators.bias import benjamini_hochberg
from tests.annotation.agreement.arrays import array


def biases_of(ratings: Any, kinds: list[int], queries: Any = None) -> Any:
    fit = least_squares(ratings[None], np.arange(ratings.shape[1]) if queries is None else queries)
    return biases(fit, np.array(kinds), max(kinds, default=-1) + 1)


def close(value: float) -> Any:
    return pytest.approx(value, abs=1e-9)


def test_a_bias_is_the_severity_towards_one_kind_less_the_severity_towards_all() -> None:
    # differences 1, 2, 0, 1, 1, 2 | -1, 0, 0, -2, -1: means 7/6 and -4/5, of all 3/11
    difference = np.array([1, 2, 0, 1, 1, 2, -1, 0, 0, -2, -1])
    ratings = np.array([3 + difference, np.full(11, 3)], dtype=float)
    ana, bo = biases_of(ratings, [0] * 6 + [1] * 5)
    # ana's severity is half the mean difference, and bo's, which her gaps take out, is minus that: all of it cancels
    first, second = 7 / 6 - 3 / 11, -4 / 5 - 3 / 11
    moves = np.where(np.arange(11) < 6, (difference - 7 / 6) / 6, 0) - (difference - 3 / 11) / 11
    se = np.sqrt((moves**2).sum() * 6 / 5)
    p = 2 * t.sf(first / se, 5)
    assert (ana[0].estimate.figure.value, ana[0].estimate.figure.n, ana[0].estimate.se) == (close(first), 6, close(se))
    assert ana[0].p == close(p)
    assert (ana[1].estimate.figure.value, bo[0].estimate.figure.value) == (close(second), close(-first))
    assert [each.p for each in bo] == [close(each.p) for each in ana]


def test_p_values_are_adjusted_over_all_annotators_and_kinds() -> None:
    random = np.random.default_rng(0)
    ratings = random.integers(1, 7, (4, 120)).astype(float)
    ratings[random.random(ratings.shape) < 0.3] = np.nan
    kinds = (np.arange(120) % 3).tolist()
    ratings[1, np.array(kinds) == 2] += 2
    found = biases_of(ratings, kinds, np.arange(120) // 2)
    p = np.array([[each.p for each in row] for row in found])
    adjusted = np.array([[each.adjusted for each in row] for row in found])
    assert adjusted == pytest.approx(false_discovery_control(p.ravel()).reshape(p.shape), abs=1e-12)
    assert [[each.beyond_chance for each in row] for row in found] == (adjusted <= 0.05).tolist()
    assert found[1][2].beyond_chance
    assert not any(each.beyond_chance for each in found[0])


def test_an_annotator_without_a_response_of_a_kind_or_with_few_queries_has_no_p() -> None:
    ratings = array([1, 2, 3, 4, 5, 6, 1], [2, 2, 5, 3, 4, 6, None], [None] * 6 + [2])
    ana, bo, chen = biases_of(ratings, [0, 0, 0, 0, 0, 1, 1])
    assert ana[0].p is not None
    assert (ana[1].estimate.figure.no_interval, ana[1].p, ana[1].adjusted, ana[1].beyond_chance) == (
        "too few queries for an interval",
        None,
        None,
        False,
    )
    assert (chen[0], bo[1].estimate.figure.n) == (None, 1)


def test_of_one_kind_alone_there_is_no_bias() -> None:
    assert biases_of(array([1, 2, 3], [2, 2, 5]), [0, 0, 0]) == ((None,), (None,))
    assert biases_of(np.empty((2, 0)), []) == ((), ())


@pytest.mark.parametrize("size", [0, 1, 2, 9])
def test_benjamini_and_hochberg_adjust_as_others_do(size: int) -> None:
    chances = np.random.default_rng(size).random(size) ** 2
    assert benjamini_hochberg(chances) == pytest.approx(false_discovery_control(chances) if size else [], abs=1e-15)


def test_where_there_is_no_bias_a_table_with_a_mark_is_one_in_twenty() -> None:
    random = np.random.default_rng(5)
    marked = 0
    for _study in range(200):
        quality, severity = random.normal(3.5, 1, 200), random.normal(0, 0.5, (5, 1))
        ratings = quality + severity + random.normal(0, 0.3, (5, 100))[:, np.arange(200) // 2] + random.normal(0, 0.7, (5, 200))
        ratings[np.argsort(random.random(ratings.shape), axis=0) >= 3] = np.nan
        found = biases_of(ratings, (np.arange(200) % 4).tolist(), np.arange(200) // 2)
        marked += any(each.beyond_chance for row in found for each in row)
    assert marked <= 20
