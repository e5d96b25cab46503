import json
from itertools import permutations
from pathlib import Path
from typing import Any, get_args

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.agreement import Figure, Level, alpha
from tests.annotation.agreement.arrays import array, rows

LEVELS = get_args(Level)
TABLES = {
    path.stem: json.loads(path.read_text()) for path in (Path(__file__).parents[3] / "fixtures" / "agreement").glob("*.json")
}
PUBLISHED = [(name, level) for name, table in sorted(TABLES.items()) for level in table["alpha"]]
FOUR_BY_TWELVE = array(*TABLES["krippendorff-2011"]["ratings"])


@pytest.mark.parametrize(("name", "level"), PUBLISHED)
def test_published_tables_come_out_to_the_printed_digits(name: str, level: Level) -> None:
    table = TABLES[name]
    figure = alpha(array(*table["ratings"]), level=level, scale=range(6))
    assert round(figure.value or 0, table["decimals"]) == table["alpha"][level]


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
    (array([3, 5], [3, None]), Figure(None, 1, "every rating is the same")),  # the 5 is compared with nothing
]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("ratings", "figure"), UNDEFINED)
def test_undefined_is_said_with_its_reason(ratings: Any, figure: Figure, level: Level) -> None:
    assert alpha(ratings, level=level, scale=range(1, 7)) == figure
    assert alpha(ratings, level=level, scale=None) == figure


def by_definition(given: list[list[int | None]], level: Level) -> float | None:
    """One minus observed over expected disagreement, pair by pair; None where nothing differs or nothing is paired."""
    units = [[value for value in unit if value is not None] for unit in zip(*given, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    values = [value for unit in units for value in unit]

    def distance(one: int, other: int) -> float:
        low, high = min(one, other), max(one, other)
        if level == "nominal":
            return float(one != other)
        if level == "ordinal":
            between = sum(values.count(value) for value in range(low, high + 1))
            return (between - (values.count(low) + values.count(high)) / 2) ** 2
        return (high - low) ** 2 if level == "interval" else ((high - low) / (high + low)) ** 2

    observed = sum(distance(*pair) / (len(unit) - 1) for unit in units for pair in permutations(unit, 2))
    expected = sum(distance(*pair) for pair in permutations(values, 2)) / max(len(values) - 1, 1)
    return 1 - observed / expected if expected else None


@settings(max_examples=150, deadline=None)
@given(rows(), st.sampled_from(LEVELS))
def test_any_ratings_give_what_the_definition_gives_or_a_reason(given: list[list[int | None]], level: Level) -> None:
    figure = alpha(array(*given), level=level, scale=range(1, 7))
    expected = by_definition(given, level)
    if expected is None:
        assert (figure.value, figure.reason) in {(None, undefined.reason) for _ratings, undefined in UNDEFINED}
    else:
        assert figure.value == pytest.approx(expected, abs=1e-12)


@settings(max_examples=150, deadline=None)
@given(rows(), st.sampled_from(LEVELS))
def test_any_ratings_give_what_krippendorff_gives(given: list[list[int | None]], level: Level) -> None:
    ratings = array(*given)
    figure = alpha(ratings, level=level, scale=range(1, 7))
    if figure.value is not None:
        expected = krippendorff.alpha(ratings, value_domain=range(1, 7), level_of_measurement=level)
        assert figure.value == pytest.approx(expected, abs=1e-12)


@settings(max_examples=100, deadline=None)
@given(rows(), st.sampled_from(LEVELS), st.randoms())
def test_neither_the_order_of_annotators_nor_that_of_responses_matters(given: Any, level: Level, random: Any) -> None:
    figure = alpha(array(*given), level=level, scale=range(1, 7))
    columns = list(zip(*given, strict=True))
    random.shuffle(columns)
    shuffled = [list(row) for row in zip(*columns, strict=True)] or given
    random.shuffle(shuffled)
    other = alpha(array(*shuffled), level=level, scale=range(1, 7))
    assert (other.n, other.reason) == (figure.n, figure.reason)
    assert other.value == pytest.approx(figure.value, abs=1e-12)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("scale", [range(1, 7), range(11), [6, 5, 4, 3, 2, 1], None])
def test_levels_that_do_not_occur_and_the_order_of_the_scale_do_not_matter(scale: Any, level: Level) -> None:
    """Alpha weighs a level by how often it occurs; the scale matters to measures that expect chance over all levels."""
    expected = TABLES["krippendorff-2011"]["alpha"][level]
    assert alpha(FOUR_BY_TWELVE, level=level, scale=scale).value == pytest.approx(expected, abs=5e-6)


def test_ordinal_alpha_hears_the_order_alone_and_interval_alpha_the_distances() -> None:
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
    given: list[list[int | None]] = [[1, 2 if number < 150 else 1] for number in range(200)]
    assert alpha(array(*given), level="nominal", scale=[1, 2]).value == pytest.approx(by_definition(given, "nominal"), abs=1e-12)


def test_what_is_computed_on_is_left_as_it_was() -> None:
    before = FOUR_BY_TWELVE.copy()
    alpha(FOUR_BY_TWELVE, level="ordinal", scale=range(1, 6))
    assert np.array_equal(before, FOUR_BY_TWELVE, equal_nan=True)


def test_a_rating_beside_the_scale_is_an_error() -> None:
    with pytest.raises(ValueError, match="out-of-domain"):
        alpha(array([1, 7], [2, 7]), level="ordinal", scale=range(1, 7))


def test_a_ratio_below_0_is_an_error() -> None:
    with pytest.raises(ValueError, match="never below 0"):
        alpha(array([1, -1], [-1, 1]), level="ratio", scale=None)
