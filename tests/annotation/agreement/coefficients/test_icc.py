import warnings
from typing import Any

import numpy as np
import pandas
import pingouin
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from annotation.agreement import Figure, icc
from tests.annotation.agreement.arrays import array

PINGOUIN_NAMES = {
    "1,1": "ICC(1,1)",
    "2,1": "ICC(A,1)",
    "3,1": "ICC(C,1)",
    "1,k": "ICC(1,k)",
    "2,k": "ICC(A,k)",
    "3,k": "ICC(C,k)",
}
FULL = Figure(1.0, 3, no_interval="too few queries differ for an interval")


def by_pingouin(ratings: Any) -> dict[str, tuple[float, float, float]]:
    annotators, responses = ratings.shape
    long = pandas.DataFrame(
        {
            "annotator": np.repeat(np.arange(annotators), responses),
            "response": np.tile(np.arange(responses), annotators),
            "rating": ratings.ravel(),
        }
    )
    rounding = pingouin.options.pop("round.column.CI95")
    try:
        warnings.simplefilter("ignore")  # pingouin lags behind pandas; pytest restores the filters
        table = pingouin.intraclass_corr(long, targets="response", raters="annotator", ratings="rating").set_index("Type")
    finally:
        pingouin.options["round.column.CI95"] = rounding
    return {kind: (table.at[name, "ICC"], *table.at[name, "CI95"]) for kind, name in PINGOUIN_NAMES.items()}


@settings(max_examples=40)
@given(st.integers(2, 5), st.integers(3, 12), st.integers(0, 10_000), st.sampled_from([1, 6, 100]))
def test_the_six_and_their_intervals_are_what_pingouin_gives(annotators: int, responses: int, seed: int, levels: int) -> None:
    random = np.random.default_rng(seed)
    ratings = random.normal(size=responses) + random.normal(size=(annotators, 1)) + random.normal(size=(annotators, responses))
    ratings = np.round(ratings * levels) / levels if levels < 100 else ratings
    assume(np.ptp(ratings.mean(axis=0)) > 1e-9)  # without a spread, or a rest: by hand below
    assume(np.ptp(ratings - ratings.mean(axis=0) - ratings.mean(axis=1)[:, None]) > 1e-9)
    actual = icc(ratings)
    for kind, expected in by_pingouin(ratings).items():
        figure, (value, low, high) = actual[kind], expected
        if not abs(value) < 100:  # next to no denominator, so that rounding decides
            assert figure.value is None or not abs(figure.value) < 90
            continue
        assert (figure.value, figure.n) == (pytest.approx(value, abs=1e-10, rel=1e-9), responses)
        if low <= value <= high < np.inf:
            assert (figure.low, figure.high) == pytest.approx((low, high), abs=1e-10, rel=1e-9)
        else:
            assert figure.no_interval == "too little agreement for an exact interval"


def test_responses_and_annotators_without_any_rating_are_left_out() -> None:
    crossed = array([1, 4, 2], [2, 6, 1])
    more = array([1, None, 4, 2], [None, None, None, None], [2, None, 6, 1])
    assert icc(more) == icc(crossed)


@pytest.mark.parametrize("size", [1, 1 / 3, 1e-9 / 7, 1e9 / 7])
def test_full_agreement_is_1_without_an_interval(size: float) -> None:
    assert set(icc(size * array([1, 4, 2], [1, 4, 2])).values()) == {FULL}


@pytest.mark.parametrize("size", [1, 1 / 3, 1e-9 / 7, 1e9 / 7])
def test_a_constant_difference_lowers_all_but_the_third_kind(size: float) -> None:
    actual = icc(size * array([1, 4, 2], [2, 5, 3]))
    assert actual["3,1"] == actual["3,k"] == FULL
    # mean squares: between 14/3, between annotators 1.5, within .5, residual 0
    assert actual["1,1"].value == pytest.approx((14 / 3 - 0.5) / (14 / 3 + 0.5), abs=1e-12)
    assert actual["2,1"].value == pytest.approx((14 / 3) / (14 / 3 + 2 * 1.5 / 3), abs=1e-12)
    assert actual["2,k"].value == pytest.approx((14 / 3) / (14 / 3 + 1.5 / 3), abs=1e-12)
    assert actual["2,1"].low is not None


@pytest.mark.parametrize("size", [1, 1 / 3, 1e-9 / 7, 1e9 / 7])
def test_where_responses_do_not_differ_one_rating_has_minus_1_and_the_mean_has_no_coefficient(size: float) -> None:
    actual = icc(size * array([1, 2], [2, 1]))
    assert (actual["1,1"].value, actual["3,1"].value) == pytest.approx((-1.0, -1.0), abs=1e-12)
    assert actual["1,k"] == actual["3,k"] == Figure(None, 2, "the responses do not differ")
