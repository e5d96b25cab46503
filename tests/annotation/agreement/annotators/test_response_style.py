from itertools import combinations
from statistics import StatisticsError, correlation, fmean
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.agreement import Figure, halos, halos_given_response, least_squares, straight_lining
from annotation.agreement.annotators.response_style import influences
from tests.annotation.agreement.arrays import array, study

Table = list[list[int | None]]


def values(*annotators: Any) -> Any:
    """`annotators` are the ratings of each, criteria x responses."""
    return np.stack(annotators, axis=1)


def test_a_halo_is_the_mean_correlation_over_pairs_of_criteria() -> None:
    alike = array([1, 2, 3, 4], [2, 3, 4, 5], [3, 4, 5, 6])
    turned = array([1, 2, 3, 4], [1, 2, 3, 4], [4, 3, 2, 1])
    uncorrelated = array([1, 1, 2, 2], [1, 2, 1, 2], [1, 2, 2, 1])
    figures = halos(values(alike, turned, uncorrelated))
    assert [(figure.value, figure.n) for figure in figures] == [
        (pytest.approx(1, abs=1e-15), 4),
        (pytest.approx(-1 / 3, abs=1e-15), 4),
        (0.0, 4),
    ]


def test_pairs_of_criteria_with_little_in_common_or_without_variation_are_left_out() -> None:
    ratings = array(
        [1, 2, 3, 3, None, 6],
        [1, 3, 2, 3, None, None],
        [5, 5, 5, 5, None, None],  # never varies
        [None, None, 1, 6, None, None],  # two in common with each
    )
    (figure,) = halos(values(ratings))
    assert (figure.value, figure.n) == (pytest.approx(correlation([1, 2, 3, 3], [1, 3, 2, 3]), abs=1e-15), 4)


def test_straight_lining_is_one_level_on_three_criteria_or_more() -> None:
    ratings = array(
        [4, 4, 2, 3, None, 1],
        [4, None, 2, 3, 5, 1],
        [4, 4, 2, 2, None, 1],
        [None, 4, 3, 3, None, 1],
    )
    few = array(*[[5, 5, 1, None, None, None]] * 2, [5, None, 1, None, None, None], [5, None, 2, None, None, None])
    assert straight_lining(values(ratings, few)) == (Figure(3 / 5, 5), Figure(1 / 2, 2))


def judgements(criteria: int = 4, responses: int = 6) -> st.SearchStrategy[Table]:
    rating = st.one_of(st.none(), st.integers(1, 6), st.integers(1, 2))
    return st.lists(st.lists(rating, min_size=responses, max_size=responses), min_size=1, max_size=criteria)


def coefficient(first: list[int], second: list[int]) -> float | None:
    try:
        return correlation(first, second)
    except StatisticsError:  # one of them is constant
        return None


@settings(max_examples=150)
@given(judgements())
def test_any_ratings_give_the_halo_that_counting_one_by_one_gives(table: Table) -> None:
    coefficients = []
    for first, second in combinations(table, 2):
        pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
        if len(pairs) >= 3:
            coefficients.append(coefficient([a for a, _b in pairs], [b for _a, b in pairs]))
    defined = [value for value in coefficients if value is not None]
    (figure,) = halos(values(array(*table)))
    assert figure.value == (pytest.approx(fmean(defined), abs=1e-12) if defined else None)
    assert figure.n == sum(sum(value is not None for value in item) > 1 for item in zip(*table, strict=True))


@settings(max_examples=150)
@given(judgements())
def test_any_ratings_give_the_straight_lining_that_counting_one_by_one_gives(table: Table) -> None:
    judgement_values = [[value for value in item if value is not None] for item in zip(*table, strict=True)]
    straight = [len(set(item)) == 1 for item in judgement_values if len(item) >= 3]
    (figure,) = straight_lining(values(array(*table)))
    assert (figure.value, figure.n) == (sum(straight) / len(straight) if straight else None, len(straight))


NOTHING, CRITERIA = "nothing has been rated", "no judgement has ratings on enough criteria"


@pytest.mark.parametrize(
    ("ratings", "halo", "straight"),
    [
        (np.empty((0, 4)), Figure(None, 0, NOTHING), Figure(None, 0, NOTHING)),
        (np.empty((3, 0)), Figure(None, 0, NOTHING), Figure(None, 0, NOTHING)),
        (array([None], [None], [None]), Figure(None, 0, NOTHING), Figure(None, 0, NOTHING)),
        (array([1, 2, 3]), Figure(None, 0, CRITERIA), Figure(None, 0, CRITERIA)),
        (array([1, None], [None, 1], [None, None]), Figure(None, 0, CRITERIA), Figure(None, 0, CRITERIA)),
        (
            array([1, 2, None, None], [2, 1, 1, 2], [None, None, 2, 2]),
            Figure(None, 4, "too few judgements have ratings on the same two criteria"),
            Figure(None, 0, CRITERIA),
        ),
        (array([1, 2, 3], [4, 4, 4]), Figure(None, 3, "no two criteria have ratings that vary"), Figure(None, 0, CRITERIA)),
        (array([4] * 3, [4] * 3, [4] * 3), Figure(None, 3, "no two criteria have ratings that vary"), Figure(1.0, 3)),
    ],
)
def test_judgements_that_tell_nothing_about_criteria(ratings: Any, halo: Figure, straight: Figure) -> None:
    assert (halos(values(ratings)), straight_lining(values(ratings))) == ((halo,), (straight,))


def test_nobody_has_no_figures() -> None:
    assert (halos(np.empty((3, 0, 4))), straight_lining(np.empty((3, 0, 4)))) == ((), ())


def test_response_styles_do_not_depend_on_the_order_of_responses() -> None:
    random = np.random.default_rng(0)
    ratings = random.integers(1, 7, size=(5, 3, 400)).astype(float)
    ratings[random.random(ratings.shape) < 0.2] = np.nan
    order = random.permutation(400)
    assert halos(ratings[:, :, order]) == halos(ratings)
    assert straight_lining(ratings[:, :, order]) == straight_lining(ratings)


def given_response(ratings: Any, queries: Any = None) -> Any:
    return halos_given_response(least_squares(ratings, np.arange(ratings.shape[2]) if queries is None else queries))


def test_the_halo_given_the_response_is_that_of_the_distances_from_the_others() -> None:
    of_ana = array([1, 3, 2, 5], [2, 3, 4, 4])
    of_bo = array([2, 2, 3, 3], [1, 4, 4, 2])
    distances = np.subtract(of_ana, of_bo)
    figures = given_response(values(of_ana, of_bo))
    expected = correlation(distances[0].tolist(), distances[1].tolist())
    assert [(each.value, each.n) for each in figures] == [(pytest.approx(expected, abs=1e-12), 4)] * 2


def test_what_criteria_of_a_response_have_in_common_is_no_halo_given_the_response() -> None:
    random = np.random.default_rng(0)
    quality = random.normal(size=600)
    apart = quality + 0.5 * random.normal(size=(3, 4, 600))
    apart[:, 0] += 0.5 * random.normal(size=600)  # ana judges the three alike
    raw, given = halos(apart), given_response(apart)
    assert [each.value > 0.7 for each in raw] == [True] * 4
    assert given[0].value == pytest.approx(0.25 / (0.5 + 0.25 / 3), abs=0.1)
    assert [each.value for each in given[1:]] == pytest.approx([0.25 / 9 / (0.25 + 0.25 / 3 + 0.25 / 9)] * 3, abs=0.1)


def test_severity_and_its_differences_between_criteria_are_no_halo() -> None:
    random = np.random.default_rng(1)
    ratings = random.normal(size=(3, 4, 300))
    shifted = ratings + np.array([0, 2, 3, -1])[:, None] + np.array([0, 1, 4])[:, None, None]
    shifted[1, 2] -= 3
    assert [each.value for each in given_response(shifted)] == pytest.approx(
        [each.value for each in given_response(ratings)], abs=1e-12
    )


def test_who_shares_no_response_has_no_halo_given_the_response() -> None:
    ratings = np.full((2, 3, 4), np.nan)
    ratings[:, :2, :3] = [[1, 2, 3], [2, 3, 4]]
    ratings[:, 2, 3] = 4
    few, apart = Figure(None, 3, "no two criteria have ratings that vary"), Figure(None, 0, "no response has two ratings")
    assert given_response(ratings) == (few, few, apart)
    assert halos_given_response(least_squares(np.empty((2, 0, 3)), np.arange(3))) == ()


def test_halos_have_intervals_clustered_by_query_and_few_queries_none() -> None:
    random = np.random.default_rng(2)
    ratings = random.normal(size=300) + random.normal(size=(3, 1, 300))
    [figure] = halos(ratings, np.arange(300))
    without = [halos(np.delete(ratings, place, axis=2))[0].value for place in range(300)]
    error = np.sqrt(299 / 300 * ((np.array(without) - np.mean(without)) ** 2).sum())
    half = 1.968 * error / (1 - figure.value**2)
    ends = [np.tanh(np.arctanh(figure.value) + side * half) for side in (-1, 1)]
    assert [figure.low, figure.high] == pytest.approx(ends, abs=0.002)
    [twice] = halos(np.repeat(ratings, 2, axis=2), np.repeat(np.arange(300), 2))
    assert (twice.value, twice.low, twice.high) == pytest.approx((figure.value, figure.low, figure.high), abs=1e-9)
    assert halos(ratings, np.arange(300) // 75)[0].no_interval == "too few queries for an interval"


def test_halos_given_the_response_count_the_responses_to_a_query_once() -> None:
    ratings = np.stack([study(60, annotators=3, seed=seed).ratings for seed in range(2)])
    once = given_response(ratings, np.arange(60))
    twice = given_response(np.repeat(ratings, 2, axis=2), np.repeat(np.arange(60), 2))
    assert [figure.low is None for figure in once] == [False] * 3
    assert [(figure.low, figure.high) for figure in twice] == [
        (pytest.approx(figure.low, abs=1e-9), pytest.approx(figure.high, abs=1e-9)) for figure in once
    ]


def test_influences_add_up_to_0_and_leave_out_what_has_not_both() -> None:
    first, second, third = array([1, 2, 4, None, 3], [2, 1, 5, 4, 3], [3, 3, None, 1, 6])
    coefficients = np.array([correlation([1, 2, 4, 3], [2, 1, 5, 3]), correlation([2, 1, 4, 3], [3, 3, 1, 6])])
    moves = influences(np.array([first, second]), np.array([second, third]), coefficients)
    assert moves.sum(axis=1) == pytest.approx([0, 0], abs=1e-15)
    assert (moves == 0).tolist() == [[False, False, False, True, False], [False, False, True, False, False]]
