import json
from pathlib import Path
from typing import Any

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.agreement import Counts, Figure, adjacent, alpha, counts, exact, prevalence

NAN = float("nan")
TABLE = json.loads((Path(__file__).parents[3] / "fixtures" / "agreement" / "krippendorff-2011.json").read_text())


def array(*rows: list[Any]) -> Any:
    return np.array([[NAN if value is None else value for value in row] for row in rows], dtype=float)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_krippendorffs_own_example_comes_out_as_printed(level: Any) -> None:
    figure = alpha(array(*TABLE["ratings"]), level=level, scale=[1, 2, 3, 4, 5])
    assert figure.value == pytest.approx(TABLE["alpha"][level], abs=5e-6)
    assert (figure.n, figure.reason) == (11, None)


UNDEFINED = [
    (np.empty((0, 0)), Figure(None, 0, "nothing has been rated")),
    (array([None, None], [None, None]), Figure(None, 0, "nothing has been rated")),
    (array([1, 2, 3]), Figure(None, 0, "only one annotator has rated")),
    (array([1, None], [None, 2]), Figure(None, 0, "no response has two ratings")),
    (array([3, 3], [3, 3]), Figure(None, 2, "every rating is the same")),
    (array([3, 5], [3, None]), Figure(None, 1, "every rating is the same")),
]


@pytest.mark.parametrize(("ratings", "figure"), UNDEFINED)
def test_undefined_is_said_with_its_reason(ratings: Any, figure: Figure) -> None:
    assert alpha(ratings, level="ordinal", scale=[1, 2, 3, 4, 5, 6]) == figure


levels = st.one_of(st.none(), st.integers(1, 6))


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 4).flatmap(lambda n: st.lists(st.lists(levels, min_size=n, max_size=n), min_size=2, max_size=8)))
def test_any_ratings_give_what_krippendorff_gives_or_a_reason(items: list[list[int | None]]) -> None:
    ratings = array(*zip(*items, strict=True))
    figure = alpha(ratings, level="ordinal", scale=range(1, 7))
    if figure.value is not None:
        expected = krippendorff.alpha(ratings, value_domain=range(1, 7), level_of_measurement="ordinal")
        assert figure.value == pytest.approx(expected, abs=1e-12)
    else:
        assert figure.reason in {found.reason for _ratings, found in UNDEFINED}


def test_exact_and_adjacent_count_pairs_of_ratings_of_one_response() -> None:
    ratings = array([1, 4, None], [1, 5, 2], [3, 6, None])
    assert exact(ratings) == Figure(1 / 6, 2)  # 1 of the pairs 1-1, 1-3, 1-3, 4-5, 4-6, 5-6
    assert adjacent(ratings) == Figure(3 / 6, 2)


def test_counts_tell_items_pairs_raters_and_ratings() -> None:
    assert counts(array([1, 4, None], [1, None, 2], [None, None, None])) == Counts(3, 1, 2, 4)


def test_prevalence_is_the_share_of_ones() -> None:
    assert prevalence(array([1, 0, None], [0, 0, None])) == Figure(0.25, 2)


def test_a_figure_has_either_a_value_or_a_reason() -> None:
    for wrong in ((None, 1, None), (0.5, 1, "because"), (NAN, 1, None)):
        with pytest.raises(ValueError):
            Figure(*wrong)
