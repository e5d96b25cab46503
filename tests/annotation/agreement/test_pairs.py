from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from annotation.agreement import Figure, Resamples, adjacent, exact, mean_absolute_difference, of_pairs, pairs_lost
from tests.annotation.agreement.arrays import array, rows, study

MEASURE = {"exact": exact, "adjacent": adjacent, "mean_absolute_difference": mean_absolute_difference}


def test_pairs_of_ratings_of_one_response_are_counted() -> None:
    ratings = array([1, 4, None], [1, 5, 2], [3, 6, None])
    assert exact(ratings) == Figure(1 / 6, 2)  # 1 of the pairs 1-1, 1-3, 1-3, 4-5, 4-6, 5-6
    assert adjacent(ratings) == Figure(3 / 6, 2)
    assert mean_absolute_difference(ratings) == Figure(8 / 6, 2)


def test_pairs_are_pooled_so_a_response_with_more_ratings_counts_more() -> None:
    ratings = array([2, 1], [2, 3], [2, None])
    assert exact(ratings) == Figure(3 / 4, 2)  # the mean over the two responses would be 1/2
    assert adjacent(ratings) == Figure(3 / 4, 2)


def test_all_the_same_is_full_agreement() -> None:
    assert (exact(array([4, 4], [4, 4])), adjacent(array([4, 4], [4, 4]))) == (Figure(1.0, 2), Figure(1.0, 2))


@pytest.mark.parametrize("measure", [exact, adjacent])
@pytest.mark.parametrize(
    ("ratings", "reason"),
    [
        (np.empty((0, 0)), "nothing has been rated"),
        (array([None], [None]), "nothing has been rated"),
        (array([1, 2], [None, None]), "only one annotator has rated"),
        (array([1, None], [None, 1]), "no response has two ratings"),
    ],
)
def test_an_undefined_figure_has_its_reason(measure: Any, ratings: Any, reason: str) -> None:
    assert measure(ratings) == Figure(None, 0, reason)


@settings(max_examples=100)
@given(rows())
def test_any_ratings_give_what_counting_pair_by_pair_gives(table: list[list[int | None]]) -> None:
    pairs = [pair for item in zip(*table, strict=True) for pair in combinations(item, 2) if None not in pair]
    for measure, distance in ((exact, 0), (adjacent, 1)):
        within = [pair for pair in pairs if abs(pair[0] - pair[1]) <= distance]  # type: ignore[operator]
        assert measure(array(*table)).value == (len(within) / len(pairs) if pairs else None)


def test_pairs_are_lost_where_one_or_both_found_the_criterion_not_applicable() -> None:
    applicable = array([1, 1, 0, 0], [1, 0, 0, None], [1, 1, None, None])
    assert pairs_lost(applicable) == Figure(3 / 7, 3)  # of 3, 3 and 1 pairs 3, 1 and 0 have two ratings
    assert pairs_lost(array([1, None], [None, 1])) == Figure(None, 0, "no response has two ratings")


def test_pairs_of_which_all_or_none_are_lost() -> None:
    assert pairs_lost(array([1, 1], [1, 1])) == Figure(0.0, 2)
    assert pairs_lost(array([0, 0], [0, 0])) == Figure(1.0, 2)


def test_the_interval_of_pairs_lost_is_symmetric_on_the_logits() -> None:
    figure = pairs_lost((np.random.default_rng(1).random((3, 40)) > 0.15).astype(float), queries=np.arange(40) // 2)
    low, value, high = (np.log(share / (1 - share)) for share in (figure.low, figure.value, figure.high))
    assert (low + high) / 2 == pytest.approx(value, abs=1e-12)
    assert high - low > 0.5


@pytest.mark.parametrize("measure", [*MEASURE.values(), pairs_lost])
def test_resamples_and_their_seed_are_those_that_are_asked_for(measure: Any) -> None:
    values = (np.random.default_rng(1).random((3, 150)) > 0.3) * (1.0 if measure is pairs_lost else 2.0)
    default, same, other, few = (
        measure(values, queries=np.arange(150), **asked)
        for asked in ({}, *({"resamples": Resamples(*each)} for each in ((0, 1000), (1, 1000), (0, 50))))
    )
    assert default == same
    assert len({(figure.low, figure.high) for figure in (default, other, few)}) == 3


def test_a_quarter_not_applicable_at_random_costs_44_percent_of_the_pairs() -> None:
    applicable = (np.random.default_rng(0).random((3, 5000)) > 0.25).astype(float)
    figure = pairs_lost(applicable, queries=np.arange(5000) // 2)
    assert figure.value == pytest.approx(1 - 0.75**2, abs=0.01)
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low < 1 - 0.75**2 < figure.high
    assert figure.high - figure.low < 0.03


@pytest.mark.parametrize("name", ["exact", "adjacent", "mean_absolute_difference"])
@pytest.mark.parametrize("queries", [12, 120])
def test_the_figures_of_pairs_together_are_each_alone(name: str, queries: int) -> None:
    sample = study(queries, 2)
    together, alone = (measure(sample.ratings, queries=sample.queries) for measure in (of_pairs, MEASURE[name]))
    assert getattr(together, name) == alone
    assert alone.low < alone.value < alone.high
