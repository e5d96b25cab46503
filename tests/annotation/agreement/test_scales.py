from typing import Any

import numpy as np
import pytest

from annotation.agreement import agreement_weights, from_disagreement
from annotation.agreement.scales import ascending_levels, encode
from tests.annotation.agreement.arrays import array


@pytest.mark.parametrize(
    ("weights", "scale", "expected"),
    [
        ("identity", [1, 2, 3], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
        ("linear", [1, 2, 3], [[1, 1 / 2, 0], [1 / 2, 1, 1 / 2], [0, 1 / 2, 1]]),
        ("quadratic", [1, 2, 3], [[1, 3 / 4, 0], [3 / 4, 1, 3 / 4], [0, 3 / 4, 1]]),
        ("ordinal", [1, 2, 3], [[1, 2 / 3, 0], [2 / 3, 1, 2 / 3], [0, 2 / 3, 1]]),
        ("ordinal", [0, 1, 5, 9], [[1, 5 / 6, 0.5, 0], [5 / 6, 1, 5 / 6, 0.5], [0.5, 5 / 6, 1, 5 / 6], [0, 0.5, 5 / 6, 1]]),
        ("linear", [4, 0, 1], [[1, 3 / 4, 0], [3 / 4, 1, 1 / 4], [0, 1 / 4, 1]]),  # by value, in ascending order
        ("quadratic", [0, 1, 4], [[1, 15 / 16, 0], [15 / 16, 1, 7 / 16], [0, 7 / 16, 1]]),
        ("linear", [3], [[1]]),
    ],
)  # fmt: skip
def test_weights_by_name(weights: Any, scale: Any, expected: Any) -> None:
    assert agreement_weights(weights, scale) == pytest.approx(np.array(expected), abs=1e-15)


def test_a_matrix_is_taken_as_it_is() -> None:
    matrix = np.array([[1, 0.25], [0.25, 1]])
    assert agreement_weights(matrix, [1, 2]) is matrix


@pytest.mark.parametrize("matrix", [np.eye(3), np.ones((2, 3)), np.ones(2)])
def test_a_matrix_of_another_size_is_an_error(matrix: Any) -> None:
    with pytest.raises(ValueError, match=r"^weights are levels x levels of the full scale$"):
        agreement_weights(matrix, [1, 2])


@pytest.mark.parametrize("matrix", [[[1, 0.5], [0.25, 1]], [[1, 0], [0, 0.5]], [[0, 1], [1, 0]]])
def test_a_matrix_that_weighs_no_agreement_is_an_error(matrix: Any) -> None:
    with pytest.raises(ValueError, match=r"^weights are symmetric, and 1 on their diagonal$"):
        agreement_weights(np.array(matrix), [1, 2])


def test_weights_of_disagreement_are_turned_round() -> None:
    assert from_disagreement([[0, 1, 3], [1, 0, 6], [3, 6, 0]]).tolist() == [
        [1, 1 - 1 / 6, 1 / 2],
        [1 - 1 / 6, 1, 0],
        [1 / 2, 0, 1],
    ]


def test_levels_are_those_of_the_scale_or_those_that_occur() -> None:
    ratings = array([2.5, None], [1, 2.5])
    assert ascending_levels(ratings, [3, 1, 2]).tolist() == [1, 2, 3]
    assert ascending_levels(ratings, None).tolist() == [1, 2.5]


def test_a_scale_may_be_of_any_numbers() -> None:
    unsigned: Any = np.array([0, 1, 4], dtype=np.uint8)
    assert ascending_levels(array([1]), unsigned).dtype == np.float64
    assert agreement_weights("linear", unsigned).tolist() == [[1, 3 / 4, 0], [3 / 4, 1, 1 / 4], [0, 1 / 4, 1]]


def test_a_rating_is_encoded_by_its_index_from_0_and_a_missing_one_by_minus_1() -> None:
    assert encode(array([2, None, 8], [None, 4, 2]), np.array([2.0, 4.0, 8.0])).tolist() == [[0, -1, 2], [-1, 1, 0]]
    assert encode(array([None]), np.array([])).tolist() == [[-1]]
    assert encode(np.empty((2, 0)), np.array([])).tolist() == [[], []]


@pytest.mark.parametrize("rating", [1, 3, 9])
def test_a_rating_below_between_or_above_the_levels_is_an_error(rating: int) -> None:
    with pytest.raises(ValueError, match=r"^a rating is not on the scale$"):
        encode(array([2, rating], [None, 4]), np.array([2.0, 4.0, 8.0]))
