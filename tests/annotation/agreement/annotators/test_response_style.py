"""One annotator's ways of judging: by hand, against counting one by one, and why there is no figure."""

from itertools import combinations
from statistics import StatisticsError, correlation, fmean
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from annotation.agreement import Figure, attention, halos, straight_lining
from tests.annotation.agreement.arrays import array

Judged = list[list[int | None]]


def values(*annotators: Any) -> Any:
    """`annotators` are the ratings of each, criteria x responses."""
    return np.stack(annotators, axis=1)


def test_a_halo_is_the_mean_correlation_over_pairs_of_criteria() -> None:
    alike = array([1, 2, 3, 4], [2, 3, 4, 5], [3, 4, 5, 6])
    turned = array([1, 2, 3, 4], [1, 2, 3, 4], [4, 3, 2, 1])
    apart = array([1, 1, 2, 2], [1, 2, 1, 2], [1, 2, 2, 1])
    found = halos(values(alike, turned, apart))
    assert [(figure.value, figure.n) for figure in found] == [
        (pytest.approx(1, abs=1e-15), 4),
        (pytest.approx(-1 / 3, abs=1e-15), 4),
        (0.0, 4),
    ]


def test_pairs_of_criteria_with_little_in_common_or_without_variation_are_left_out() -> None:
    judged = array(
        [1, 2, 3, 3, None, 6],
        [1, 3, 2, 3, None, None],
        [5, 5, 5, 5, None, None],  # never varies
        [None, None, 1, 6, None, None],  # two in common with each
    )
    (found,) = halos(values(judged))
    assert (found.value, found.n) == (pytest.approx(correlation([1, 2, 3, 3], [1, 3, 2, 3]), abs=1e-15), 4)


def test_a_straight_line_is_one_level_on_three_criteria_or_more() -> None:
    judged = array(
        [4, 4, 2, 3, None, 1],
        [4, None, 2, 3, 5, 1],
        [4, 4, 2, 2, None, 1],
        [None, 4, 3, 3, None, 1],
    )
    few = array(*[[5, 5, 1, None, None, None]] * 2, [5, None, 1, None, None, None], [5, None, 2, None, None, None])
    assert straight_lining(values(judged, few)) == (Figure(3 / 5, 5), Figure(1 / 2, 2))


def test_attention_is_how_time_goes_with_content() -> None:
    seconds = array([10, 20, 30, 40, 0, None], [40, 30, 20, 10, 5, None], [7, 7, 9, 9, None, None])
    content = np.array([100.0, 300.0, 200.0, 4000.0, 50.0, 60.0])
    found = attention(seconds, content)
    assert [(figure.value, figure.n) for figure in found] == [
        (pytest.approx(0.8, abs=1e-15), 4),
        (pytest.approx(0.1, abs=1e-15), 5),
        (pytest.approx(0.4472135954999579, abs=1e-15), 4),
    ]


def judgements(criteria: int = 4, responses: int = 6) -> st.SearchStrategy[Judged]:
    rating = st.one_of(st.none(), st.integers(1, 6), st.integers(1, 2))
    return st.lists(st.lists(rating, min_size=responses, max_size=responses), min_size=1, max_size=criteria)


def coefficient(one: list[int], other: list[int]) -> float | None:
    try:
        return correlation(one, other)
    except StatisticsError:  # one of them is constant
        return None


@settings(max_examples=150, deadline=None)
@given(judgements())
def test_any_ratings_give_the_halo_that_counting_one_by_one_gives(judged: Judged) -> None:
    coefficients = []
    for one, other in combinations(judged, 2):
        pairs = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
        if len(pairs) >= 3:
            coefficients.append(coefficient([a for a, _b in pairs], [b for _a, b in pairs]))
    defined = [value for value in coefficients if value is not None]
    (found,) = halos(values(array(*judged)))
    assert found.value == (pytest.approx(fmean(defined), abs=1e-12) if defined else None)
    assert found.n == sum(sum(value is not None for value in item) > 1 for item in zip(*judged, strict=True))


@settings(max_examples=150, deadline=None)
@given(judgements())
def test_any_ratings_give_the_straight_lines_that_counting_one_by_one_gives(judged: Judged) -> None:
    counted = [[value for value in item if value is not None] for item in zip(*judged, strict=True)]
    straight = [len(set(item)) == 1 for item in counted if len(item) >= 3]
    (found,) = straight_lining(values(array(*judged)))
    assert (found.value, found.n) == (sum(straight) / len(straight) if straight else None, len(straight))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([None, 0, 1, 2, 5, 60]), st.integers(1, 4)), max_size=9))
def test_any_times_give_the_attention_that_scipy_gives_on_those_known(given: Any) -> None:
    known = [(seconds, content) for seconds, content in given if seconds]
    (found,) = attention(
        array([seconds for seconds, _content in given]), np.array([content for _s, content in given], dtype=float)
    )
    assert found.n == len(known)
    if len(known) < 3 or any(len(set(column)) == 1 for column in zip(*known, strict=True)):
        assert found.value is None
    else:
        assert found.value == pytest.approx(spearmanr(*zip(*known, strict=True)).statistic, abs=1e-12)


NOTHING, CRITERIA = "nothing has been rated", "no judgement has ratings on enough criteria"


@pytest.mark.parametrize(
    ("judged", "halo", "straight"),
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
def test_judgements_that_say_nothing_of_criteria(judged: Any, halo: Figure, straight: Figure) -> None:
    assert (halos(values(judged)), straight_lining(values(judged))) == ((halo,), (straight,))


@pytest.mark.parametrize(
    ("seconds", "content", "figure"),
    [
        ([], [], Figure(None, 0, "no time is known")),
        ([0, None, 0], [1, 2, 3], Figure(None, 0, "no time is known")),
        ([8, 9, 0], [1, 2, 3], Figure(None, 2, "too few times are known")),
        ([8, 8, 8], [1, 2, 3], Figure(None, 3, "the times or the amounts of content are all the same")),
        ([7, 8, 9], [2, 2, 2], Figure(None, 3, "the times or the amounts of content are all the same")),
    ],
)
def test_attention_needs_three_times_that_differ_and_content_that_does(seconds: Any, content: Any, figure: Figure) -> None:
    assert attention(array(seconds), np.array(content, dtype=float)) == (figure,)


def test_nobody_has_no_figures() -> None:
    assert (halos(np.empty((3, 0, 4))), straight_lining(np.empty((3, 0, 4))), attention(np.empty((0, 2)), np.ones(2))) == (
        (),
    ) * 3


def test_sums_do_not_hang_on_the_order_of_responses() -> None:
    random = np.random.default_rng(0)
    given = random.integers(1, 7, size=(5, 3, 400)).astype(float)
    given[random.random(given.shape) < 0.2] = np.nan
    seconds, content = random.integers(0, 90, size=(3, 400)).astype(float), random.integers(1, 40, size=400).astype(float)
    order = random.permutation(400)
    assert halos(given[:, :, order]) == halos(given)
    assert straight_lining(given[:, :, order]) == straight_lining(given)
    assert attention(seconds[:, order], content[order]) == attention(seconds, content)
