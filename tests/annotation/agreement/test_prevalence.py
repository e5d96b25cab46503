from typing import Any

import pytest

from annotation.agreement import Figure, prevalence
from tests.annotation.agreement.arrays import array


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
