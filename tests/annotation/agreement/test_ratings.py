from typing import Any

import numpy as np
import pytest

from annotation.agreement import Counts, Figure, counts, prevalence
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


@pytest.mark.parametrize(
    ("ratings", "figure"),
    [
        (array([1, 0, None], [0, 0, None]), Figure(0.25, 2)),
        (array([1, 0, 0]), Figure(1 / 3, 3)),  # nothing is compared: one annotator will do
        (array([0, 0], [0, 0]), Figure(0.0, 2)),
        (array([1], [1]), Figure(1.0, 1)),
        (array([None], [None]), Figure(None, 0, "nothing has been rated")),
    ],
)
def test_prevalence_is_the_share_of_ones_among_the_ratings(ratings: Any, figure: Figure) -> None:
    assert prevalence(ratings) == figure
