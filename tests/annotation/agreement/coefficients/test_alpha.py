from dataclasses import replace
from itertools import permutations
from sys import modules
from typing import Any, get_args
from unittest.mock import patch

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.agreement import Figure, MeasurementLevel, alpha
from annotation.agreement.coefficients.alpha import by_krippendorff, interval_alpha
from tests.annotation.agreement.arrays import array, rows, study
from tests.annotation.agreement.test_published import KRIPPENDORFF

alpha_module = modules["annotation.agreement.coefficients.alpha"]  # the package has the function under its name
LEVELS = get_args(MeasurementLevel)
FOUR_BY_TWELVE = array(*KRIPPENDORFF["ratings"])


def test_the_figure_rests_on_the_responses_with_two_ratings() -> None:
    assert alpha(FOUR_BY_TWELVE, level="nominal", scale=range(1, 6)).n == 11  # the twelfth has one


UNDEFINED = [
    (np.empty((0, 0)), Figure(None, 0, "nothing has been rated")),
    (np.empty((3, 0)), Figure(None, 0, "nothing has been rated")),
    (array([None, None], [None, None]), Figure(None, 0, "nothing has been rated")),
    (array([1, 2, 3]), Figure(None, 0, "only one annotator has rated")),
    (array([1, 2, 3], [None, None, None]), Figure(None, 0, "only one annotator has rated")),
    (array([1, None], [None, 2]), Figure(None, 0, "no response has two ratings")),
    (array([3, None], [None, 3]), Figure(None, 0, "no response has two ratings")),
    (array([3, 3], [3, 3]), Figure(None, 2, "every rating is the same")),
    (array([3, 3, 5], [3, 3, None]), Figure(None, 2, "every rating is the same")),  # the 5 is compared with nothing
    (array([3, 5], [3, None]), Figure(None, 1, "only one response has two ratings")),
    (array([3, 5], [4, None]), Figure(None, 1, "only one response has two ratings")),  # 0 by the formula, whatever they are
]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("ratings", "figure"), UNDEFINED)
def test_an_undefined_alpha_has_its_reason(ratings: Any, figure: Figure, level: MeasurementLevel) -> None:
    assert alpha(ratings, level=level, scale=range(1, 7)) == figure
    assert alpha(ratings, level=level, scale=None) == figure


def by_definition(table: list[list[int | None]], level: MeasurementLevel) -> float | None:
    """One minus observed over expected disagreement, pair by pair; None where nothing differs or nothing is paired."""
    units = [[value for value in unit if value is not None] for unit in zip(*table, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    values = [value for unit in units for value in unit]

    def distance(first: int, second: int) -> float:
        low, high = min(first, second), max(first, second)
        if level == "nominal":
            return float(first != second)
        if level == "ordinal":
            between = sum(values.count(value) for value in range(low, high + 1))
            return (between - (values.count(low) + values.count(high)) / 2) ** 2
        return (high - low) ** 2 if level == "interval" else ((high - low) / (high + low)) ** 2

    observed = sum(distance(*pair) / (len(unit) - 1) for unit in units for pair in permutations(unit, 2))
    expected = sum(distance(*pair) for pair in permutations(values, 2)) / max(len(values) - 1, 1)
    return 1 - observed / expected if expected else None


@settings(max_examples=150)
@given(rows(), st.sampled_from(LEVELS))
def test_any_ratings_give_what_the_definition_gives_or_a_reason(table: list[list[int | None]], level: MeasurementLevel) -> None:
    figure = alpha(array(*table), level=level, scale=range(1, 7))
    expected = by_definition(table, level)
    if expected is None or figure.n == 1:
        assert (figure.value, figure.reason) in {(None, undefined.reason) for _ratings, undefined in UNDEFINED}
    else:
        assert figure.value == pytest.approx(expected, abs=1e-12)


@settings(max_examples=150)
@given(rows(), st.sampled_from(LEVELS), st.sampled_from([0, 100_000]), st.booleans())
def test_any_ratings_give_what_krippendorff_gives_by_its_computation_and_by_ours(
    table: list[list[int | None]], level: MeasurementLevel, small: int, with_scale: bool
) -> None:
    ratings = array(*table)
    with patch.object(alpha_module, "SMALL", small):
        figure = alpha(ratings, level=level, scale=range(1, 7) if with_scale else None)
    if figure.value is not None:
        expected = krippendorff.alpha(ratings, value_domain=range(1, 7), level_of_measurement=level)
        assert figure.value == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize(("more", "value"), [(0, 0.25), (1, 0.75)])
def test_up_to_10_000_ratings_krippendorff_computes_alpha_and_above_we_do(more: int, value: float, monkeypatch: Any) -> None:
    assert alpha_module.SMALL == 10_000
    monkeypatch.setattr(alpha_module, "SMALL", 4)
    monkeypatch.setattr(alpha_module, "by_krippendorff", lambda *_arguments: 0.25)
    monkeypatch.setattr(alpha_module, "statistic", lambda *_arguments: lambda weights: np.full(len(weights), 0.75))
    ratings = array([1, 2, *[1] * more], [2, 1, *[None] * more])
    assert alpha(ratings, level="nominal", scale=range(1, 3)) == Figure(value, 2)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("each", [1, 3])
def test_our_own_alpha_has_the_same_ten_digits(level: MeasurementLevel, each: int) -> None:
    sample = study(150, each)
    with patch.object(alpha_module, "SMALL", 0):
        figure = alpha(sample.ratings, level=level, scale=range(1, 7), queries=sample.queries)
    assert figure.value == pytest.approx(by_krippendorff(sample.ratings, level), abs=1e-11)
    assert figure == replace(alpha(sample.ratings, level=level, scale=range(1, 7), queries=sample.queries), value=figure.value)


@settings(max_examples=100)
@given(rows(), st.sampled_from(LEVELS), st.randoms())
def test_neither_the_order_of_annotators_nor_that_of_responses_matters(table: Any, level: MeasurementLevel, random: Any) -> None:
    figure = alpha(array(*table), level=level, scale=range(1, 7))
    columns = list(zip(*table, strict=True))
    random.shuffle(columns)
    shuffled = [list(row) for row in zip(*columns, strict=True)] or table
    random.shuffle(shuffled)
    other = alpha(array(*shuffled), level=level, scale=range(1, 7))
    assert (other.n, other.reason) == (figure.n, figure.reason)
    assert other.value == pytest.approx(figure.value, abs=1e-12)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("scale", [range(1, 7), range(11), [6, 5, 4, 3, 2, 1], None])
def test_levels_that_do_not_occur_and_the_order_of_the_scale_do_not_matter(scale: Any, level: MeasurementLevel) -> None:
    """Alpha weighs a level by how often it occurs; the scale matters to measures that expect chance over all levels."""
    expected = KRIPPENDORFF["alpha"][level]
    assert alpha(FOUR_BY_TWELVE, level=level, scale=scale).value == pytest.approx(expected, abs=5e-6)


def test_ordinal_alpha_depends_on_the_order_alone_and_interval_alpha_on_the_distances() -> None:
    stretched = np.where(FOUR_BY_TWELVE == 5, 9, FOUR_BY_TWELVE)
    shifted = 10 + 2 * FOUR_BY_TWELVE
    before = {level: alpha(FOUR_BY_TWELVE, level=level, scale=None).value for level in LEVELS}
    assert alpha(stretched, level="ordinal", scale=range(1, 10)).value == before["ordinal"]
    assert alpha(stretched, level="interval", scale=range(1, 10)).value != pytest.approx(before["interval"], abs=1e-3)
    assert alpha(shifted, level="interval", scale=None).value == pytest.approx(before["interval"], abs=1e-12)


def test_means_need_no_scale() -> None:
    thirds = FOUR_BY_TWELVE / 3
    assert alpha(thirds, level="interval", scale=None).value == pytest.approx(0.84911, abs=5e-6)


def test_hundreds_of_annotators_do_not_overflow() -> None:
    table: list[list[int | None]] = [[1, 2 if number < 150 else 1] for number in range(200)]
    assert alpha(array(*table), level="nominal", scale=[1, 2]).value == pytest.approx(by_definition(table, "nominal"), abs=1e-12)


def test_the_arguments_are_not_changed() -> None:
    before = FOUR_BY_TWELVE.copy()
    alpha(FOUR_BY_TWELVE, level="ordinal", scale=range(1, 6))
    assert np.array_equal(before, FOUR_BY_TWELVE, equal_nan=True)


def test_a_rating_that_is_not_on_the_scale_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"^a rating is not on the scale$"):
        alpha(array([1, 7], [2, 7]), level="ordinal", scale=range(1, 7))


def test_a_ratio_below_0_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"^ratings at the level of ratios are never below 0$"):
        alpha(array([1, -1], [-1, 1]), level="ratio", scale=None)


def test_a_ratio_may_be_0() -> None:
    """The pairs differ by 1 and 0; by chance, of 0 1 2 2: 0-1, twice 0-2, twice 1-2 of six pairs."""
    actual = alpha(array([0, 2], [1, 2]), level="ratio", scale=None)
    assert (actual.value, actual.n) == (pytest.approx(1 - (1 / 2) / ((1 + 2 + 2 / 9) / 6), abs=1e-15), 2)


def test_a_resample_in_which_all_means_are_the_same_has_no_interval_alpha() -> None:
    """Of 0.3 three times over, n · Σ x² - (Σ x)² is not 0 but 2e-16."""
    same, others = [3.0, 3 * 0.3, 3 * 0.3**2, 0.0], [4.0, 0.0, 4.0, 2.0]
    assert same[0] * same[2] != same[1] ** 2
    actual = interval_alpha(np.array([same, others]))
    assert np.isnan(actual[0])
    assert actual[1] == 1 - 3 * 2 / (2 * 16)


def test_a_resample_of_rare_but_real_differences_has_one() -> None:
    """One in ten million is 2, the others 1, as far from the mean as that makes them."""
    n, mean = 1e7, 1e-7
    squares = (n - 1) * mean**2 + (1 - mean) ** 2
    assert np.isfinite(interval_alpha(np.array([[n, 0.0, squares, 1.0]])))


def test_the_size_of_means_does_not_matter_to_our_own_alpha() -> None:
    means = study(40, missing=0.2).ratings / 7
    with patch.object(alpha_module, "SMALL", 0):
        actual, moved = (alpha(ratings, level="interval", scale=None).value for ratings in (means, means + 1e7))
    assert moved == pytest.approx(actual, abs=1e-7)
