from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.agreement import Figure, ac1, ac2, agreement_weights, alpha, fleiss, of_pairs
from tests.annotation.agreement.arrays import SCALE, array, rows

NAMES = ["identity", "ordinal", "linear", "quadratic"]


def observed_and_shares(table: list[list[int | None]], weights: Any) -> tuple[float, list[float]] | None:
    """The mean share of agreeing pairs of the responses that have two, and the mean share of each level in all."""
    units = [[value for value in unit if value is not None] for unit in zip(*table, strict=True)]
    units = [unit for unit in units if unit]
    agreeing = [
        np.mean([weights[a - 1, b - 1] for i, a in enumerate(unit) for j, b in enumerate(unit) if i != j])
        for unit in units
        if len(unit) > 1
    ]
    if not agreeing:
        return None
    return float(np.mean(agreeing)), [float(np.mean([unit.count(level) / len(unit) for unit in units])) for level in SCALE]


@settings(max_examples=150)
@given(rows(), st.sampled_from(NAMES))
def test_ac2_takes_chance_from_how_evenly_levels_are_used(table: Any, name: Any) -> None:
    weights = agreement_weights(name, SCALE)
    actual, parts = ac2(array(*table), scale=SCALE, weights=name), observed_and_shares(table, weights)
    if parts is None:
        assert actual.value is None
    else:
        observed, shares = parts
        chance = weights.sum() / 30 * sum(share * (1 - share) for share in shares)
        assert actual.value == pytest.approx((observed - chance) / (1 - chance), abs=1e-12)


@settings(max_examples=150)
@given(rows(), st.sampled_from(NAMES))
def test_fleiss_takes_chance_from_drawing_two_levels(table: Any, name: Any) -> None:
    weights = agreement_weights(name, SCALE)
    actual, parts = fleiss(array(*table), scale=SCALE, weights=name), observed_and_shares(table, weights)
    if parts is None or max(parts[1]) > 1 - 1e-12:
        assert actual.value is None
    else:
        observed, shares = parts
        chance = float(np.array(shares) @ weights @ np.array(shares))
        assert actual.value == pytest.approx((observed - chance) / (1 - chance), abs=1e-12)


def test_ac1_is_ac2_with_identity_weights_and_ac2_is_ordinal_by_default() -> None:
    ratings = array([1, 2, 3, 4, 6], [1, 3, 3, 4, None], [2, 2, 3, 6, None])
    assert ac1(ratings, scale=SCALE) == ac2(ratings, scale=SCALE, weights="identity") != ac2(ratings, scale=SCALE)
    assert ac2(ratings, scale=SCALE) == ac2(ratings, scale=SCALE, weights="ordinal")
    assert fleiss(ratings, scale=SCALE) == fleiss(ratings, scale=SCALE, weights="identity")
    assert ac1(ratings, scale=SCALE).n == 4  # the last has one rating


def test_ac1_does_not_collapse_where_nearly_all_ratings_are_on_one_level() -> None:
    ratings = np.ones((2, 100))
    ratings[0, 0] = ratings[1, 1] = 2
    # equal in .98; shares .99 and .01
    assert fleiss(ratings, scale=range(1, 3)).value == pytest.approx((0.98 - 0.9802) / (1 - 0.9802))
    assert ac1(ratings, scale=range(1, 3)).value == pytest.approx((0.98 - 2 * 0.99 * 0.01) / (1 - 2 * 0.99 * 0.01))


def test_a_scale_of_one_level_is_an_error() -> None:
    for measure in (ac1, ac2):
        with pytest.raises(ValueError, match=r"^a scale has two levels at least$"):
            measure(array([1], [1]), scale=[1])
    assert fleiss(array([1], [1]), scale=[1]) == Figure(None, 1, "every rating is the same")


@pytest.mark.parametrize("measure", [ac1, ac2, fleiss])
def test_a_figure_that_rests_on_one_query_has_no_interval(measure: Any) -> None:
    """Single ratings count for chance, and say nothing of agreement."""
    actual = measure(array([1, 2, 3, 4, 5, 6], [2, None, None, None, None, None]), scale=SCALE, queries=np.arange(6))
    assert (actual.n, actual.low, actual.no_interval) == (1, None, "too few queries differ for an interval")
    assert actual.value is not None


def test_on_ratings_that_know_nothing_of_the_response_ac2_is_high() -> None:
    """What pages, papers and documents say of it, so that nobody reads AC2 as a comfort."""
    ratings = np.random.default_rng(0).choice(range(1, 7), size=(3, 20_000), p=[0, 0.02, 0.25, 0.53, 0.19, 0.01]).astype(float)
    by_pairs = of_pairs(ratings)
    figures = (by_pairs.exact, by_pairs.adjacent, ac2(ratings, scale=SCALE), alpha(ratings, level="ordinal", scale=SCALE))
    assert [figure.value for figure in figures] == pytest.approx([0.38, 0.86, 0.86, 0.0], abs=0.01)
