"""Levels that nobody gives."""

from typing import Any

import numpy as np
import pytest

from annotation.agreement.levels import unused_levels
from annotation.agreement.reasons import FEW_RATED, NO_RATINGS
from tests.annotation.agreement.arrays import NAN, SCALE


@pytest.mark.parametrize(
    ("ratings", "unused"),
    [
        (np.array([[2.0, 3.0] * 15, [4.0, NAN] * 15]), ([1, 5, 6], None)),
        (np.array([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0] * 5]), ([], None)),
        (np.array([[2.0] * 29 + [NAN]]), ([], FEW_RATED)),
        (np.full((2, 40), NAN), ([], NO_RATINGS)),
        (np.zeros((0, 40)), ([], NO_RATINGS)),
    ],
)
def test_a_level_that_no_rating_has_is_unused_once_30_responses_are_rated(ratings: Any, unused: Any) -> None:
    assert unused_levels(ratings, SCALE) == unused
