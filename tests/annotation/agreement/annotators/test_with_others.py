from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.agreement import (
    Figure,
    Resamples,
    agreement_weights,
    agreement_with_others,
    confusions,
    kappa,
    kappas_of_pairs,
    kappas_of_tables,
)
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


def counted(table: Table, number: int, weights: Any) -> tuple[float, float, float, int]:
    """What agrees, what would by chance, and the number of pairs and of responses, counted one by one."""
    own_values = [own for own, _others in shared_values(table, number)]
    agreed = chance = paired = 0.0
    for own, others in paired_values(table, number):
        agreed += sum(weights[a - 1, b - 1] for a, b in zip(own, others, strict=True))
        chance += sum(weights[a - 1, b - 1] for a in own_values for b in others) / len(own_values)
        paired += len(own)
    return agreed, chance, paired, len(own_values)


@settings(max_examples=150)
@given(st.lists(rows(), min_size=1, max_size=3), st.sampled_from(["identity", "ordinal", "linear", "quadratic"]))
def test_any_ratings_give_the_agreement_that_counting_one_by_one_gives(tables: list[Table], name: Any) -> None:
    weights = agreement_weights(name, SCALE)
    annotators = min(map(len, tables))
    tables = [table[:annotators] for table in tables]
    criteria = np.repeat(np.arange(len(tables)), [len(table[0]) for table in tables])
    side_by_side = np.hstack([array(*table) for table in tables])
    for number, figure in enumerate(agreement_with_others(side_by_side, scale=SCALE, weights=name, criteria=criteria)):
        of_criteria = [counted(table, number, weights) for table in tables]
        agreed, chance, paired, n = map(sum, zip(*of_criteria, strict=True))
        two_of_one = max(responses for *_sums, responses in of_criteria) > 1
        expected = (agreed - chance) / (paired - chance) if two_of_one and paired - chance > 1e-9 else None
        assert figure.value == (None if expected is None else pytest.approx(expected, abs=1e-12))
        assert figure.n == n


def test_chance_is_taken_within_each_criterion() -> None:
    """Worked by hand. On the first criterion the two give 1 or 2, on the second 3 or 4, and each time they agree in half of
    four responses, which is chance. Pooled they would agree in 4 of eight and by chance in 2: a kappa of 1/3."""
    first, second = array([1, 1, 2, 2], [1, 2, 1, 2]), array([3, 3, 4, 4], [4, 3, 3, 4])
    side_by_side = np.hstack([first, second])
    of_two = {"scale": range(1, 5), "weights": "identity"}
    pooled, within = (
        agreement_with_others(side_by_side, **of_two, criteria=criteria)  # type: ignore[arg-type]
        for criteria in (None, np.repeat([0, 1], 4))
    )
    assert [figure.value for figure in pooled] == pytest.approx([1 / 3, 1 / 3])
    assert within == (Figure(0.0, 8),) * 2


def test_criteria_without_any_agreement_and_with_different_means_have_none_together() -> None:
    """The example of five criteria: pooled as if they were one, it is .84."""
    random = np.random.default_rng(0)
    means = np.array([1.2, 2.2, 3.5, 4.8, 5.8])[:, None, None]
    values = np.clip(np.round(means + 0.72 * random.normal(size=(5, 6, 600))), 1, 6)
    side_by_side, criteria = np.hstack(values), np.repeat(np.arange(5), 600)
    assert agreement_with_others(side_by_side, scale=SCALE)[0].value == pytest.approx(0.84, abs=0.01)
    within = agreement_with_others(side_by_side, scale=SCALE, criteria=criteria, queries=np.tile(np.arange(600), 5))
    tables = np.array([confusions(ratings, SCALE) for ratings in values])
    pairs = [figure.value for row in kappas_of_tables(tables, scale=SCALE) for figure in row if figure and figure.value]
    assert max(abs(figure.value or 0) for figure in within) < 0.02
    assert abs(np.mean(pairs)) < 0.02
    assert all((figure.low or 0) < 0 < (figure.high or 0) for figure in within)


def test_the_kappa_of_a_pair_is_that_of_its_tables_and_of_each_with_the_other() -> None:
    values = [study(20, 2, annotators=3, seed=seed).ratings for seed in range(4)]
    side_by_side, criteria, queries = np.hstack(values), np.repeat(np.arange(4), 40), np.tile(np.arange(40) // 2, 4)
    of_tables = kappas_of_tables(np.array([confusions(ratings, SCALE) for ratings in values]), scale=SCALE)
    pairs = kappas_of_pairs(side_by_side, scale=SCALE, criteria=criteria, queries=queries)
    for (first, second), pair in zip(((0, 1), (0, 2), (1, 2)), pairs, strict=True):
        alone = agreement_with_others(side_by_side[[first, second]], scale=SCALE, criteria=criteria, queries=queries)
        table = of_tables[first][second]
        assert table is not None
        assert (table.value, table.n) == (pytest.approx(pair.value, abs=1e-12), pair.n)
        assert numbers([pair, pair]) == pytest.approx(numbers(alone), abs=1e-12)


def test_a_pair_that_shares_nothing_has_no_kappa() -> None:
    nothing = Figure(None, 0, "no response has two ratings")
    ratings = array([1, 2, 3, None], [1, 3, 3, None], [None, None, None, 4])
    assert kappas_of_pairs(ratings, scale=SCALE) == (kappa(ratings[:2], scale=SCALE), nothing, nothing)


@pytest.mark.parametrize("each", [1, 2])
def test_the_intervals_of_pairs_leave_out_each_of_many_queries_and_come_close_to_resampling(each: int) -> None:
    sample = study(400, each, annotators=2)
    [left_out] = kappas_of_pairs(sample.ratings, scale=SCALE, queries=sample.queries)
    drawn = kappa(sample.ratings, scale=SCALE, queries=sample.queries)
    assert left_out != drawn
    assert (left_out.low, left_out.high) == pytest.approx((drawn.low, drawn.high), abs=0.005)


def test_criteria_of_one_response_each_tell_no_chance() -> None:
    sides = {"scale": SCALE, "criteria": np.array([0, 1])}
    unknown = Figure(None, 2, "only one response has two ratings")
    assert agreement_with_others(array([1, 5], [2, 5]), **sides) == (unknown, unknown)  # type: ignore[arg-type]
    tables = np.array([confusions(array([one], [other]), SCALE) for one, other in ((1, 2), (5, 5))])
    assert kappas_of_tables(tables, scale=SCALE)[0][1] == unknown


def test_where_queries_differ_the_criteria_of_a_query_are_resampled_together() -> None:
    """Twice the same criterion is no more than once: the interval must not be narrower."""
    sample = study(120, 2, annotators=3)
    once = agreement_with_others(sample.ratings, scale=SCALE, queries=sample.queries)
    twice = agreement_with_others(
        np.hstack([sample.ratings] * 2),
        scale=SCALE,
        criteria=np.repeat([0, 1], 240),
        queries=np.tile(sample.queries, 2),
    )
    assert numbers([replace(figure, n=2 * figure.n) for figure in once]) == pytest.approx(numbers(twice), abs=1e-12)


def test_agreement_is_undefined_where_chance_alone_agrees_wholly() -> None:
    undefined = Figure(None, 2, "every rating is the same")
    assert agreement_with_others(array([3, 3, 4], [3, 3, None]), scale=SCALE) == (undefined, undefined)
