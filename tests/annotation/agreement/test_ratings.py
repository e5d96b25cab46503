from typing import Any

import numpy as np
import pytest

from annotation.agreement import Counts, counts
from annotation.agreement.ratings import widths
from tests.annotation.agreement.arrays import array


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        (np.empty((0, 0)), Counts(items=0, pairable_items=0, raters=0, ratings=0)),
        (array([None], [None]), Counts(items=0, pairable_items=0, raters=0, ratings=0)),
        (array([1, 4, None], [1, None, 2], [None, None, None]), Counts(items=3, pairable_items=1, raters=2, ratings=4)),
        (array([1, 1, None], [1, 1, None], [1, 1, None]), Counts(items=2, pairable_items=2, raters=3, ratings=6)),
    ],
)
def test_counts_tell_items_pairable_items_raters_and_ratings(ratings: Any, expected: Counts) -> None:
    assert counts(ratings) == expected


def test_the_width_of_a_response_is_from_its_lowest_to_its_highest_rating() -> None:
    assert widths(array([1, 4, None, None], [6, None, None, 2], [3, None, None, 2])).tolist() == [5, 0, 0, 0]
    assert widths(np.empty((0, 2))).tolist() == [0, 0]
