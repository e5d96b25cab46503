from math import sqrt
from statistics import fmean
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from annotation.agreement import Figure, level_counts, spreads
from tests.annotation.agreement.annotators.measures import Table, paired_values, shared_values
from tests.annotation.agreement.arrays import SCALE, array, rows

LITTLE, SAME, THROUGHOUT = (
    "too few responses have two ratings",
    "every rating is the same",
    "one annotator has given the same rating throughout",
)


def test_spread_is_the_own_variance_over_the_others_on_the_responses_that_both_rated() -> None:
    ratings = array([1, 3, 5, None], [2, 3, 4, 5], [None, 1, 5, 3])
    # squares about the mean: A and B 8 and 2, A and C 2 and 8, B and C 2 and 8
    assert spreads(ratings) == (Figure(1.0, 3), Figure(0.5, 4), Figure(2.0, 3))


def test_who_gives_one_level_throughout_has_spread_0_and_one_shared_response_adds_nothing_to_it() -> None:
    ratings = array([3, 3, 3, None], [1, 2, 3, 6], [None, None, None, 1])
    assert spreads(ratings)[0] == Figure(0.0, 3)
    assert spreads(ratings)[1] == Figure(None, 4, THROUGHOUT)


def squares(values: list[int]) -> float:
    return sum((value - fmean(values)) ** 2 for value in values)


@settings(max_examples=150)
@given(rows())
def test_any_ratings_give_the_spread_that_counting_one_by_one_gives(table: Table) -> None:
    for number, figure in enumerate(spreads(array(*table))):
        pairs = [(squares(own), squares(others)) for own, others in paired_values(table, number)]
        total = sum(others for _own, others in pairs)
        expected = sqrt(sum(own for own, _others in pairs) / total) if total > 1e-9 else None
        assert figure.value == (None if expected is None else pytest.approx(expected, abs=1e-12))
        assert figure.n == len(shared_values(table, number))


@pytest.mark.parametrize(
    ("ratings", "figures"),
    [
        (array([1, None], [2, 1]), [Figure(None, 1, LITTLE)] * 2),
        (array([1, 1, None], [1, None, 2], [None, 2, 2]), [Figure(None, 2, LITTLE)] * 3),
        (array([3, 3], [3, 3]), [Figure(None, 2, SAME)] * 2),
        (array([3, 3], [4, 4]), [Figure(None, 2, THROUGHOUT)] * 2),
        (array([3, 4], [4, 4]), [Figure(None, 2, THROUGHOUT), Figure(0.0, 2)]),
        (array([1, 2], [3, 3], [4, 4]), [Figure(None, 2, THROUGHOUT), Figure(0.0, 2), Figure(0.0, 2)]),
    ],
)
def test_a_spread_needs_others_who_vary(ratings: Any, figures: Any) -> None:
    assert list(spreads(ratings)) == figures


def test_no_spread_is_made_of_rounding() -> None:
    ratings = array([10 / 3] * 49, [response / 7 for response in range(49)])
    assert spreads(ratings) == (Figure(0.0, 49), Figure(None, 49, THROUGHOUT))
    far = spreads(array([1e6 + 0.1, 1e6 + 0.2, 1e6 + 0.3], [1e6 + 0.2, 1e6 + 0.4, 1e6 + 0.6]))
    assert [figure.value for figure in far] == pytest.approx([0.5, 2.0], rel=1e-8)


def test_levels_are_counted_over_the_full_scale() -> None:
    counts = level_counts(array([1, 1, 4, None], [None, None, None, None], [2, 3, 3, 5]), [5, 4, 3, 2, 1])
    assert counts.tolist() == [[2, 0, 0, 1, 0], [0, 0, 0, 0, 0], [0, 1, 2, 0, 1]]
    assert counts.dtype == np.int64


def test_a_rating_that_is_not_on_the_scale_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"^a rating is not on the scale$"):
        level_counts(array([1, 7]), SCALE)
