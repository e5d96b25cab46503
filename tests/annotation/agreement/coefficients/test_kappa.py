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
    Resamples,
    agreement_weights,
    confusion,
    confusions,
    from_disagreement,
    kappa,
    kappa_of_table,
    kappas,
    kappas_of_tables,
)
from tests.annotation.agreement.arrays import SCALE, array, rows, study

OF_TWO = array([1, 2, 3, None, 5, 6, 6], [1, 3, 3, 4, None, 5, 1])


def by_scikit_learn(one: Any, other: Any, weights: str | None) -> float | None:
    both = ~np.isnan(one) & ~np.isnan(other)
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        warnings.simplefilter("ignore")
        found = cohen_kappa_score(one[both].astype(int), other[both].astype(int), labels=list(SCALE), weights=weights)
    return None if np.isnan(found) else float(found)


def rated(least: int = 2, most: int = 40) -> st.SearchStrategy[Any]:
    """Two annotators, with gaps and levels that do not occur."""
    rating = st.sampled_from([np.nan, 1.0, 2.0, 3.0, 6.0])
    return st.integers(least, most).flatmap(lambda responses: arrays.arrays(float, (2, responses), elements=rating))


@settings(max_examples=150, deadline=None)
@given(rated(), st.sampled_from([("identity", None), ("linear", "linear"), ("quadratic", "quadratic")]))
def test_of_two_annotators_is_what_scikit_learn_gives_over_the_full_scale(ratings: Any, names: Any) -> None:
    weights, theirs = names
    found = kappa(ratings, scale=SCALE, weights=weights)
    both = int((~np.isnan(ratings)).all(axis=0).sum())
    if both < 2:
        assert (found.value, found.n) == (None, both)
        return
    expected = by_scikit_learn(*ratings, theirs)
    if expected is None:
        assert found.reason == "every rating is the same"
    else:
        assert found.value == pytest.approx(expected, abs=1e-10)
    tables = confusions(ratings, SCALE)
    in_one = kappa_of_table(tables[0, 1], agreement_weights(weights, SCALE))
    assert in_one == (None if found.value is None else pytest.approx(found.value, abs=1e-12))


def by_definition(given: list[list[int | None]], weights: Any) -> float | None:
    """Agreement and chance of each pair, added up: chance by the shares of each annotator, in responses with two ratings."""
    columns = [column for column in zip(*given, strict=True) if sum(value is not None for value in column) > 1]
    rows = list(zip(*columns, strict=True))
    agreed = chance = pairs = 0.0
    for number, one in enumerate(rows):
        for other in rows[number + 1 :]:
            both = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
            mine, theirs = ([value for value in row if value is not None] for row in (one, other))
            agreed += sum(weights[a - 1, b - 1] for a, b in both)
            if both:
                chance += len(both) * sum(weights[a - 1, b - 1] for a in mine for b in theirs) / (len(mine) * len(theirs))
            pairs += len(both)
    return None if pairs - chance <= 1e-9 else (agreed - chance) / (pairs - chance)


@settings(max_examples=150, deadline=None)
@given(rows(), st.sampled_from(["identity", "ordinal", "linear", "quadratic"]))
def test_of_any_annotators_agreement_and_chance_are_added_up_over_pairs(given: Any, name: Any) -> None:
    found = kappa(array(*given), scale=SCALE, weights=name)
    expected = by_definition(given, agreement_weights(name, SCALE))
    assert found.value == (None if expected is None or found.n == 1 else pytest.approx(expected, abs=1e-12))


def test_of_three_who_rated_everything_it_is_conger_s() -> None:
    """Worked by hand: the pairs agree in 3, 2 and 2 of four responses, by chance in 1.5, 1.25 and 1."""
    ratings = array([1, 1, 2, 2], [1, 1, 2, 3], [1, 2, 2, 1])
    chance = 4 * (1 / 2 * 1 / 2 + 1 / 2 * 1 / 4 + (1 / 4 + 1 / 4) + (1 / 2 * 1 / 2 + 1 / 4 * 1 / 2))
    found = kappa(ratings, scale=range(1, 4), weights="identity")
    assert (found.value, found.n) == (pytest.approx((7 - chance) / (12 - chance), abs=1e-12), 4)


def test_weights_are_quadratic_unless_told_and_may_be_a_matrix() -> None:
    own = from_disagreement((np.subtract.outer(np.arange(6), np.arange(6)) ** 2).astype(float))
    asked = [kappa(OF_TWO, scale=SCALE, **weights) for weights in ({}, {"weights": "quadratic"}, {"weights": own})]
    assert asked[0] == asked[1]
    assert [(found.value, found.n) for found in asked] == [(pytest.approx(by_scikit_learn(*OF_TWO, "quadratic")), 5)] * 3


@pytest.mark.parametrize("annotators", [12, 13, 20])
def test_many_annotators_change_the_way_and_not_the_figure(annotators: int, monkeypatch: pytest.MonkeyPatch) -> None:
    given = study(30, 2, annotators=annotators, missing=0.7)
    found = [kappa(given.ratings, scale=SCALE, queries=given.queries)]
    for many in (0, 100):
        monkeypatch.setattr(modules["annotation.agreement.coefficients.kappa"], "MANY", many)
        found.append(kappa(given.ratings, scale=SCALE, queries=given.queries))
    for other in found[1:]:
        assert (other.value, other.low, other.high) == pytest.approx((found[0].value, found[0].low, found[0].high), abs=1e-12)


@pytest.mark.parametrize("with_queries", [False, True])
def test_all_pairs_at_once_are_each_pair_alone(with_queries: bool) -> None:
    given = study(30, 2, annotators=4)
    asked: Any = {"scale": SCALE, "weights": "linear"} | (
        {"queries": given.queries, "resamples": Resamples(3)} if with_queries else {}
    )
    found = kappas(given.ratings, **asked)
    for one in range(4):
        assert found[one][one] is None
        for other in set(range(4)) - {one}:
            alone, pair = kappa(given.ratings[[one, other]], **asked), found[one][other]
            assert pair is not None
            assert pair is found[other][one]
            assert pair.n == alone.n
            assert (pair.value, pair.low, pair.high) == pytest.approx((alone.value, alone.low, alone.high), abs=1e-12)
            assert (pair.low is not None) == with_queries


def test_confusions_count_how_often_two_levels_were_given_to_one_response() -> None:
    ratings = array([1, 1, 2, 3, None], [1, 2, 2, None, 3], [None, 2, 1, None, 3])
    found = confusions(ratings, range(1, 5))
    assert (found.shape, found.dtype) == ((3, 3, 4, 4), np.int64)
    assert found[0, 1].tolist() == [[1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    assert found[1, 0].tolist() == found[0, 1].T.tolist()
    assert found[1, 2].tolist() == [[0, 0, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]]
    assert found[0, 0].tolist() == [[2, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]]
    # both sides of 1-1, 1-2, 2-2; 1-2, 2-1; 2-2, 2-1, 3-3
    assert confusion(ratings, range(1, 5)).tolist() == [[2, 4, 0, 0], [4, 4, 0, 0], [0, 0, 2, 0], [0, 0, 0, 0]]


def test_confusions_are_counted_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    ratings = study(50).ratings
    whole = confusions(ratings, SCALE)
    for responses in (1, 7, 50, 51):
        monkeypatch.setattr(modules["annotation.agreement.confusion"], "RESPONSES", responses)
        assert np.array_equal(confusions(ratings, SCALE), whole)


def test_a_table_in_which_chance_agrees_wholly_has_no_kappa() -> None:
    assert kappa_of_table(np.array([[5, 0], [0, 0]]), np.eye(2)) is None


@pytest.mark.parametrize("queries", [10, 1000])
def test_where_any_two_levels_agree_wholly_so_does_chance_whatever_rounding_leaves(queries: int) -> None:
    found = [kappa(study(queries, seed=seed).ratings, scale=SCALE, weights=np.ones((6, 6))).reason for seed in range(20)]
    assert found == ["every rating is the same"] * 20


def test_tables_of_several_criteria_added_up_give_the_kappas_of_their_ratings_side_by_side() -> None:
    one, other = study(20, 2, annotators=3), study(20, 2, annotators=3, seed=5)
    tables = confusions(one.ratings, SCALE) + confusions(other.ratings, SCALE)
    assert kappas_of_tables(tables, scale=SCALE) == kappas(np.hstack([one.ratings, other.ratings]), scale=SCALE)
