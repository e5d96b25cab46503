from statistics import median
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from annotation.agreement import Figure, attention, paces
from tests.annotation.agreement.annotators.measures import Table, shared_values
from tests.annotation.agreement.arrays import array, rows


def test_pace_is_the_median_own_time_over_the_median_of_the_others() -> None:
    seconds = array([10, 30, 0, 8], [20, 10, 5, None], [40, 20, None, None])
    # 10 / 30, 30 / 15; 20 / 25, 10 / 25; 40 / 15, 20 / 20; where one time is recorded, nothing is compared
    assert paces(seconds) == (
        Figure((10 / 30 + 2) / 2, 2),
        Figure((20 / 25 + 10 / 25) / 2, 2),
        Figure((40 / 15 + 1) / 2, 2),
    )


@settings(max_examples=150)
@given(rows(0, 9))
def test_any_times_give_the_pace_that_counting_one_by_one_gives(table: Table) -> None:
    positive = [[value or None for value in row] for row in table]
    for number, figure in enumerate(paces(array(*table))):
        ratios = [own / median(others) for own, others in shared_values(positive, number)]
        assert (figure.value, figure.n) == (pytest.approx(median(ratios), abs=1e-12) if ratios else None, len(ratios))


@pytest.mark.parametrize(
    ("seconds", "figures"),
    [
        (np.empty((2, 0)), [Figure(None, 0, "no time is known")] * 2),
        (array([0, None], [0, 0]), [Figure(None, 0, "no time is known")] * 2),
        (array([9, 8]), [Figure(None, 0, "too few times are known")]),
        (array([9, 0], [0, 4]), [Figure(None, 0, "too few times are known")] * 2),
        (array([9, 0], [None, 0]), [Figure(None, 0, "too few times are known"), Figure(None, 0, "no time is known")]),
    ],
)
def test_a_pace_needs_two_times_of_one_response(seconds: Any, figures: Any) -> None:
    assert list(paces(seconds)) == figures


def test_attention_is_the_rank_correlation_of_time_with_content() -> None:
    seconds = array([10, 20, 30, 40, 0, None], [40, 30, 20, 10, 5, None], [7, 7, 9, 9, None, None])
    content = np.array([100.0, 300.0, 200.0, 4000.0, 50.0, 60.0])
    figures = attention(seconds, content)
    assert [(figure.value, figure.n) for figure in figures] == [
        (pytest.approx(0.8, abs=1e-15), 4),
        (pytest.approx(0.1, abs=1e-15), 5),
        (pytest.approx(0.4472135954999579, abs=1e-15), 4),
    ]


@settings(max_examples=150)
@given(st.lists(st.tuples(st.sampled_from([None, 0, 1, 2, 5, 60]), st.integers(1, 4)), max_size=9))
def test_any_times_give_the_attention_that_scipy_gives_on_those_recorded(records: Any) -> None:
    recorded = [(seconds, content) for seconds, content in records if seconds]
    (figure,) = attention(
        array([seconds for seconds, _content in records]), np.array([content for _s, content in records], dtype=float)
    )
    assert figure.n == len(recorded)
    if len(recorded) < 3 or any(len(set(column)) == 1 for column in zip(*recorded, strict=True)):
        assert figure.value is None
    else:
        assert figure.value == pytest.approx(spearmanr(*zip(*recorded, strict=True)).statistic, abs=1e-12)


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
    assert (paces(np.empty((0, 2))), attention(np.empty((0, 2)), np.ones(2))) == ((), ())


def test_attention_does_not_depend_on_the_order_of_responses() -> None:
    random = np.random.default_rng(0)
    seconds, content = random.integers(0, 90, size=(3, 400)).astype(float), random.integers(1, 40, size=400).astype(float)
    order = random.permutation(400)
    assert attention(seconds[:, order], content[order]) == attention(seconds, content)
