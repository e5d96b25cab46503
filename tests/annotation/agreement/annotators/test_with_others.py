from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.agreement import Figure, Resamples, agreement_weights, agreement_with_others, kappa
from tests.annotation.agreement.annotators.measures import Table, numbers, paired_values, shared_values
from tests.annotation.agreement.arrays import SCALE, array, rows, study


def test_agreement_and_chance_are_added_up_over_the_pairs_with_the_annotator() -> None:
    """Worked by hand: A and B agree in 3 of four responses, A and C in 2, B and C in 2; by chance in 1.5, 2 and 1.5."""
    ratings = array([1, 1, 2, 2], [1, 1, 2, 3], [1, 2, 2, 1])
    figures = agreement_with_others(ratings, scale=range(1, 4), weights="identity")
    assert figures == (Figure((5 - 3.5) / (8 - 3.5), 4), Figure((5 - 3) / (8 - 3), 4), Figure((4 - 3.5) / (8 - 3.5), 4))


def test_chance_comes_from_the_levels_given_in_the_responses_that_the_annotator_shares() -> None:
    """B and C share two more responses, and A rated one more alone: they do not count in A's figure."""
    ratings = array([1, 2, 2, None, None, 1], [1, 2, 1, 1, 1, None], [None, None, 1, 1, 2, None])
    figures = agreement_with_others(ratings, scale=[1, 2], weights="identity")
    # A gave 1/3 and 2/3, B 2/3 and 1/3, C the first level alone; A and B met 3 times, A and C once
    expected = (2 - 3 * 4 / 9 - 1 / 3) / (4 - 3 * 4 / 9 - 1 / 3)
    assert (figures[0].value, figures[0].n) == (pytest.approx(expected, abs=1e-15), 3)


@pytest.mark.parametrize("weights", [{}, {"weights": "identity"}, {"weights": np.eye(6)}])
@pytest.mark.parametrize(("queries", "each"), [(20, 2), (120, 1), (110, 2)])
def test_with_two_annotators_agreement_with_the_other_is_their_kappa(weights: Any, queries: int, each: int) -> None:
    sample = study(queries, each, annotators=2)
    for arguments in ({}, {"queries": sample.queries}, {"queries": sample.queries, "resamples": Resamples(4)}):
        pair = kappa(sample.ratings, scale=SCALE, **weights, **arguments)
        figures = agreement_with_others(sample.ratings, scale=SCALE, **weights, **arguments)
        assert numbers(figures) == pytest.approx(numbers([pair, pair]), abs=1e-12, nan_ok=True)


@settings(max_examples=150, deadline=None)
@given(rows(), st.sampled_from(["identity", "ordinal", "linear", "quadratic"]))
def test_any_ratings_give_the_agreement_that_counting_one_by_one_gives(table: Table, name: Any) -> None:
    weights = agreement_weights(name, SCALE)
    for number, figure in enumerate(agreement_with_others(array(*table), scale=SCALE, weights=name)):
        own_values = [own for own, _others in shared_values(table, number)]
        agreed = chance = paired = 0.0
        for own, others in paired_values(table, number):
            agreed += sum(weights[a - 1, b - 1] for a, b in zip(own, others, strict=True))
            chance += sum(weights[a - 1, b - 1] for a in own_values for b in others) / len(own_values)
            paired += len(own)
        expected = (agreed - chance) / (paired - chance) if paired - chance > 1e-9 else None
        assert figure.value == (None if expected is None else pytest.approx(expected, abs=1e-12))
        assert figure.n == len(own_values)


def test_agreement_is_undefined_where_chance_alone_agrees_wholly() -> None:
    undefined = Figure(None, 2, "every rating is the same")
    assert agreement_with_others(array([3, 3, 4], [3, 3, None]), scale=SCALE) == (undefined, undefined)
