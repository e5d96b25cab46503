from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from annotation.agreement import Figure, figures


@pytest.mark.parametrize("fine", [(0.0, 0, None), (-0.25, 3, None), (None, 0, "because")])
def test_a_figure_is_a_value_or_a_reason(fine: Any) -> None:
    figure = Figure(*fine)
    assert (figure.value, figure.n, figure.reason) == fine


@pytest.mark.parametrize("neither", [(None, 1, None), (None, 1, "")])
def test_a_figure_without_a_value_says_why(neither: Any) -> None:
    with pytest.raises(ValueError, match="either a value or a reason"):
        Figure(*neither)


@pytest.mark.parametrize("both", [(0.5, 1, "because"), (0.0, 1, "because"), (0.5, 1, "")])
def test_a_value_needs_no_reason(both: Any) -> None:
    with pytest.raises(ValueError, match="either a value or a reason"):
        Figure(*both)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_undefined_is_never_nan_or_infinite(value: float) -> None:
    with pytest.raises(ValueError, match="never with NaN"):
        Figure(value, 1)


def test_a_figure_is_never_changed() -> None:
    figure = Figure(0.5, 1)
    with pytest.raises(FrozenInstanceError):
        figure.value = 0.6  # type: ignore[misc]


def test_each_reason_is_said_in_words_of_its_own() -> None:
    reasons = [value for name, value in vars(figures).items() if name.isupper()]
    assert len(reasons) == len(set(reasons)) == 8
