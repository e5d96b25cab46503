from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from annotation.agreement import Figure, figures, reasons
from tests.annotation.agreement.arrays import NAN


@pytest.mark.parametrize("fine", [(0.0, 0, None), (-0.25, 3, None), (None, 0, "because")])
def test_a_figure_is_a_value_or_a_reason(fine: Any) -> None:
    figure = Figure(*fine)
    assert (figure.value, figure.n, figure.reason) == fine


@pytest.mark.parametrize("neither", [(None, 1, None), (None, 1, "")])
def test_a_figure_without_a_value_has_a_reason(neither: Any) -> None:
    with pytest.raises(ValueError, match=r"^a figure has either a value or a reason$"):
        Figure(*neither)


@pytest.mark.parametrize("both", [(0.5, 1, "because"), (0.0, 1, "because"), (0.5, 1, "")])
def test_a_value_needs_no_reason(both: Any) -> None:
    with pytest.raises(ValueError, match=r"^a figure has either a value or a reason$"):
        Figure(*both)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_undefined_is_never_nan_or_infinite(value: float) -> None:
    with pytest.raises(ValueError, match=r"^an undefined figure has a reason, never NaN or infinity$"):
        Figure(value, 1)


def test_a_figure_is_never_changed() -> None:
    figure = Figure(0.5, 1)
    with pytest.raises(FrozenInstanceError):
        figure.value = 0.6  # type: ignore[misc]


@pytest.mark.parametrize("ends", [(0.1, None), (None, 0.1)])
def test_an_interval_has_both_ends(ends: Any) -> None:
    with pytest.raises(ValueError, match=r"^an interval has both ends$"):
        Figure(0.5, 1, low=ends[0], high=ends[1])


@pytest.mark.parametrize(("low", "high"), [(NAN, 1.0), (0.0, float("inf")), (float("-inf"), 1.0)])
def test_an_end_is_never_nan_or_infinite(low: float, high: float) -> None:
    with pytest.raises(ValueError, match=r"^an undefined figure has a reason, never NaN or infinity$"):
        Figure(0.5, 1, low=low, high=high)


def test_an_interval_is_around_a_value_its_lower_end_first() -> None:
    assert Figure(0.5, 1, low=0.5, high=0.5).high == 0.5
    for figure in (lambda: Figure(0.5, 1, low=0.6, high=0.5), lambda: Figure(None, 1, "because", low=0.4, high=0.5)):
        with pytest.raises(ValueError, match=r"^an interval is around a value, its lower end first$"):
            figure()


def test_a_figure_with_a_value_has_an_interval_or_a_reason_and_a_figure_without_has_neither() -> None:
    assert Figure(0.5, 1, no_interval="because").no_interval == "because"
    wrong = [
        lambda: Figure(0.5, 1, low=0.4, high=0.6, no_interval="because"),
        lambda: Figure(None, 1, "because", no_interval="because"),
        lambda: Figure(0.5, 1, no_interval=""),
    ]
    for figure in wrong:
        with pytest.raises(
            ValueError, match=r"^a figure with a value has an interval or the reason for none, and a figure without has neither$"
        ):
            figure()


def test_a_figure_is_written_plainly_with_its_interval_or_without() -> None:
    sure, unsure = Figure(0.5, 7, low=0.4, high=0.6), Figure(0.5, 3, no_interval="too few")
    nothing = Figure(None, 0, "because")
    assert [figure.plain(interval=False) for figure in (sure, nothing)] == [
        {"value": 0.5, "n": 7, "reason": None},
        {"value": None, "n": 0, "reason": "because"},
    ]
    assert [figure.plain(interval=True) for figure in (sure, unsure, nothing)] == [
        {"value": 0.5, "n": 7, "reason": None, "low": 0.4, "high": 0.6, "no_interval": None},
        {"value": 0.5, "n": 3, "reason": None, "low": None, "high": None, "no_interval": "too few"},
        {"value": None, "n": 0, "reason": "because", "low": None, "high": None, "no_interval": None},
    ]


def test_each_reason_has_words_of_its_own() -> None:
    words = {name: value for name, value in vars(reasons).items() if name.isupper()}
    assert len(set(words.values())) == len(words) == 57
    assert {value for name, value in vars(figures).items() if name.isupper()} < set(words.values())
