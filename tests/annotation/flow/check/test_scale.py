"""Scores on another scale than the rubric's are refused until the scale is declared; a constant scorer is not."""

import pytest

from annotation.errors import Refused
from annotation.flow.check.scale import Placed, Scale, parse_scale, point, refuse_another_scale


def placed(raw: float, low: float = 0, high: float = 6, *, fixed: bool = False) -> Placed:
    return Placed(raw, low, high, fixed)


@pytest.mark.parametrize(("text", "scale"), [("", None), (" ", None), ("0:10", Scale(0, 10)), ("-1:1", Scale(-1, 1))])
def test_a_scale_is_its_two_ends(text: str, scale: Scale | None) -> None:
    assert parse_scale(text) == scale


@pytest.mark.parametrize("text", ["10", "0-10", "0:1:2", "10:0", "1:1", "0:inf", "nan:1", "a:b"])
def test_anything_else_is_refused_with_what_is_there(text: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_scale(text)
    assert str(caught.value) == f'scale: expected the lowest and the highest value, as in 0:10, not "{text}"'


@pytest.mark.parametrize(
    ("score", "scale", "value", "state"),
    [
        (placed(4.5), None, 4.5, "read"),
        (placed(9), None, 6, "clipped"),
        (placed(-1), None, 0, "clipped"),
        (placed(6), None, 6, "read"),
        (placed(5), Scale(0, 10), 3, "read"),
        (placed(5, 1), Scale(0, 10), 3.5, "read"),
        (placed(0, 1), Scale(0, 10), 1, "read"),
        (placed(11), Scale(0, 10), 6, "clipped"),
        (placed(0.5), Scale(-1, 1), 4.5, "read"),
        (placed(4), Scale(0, 6), 4, "read"),
        (placed(1, 0, 1, fixed=True), Scale(0, 10), 1, "read"),
        (placed(3, 0, 1, fixed=True), Scale(0, 10), 1, "clipped"),
    ],
)
def test_a_score_is_mapped_onto_the_rubrics_range(score: Placed, scale: Scale | None, value: float, state: str) -> None:
    assert point(score, scale) == (value, state)


REFUSED = {
    "from 0 to 1": [0.0, 0.1, 1.0],
    "a cosine": [-0.2, 0.9],
    "met or not": [0, 1, 1],
    "percents": [0, 5, 50, 100, 80],
    "most outside": [7, 8, 6],
    "within a quarter": [3 + step / 10 for step in range(12)],
}
TAKEN = {
    "the scale": [0, 3, 6],
    "from 0 to 10, few above": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    "a constant": [4, 4, 4],
    "a constant of 0": [0, 0],
    "half outside": [7, 8, 2, 3],
    "levels, two of them": [3, 4] * 10,
    "few close together": [3.5, 4.2],
    "none": [],
}


@pytest.mark.parametrize("case", REFUSED)
def test_another_scale_is_refused(case: str) -> None:
    with pytest.raises(Refused, match=r"^a\.csv: .*Declare their scale"):
        refuse_another_scale({"": list(map(placed, REFUSED[case]))}, "a.csv")


@pytest.mark.parametrize("case", TAKEN)
def test_what_may_be_on_the_rubrics_scale_is_taken(case: str) -> None:
    refuse_another_scale({"": list(map(placed, TAKEN[case]))}, "a.csv")


def test_each_criterion_is_looked_at_by_itself_and_a_penalty_is_from_0_to_1() -> None:
    overall, penalty = [placed(1), placed(5)], [placed(0, 0, 1, fixed=True), placed(1, 0, 1, fixed=True)]
    refuse_another_scale({"": overall, "harm": penalty}, "a.csv")
    with pytest.raises(Refused, match=r"2 of 2 scores lie outside the rubric's scale, 1 to 6; they go from 0\.2 to 0\.9"):
        refuse_another_scale({"": overall, "text": [placed(0.2, 1), placed(0.9, 1)]}, "a.csv")


def test_a_narrow_range_may_have_values_from_0_to_1() -> None:
    refuse_another_scale({"": [placed(0.2, 0, 2), placed(0.9, 0, 2)]}, "a.csv")
