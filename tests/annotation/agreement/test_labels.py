from fractions import Fraction
from typing import Any

import pytest

from annotation.agreement import agreed_value, disputed, disputed_penalty


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([], False), ([4], False), ([4, 5], False), ([4, 6], True), ([1, 2, 3], False), ([1, 2, 4], True), ([1, 1, 4, 2], True),
        ([None, None], False), ([None, 4], True), ([None, 4, 4], True),
    ],
)  # fmt: skip
def test_two_ratings_dispute_from_a_gap_of_2_three_from_a_range_of_3(ratings: Any, expected: bool) -> None:
    assert disputed(ratings, pair_gap=2, group_range=3) is expected


@pytest.mark.parametrize(("given", "expected"), [([], False), ([True], False), ([True, True], False), ([True, False], True)])
def test_a_penalty_is_disputed_when_neither_all_nor_none_gave_it(given: Any, expected: bool) -> None:
    assert disputed_penalty(given) is expected


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([4], 4),
        ([4, 5], Fraction(9, 2)),
        ([4, 4, 5], Fraction(13, 3)),
        ([1, 2, 3], 2),
        ([1, 3, 3], 3),
        ([1, 3, 2, 2], 2),
        ([None, None], None),
    ],
)
def test_agreed_is_the_mean_within_1_and_else_the_median(ratings: Any, expected: Any) -> None:
    assert agreed_value(ratings) == expected
