import numpy as np
import pytest

from annotation.agreement.estimates.samples import clustered, effective_size, weights_or_ones


def test_responses_are_grouped_by_query() -> None:
    data = clustered(np.array([7, 3, 7, 9]))
    assert (data.queries, data.cluster.tolist(), data.clustered) == (3, [1, 0, 1, 2], True)
    assert data.sums([np.array([1.0, 2.0, 4.0, 8.0])]).tolist() == [[2.0], [5.0], [8.0]]


def test_without_weights_each_value_weighs_1() -> None:
    assert weights_or_ones(None, np.zeros(3)).tolist() == [1, 1, 1]
    assert weights_or_ones(np.array([0.5, 0.0]), np.zeros(2)).tolist() == [0.5, 0]


@pytest.mark.parametrize(
    ("weights", "message"),
    [([1.0], "each value"), ([1.0, -0.5], "not below 0"), ([1.0, float("nan")], "a number"), ([1.0, float("inf")], "a number")],
)
def test_a_weight_that_is_none_is_an_error(weights: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        weights_or_ones(np.array(weights), np.zeros(2))


def test_the_effective_size_is_that_of_equal_weights() -> None:
    # weights 3, 1: 4² / 10
    assert [effective_size(np.array(weights)) for weights in ([2.0] * 5, [3.0, 1.0], [0.0, 0.0], [])] == [5, 1.6, 0, 0]
