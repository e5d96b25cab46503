import warnings
from sys import modules
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn.metrics import cohen_kappa_score

from annotation.agreement import (
    Figure,
    Resamples,
    agreement_weights,
    confusions,
    from_disagreement,
    kappa,
    kappa_of_table,
    kappas_of_tables,
)
from annotation.agreement.coefficients.kappa import kappas
from tests.annotation.agreement.arrays import SCALE, array, rows, study

OF_TWO = array([1, 2, 3, None, 5, 6, 6], [1, 3, 3, 4, None, 5, 1])


def by_scikit_learn(first: Any, second: Any, weights: str | None) -> float | None:
    paired = ~np.isnan(first) & ~np.isnan(second)
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        warnings.simplefilter("ignore")
        value = cohen_kappa_score(first[paired].astype(int), second[paired].astype(int), labels=list(SCALE), weights=weights)
    return None if np.isnan(value) else float(value)


def rated(least: int = 2, most: int = 40) -> st.SearchStrategy[Any]:
    """Two annotators, with gaps and levels that do not occur."""
    rating = st.sampled_from([np.nan, 1.0, 2.0, 3.0, 6.0])
    return st.integers(least, most).flatmap(lambda responses: arrays.arrays(float, (2, responses), elements=rating))


@settings(max_examples=150)
@given(rated(), st.sampled_from([("identity", None), ("linear", "linear"), ("quadratic", "quadratic")]))
def test_kappa_of_two_annotators_is_what_scikit_learn_gives_over_the_full_scale(ratings: Any, names: Any) -> None:
    weights, oracle_weights = names
    actual = kappa(ratings, scale=SCALE, weights=weights)
    n = int((~np.isnan(ratings)).all(axis=0).sum())
    if n < 2:
        assert (actual.value, actual.n) == (None, n)
        return
    expected = by_scikit_learn(*ratings, oracle_weights)
    if expected is None:
        assert actual.reason == "every rating is the same"
    else:
        assert actual.value == pytest.approx(expected, abs=1e-10)
    tables = confusions(ratings, SCALE)
    from_table = kappa_of_table(tables[0, 1], agreement_weights(weights, SCALE))
    assert from_table == (None if actual.value is None else pytest.approx(actual.value, abs=1e-12))


def by_definition(table: list[list[int | None]], weights: Any) -> float | None:
    """Agreement and chance of each pair, added up: chance by the shares of each annotator, in responses with two ratings."""
    columns = [column for column in zip(*table, strict=True) if sum(value is not None for value in column) > 1]
    rows = list(zip(*columns, strict=True))
    agreed = chance = pairs = 0.0
    for number, first in enumerate(rows):
        for second in rows[number + 1 :]:
            paired = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
            first_values, second_values = ([value for value in row if value is not None] for row in (first, second))
            agreed += sum(weights[a - 1, b - 1] for a, b in paired)
            if paired:
                chance += (
                    len(paired)
                    * sum(weights[a - 1, b - 1] for a in first_values for b in second_values)
                    / (len(first_values) * len(second_values))
                )
            pairs += len(paired)
    return None if pairs - chance <= 1e-9 else (agreed - chance) / (pairs - chance)


@settings(max_examples=150)
@given(rows(), st.sampled_from(["identity", "ordinal", "linear", "quadratic"]))
def test_with_any_annotators_agreement_and_chance_are_added_up_over_pairs(table: Any, name: Any) -> None:
    actual = kappa(array(*table), scale=SCALE, weights=name)
    expected = by_definition(table, agreement_weights(name, SCALE))
    assert actual.value == (None if expected is None or actual.n == 1 else pytest.approx(expected, abs=1e-12))


def test_kappa_of_three_who_rated_everything_is_conger_s() -> None:
    """Worked by hand: the pairs agree in 3, 2 and 2 of four responses, by chance in 1.5, 1.25 and 1."""
    ratings = array([1, 1, 2, 2], [1, 1, 2, 3], [1, 2, 2, 1])
    chance = 4 * (1 / 2 * 1 / 2 + 1 / 2 * 1 / 4 + (1 / 4 + 1 / 4) + (1 / 2 * 1 / 2 + 1 / 4 * 1 / 2))
    actual = kappa(ratings, scale=range(1, 4), weights="identity")
    assert (actual.value, actual.n) == (pytest.approx((7 - chance) / (12 - chance), abs=1e-12), 4)


def test_weights_are_quadratic_by_default_and_may_be_a_matrix() -> None:
    own = from_disagreement((np.subtract.outer(np.arange(6), np.arange(6)) ** 2).astype(float))
    asked = [kappa(OF_TWO, scale=SCALE, **weights) for weights in ({}, {"weights": "quadratic"}, {"weights": own})]
    assert asked[0] == asked[1]
    assert [(actual.value, actual.n) for actual in asked] == [(pytest.approx(by_scikit_learn(*OF_TWO, "quadratic")), 5)] * 3


@pytest.mark.parametrize("annotators", [12, 13, 20])
def test_many_annotators_change_the_computation_and_not_the_figure(annotators: int, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = study(30, 2, annotators=annotators, missing=0.7)
    figures = [kappa(sample.ratings, scale=SCALE, queries=sample.queries)]
    for limit in (0, 100):
        monkeypatch.setattr(modules["annotation.agreement.coefficients.kappa"], "MANY_ANNOTATORS", limit)
        figures.append(kappa(sample.ratings, scale=SCALE, queries=sample.queries))
    for figure in figures[1:]:
        assert (figure.value, figure.low, figure.high) == pytest.approx(
            (figures[0].value, figures[0].low, figures[0].high), abs=1e-12
        )


def test_the_kappas_of_tables_are_those_of_each_pair_alone() -> None:
    ratings = study(30, 2, annotators=4).ratings
    actual = kappas_of_tables(confusions(ratings, SCALE), scale=SCALE, weights="linear")
    for first in range(4):
        assert actual[first][first] is None
        for second in set(range(4)) - {first}:
            alone, pair = kappa(ratings[[first, second]], scale=SCALE, weights="linear"), actual[first][second]
            assert pair is not None
            assert pair is actual[second][first]
            assert (pair.n, pair.low) == (alone.n, None)
            assert pair.value == pytest.approx(alone.value, abs=1e-12)


def test_a_pair_that_shares_too_little_or_always_agrees_has_the_reason() -> None:
    ratings = array([1, 1, 1, None], [1, 1, 1, 4], [2, None, None, None], [None, None, None, None])
    pairs = kappas_of_tables(confusions(ratings, SCALE), scale=SCALE)
    assert (pairs[0][1], pairs[0][2], pairs[0][3]) == (
        Figure(None, 3, "every rating is the same"),
        Figure(None, 1, "only one response has two ratings"),
        Figure(None, 0, "no response has two ratings"),
    )


def test_a_criterion_with_one_rating_of_a_pair_agrees_as_often_by_chance_as_it_does() -> None:
    """Three of four agree on the first criterion, by chance two; on the second one of one, and by chance too."""
    first, second = array([1, 1, 1, 2], [1, 1, 2, 2]), array([1, None, None, None], [1, None, None, None])
    tables = np.stack([confusions(each, [1, 2]) for each in (first, second)])
    [[_none, pair], _other] = kappas_of_tables(tables, scale=[1, 2])
    chance = 4 * (3 / 4 * 1 / 2 + 1 / 4 * 1 / 2) + 1  # 3, which floats have exactly
    assert pair == Figure((4 - chance) / (5 - chance), 5)


def test_what_is_undefined_is_so_with_each_of_the_weights() -> None:
    one = Figure(None, 1, "only one response has two ratings")
    assert kappas(array([1, None], [2, 3]), scale=SCALE, weights=["identity", "ordinal"]) == [one, one]


def test_resamples_and_their_seed_are_those_that_are_asked_for() -> None:
    sample = study(150)
    default, same, other, few = (
        kappa(sample.ratings, scale=SCALE, queries=sample.queries, **asked)
        for asked in ({}, *({"resamples": Resamples(*each)} for each in ((0, 1000), (1, 1000), (0, 50))))
    )
    assert default == same
    assert len({default.low, other.low, few.low}) == 3


def test_a_table_in_which_chance_agrees_wholly_has_no_kappa() -> None:
    assert kappa_of_table(np.array([[5, 0], [0, 0]]), np.eye(2)) is None


@pytest.mark.parametrize("queries", [10, 1000])
def test_where_any_two_levels_agree_wholly_so_does_chance_whatever_rounding_leaves(queries: int) -> None:
    actual = [kappa(study(queries, seed=seed).ratings, scale=SCALE, weights=np.ones((6, 6))).reason for seed in range(20)]
    assert actual == ["every rating is the same"] * 20
