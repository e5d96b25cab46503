from typing import Any

import pytest

from rubrics.comparison import Change, compare
from rubrics.yaml import RubricFile, parse
from tests.factories import criterion, penalty, rubric_file


def content(**changes: Any) -> RubricFile:
    criteria = [criterion(key="a"), criterion(key="b"), penalty()]
    return parse(rubric_file(criteria=criteria) | changes)


def with_first(**changes: Any) -> list[dict[str, Any]]:
    return [criterion(key="a") | changes, criterion(key="b"), penalty()]


NEW_WORDS = {value: {"label": f"L{value}", "descriptor": f"a, level {value}"} for value in range(1, 7)}
NEW_WORDS[3] = {"label": "Fair", "descriptor": "Half.", "example": {"text": "One of two.", "image": "a" * 64}}


def test_the_same_content_has_no_changes_and_is_comparable() -> None:
    same = compare(content(), content())
    assert (same.changes, same.is_comparable) == ([], True)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "New"}, [Change("", None, "title", "title", "Small", "New", True)]),
        ({"guidance": "Read."}, [Change("", None, "guidance", "guidance", "", "Read.", True)]),
        ({"criteria": with_first(title="A")}, [Change("a", None, "title", "title", "a", "A", True)]),
        ({"criteria": with_first(description="D")}, [Change("a", None, "description", "description", "", "D", True)]),
        (
            {"criteria": with_first(levels=NEW_WORDS)},
            [
                Change("a", 3, "label", "label", "L3", "Fair", True),
                Change("a", 3, "descriptor", "descriptor", "a, level 3", "Half.", True),
                Change("a", 3, "example", "example", "", "One of two.", True),
                Change("a", 3, "example_image", "image of the example", "", "a" * 12, True),
            ],
        ),
        (
            {"criteria": [criterion(key="b"), criterion(key="a"), penalty()]},
            [Change("", None, "order", "order of the criteria", "a, b, harm", "b, a, harm", True)],
        ),
    ],
)
def test_wording_and_order_leave_scores_comparable(changes: dict[str, Any], expected: list[Change]) -> None:
    compared = compare(content(), content(**changes))
    assert (compared.changes, compared.is_comparable) == (expected, True)


MEAN = "weighted mean of the criteria, less penalties"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"category": "other"}, [("", "category", "project-based-learning", "other")]),
        ({"shows_correct_answer": True}, [("", "shows_correct_answer", "no", "yes")]),
        ({"overall": {"method": "sum"}}, [("", "overall_method", MEAN, "sum of the criteria's points, less penalties")]),
        ({"overall": {"min": 1, "max": 5, "rounding": "half_even"}},
         [("", "overall_min", "0", "1"), ("", "overall_max", "6", "5"), ("", "rounding", "half up", "half to even")]),
        ({"criteria": with_first(weight=2)}, [("a", "weight", "1", "2")]),
        ({"criteria": with_first(na="allowed")}, [("a", "na", "never", "allowed")]),
        ({"criteria": [criterion(key="a"), criterion(key="b"), penalty(points=2)]}, [("harm", "points", "1", "2")]),
        ({"criteria": [criterion(key="a"), penalty()]}, [("b", "criterion", "b", "")]),
        ({"criteria": [*with_first(), criterion(key="c")]}, [("c", "criterion", "", "c")]),
    ],
)  # fmt: skip
def test_whatever_changes_a_measure_makes_scores_incomparable(changes: dict[str, Any], expected: list[Any]) -> None:
    compared = compare(content(), content(**changes))
    told = [(change.criterion, change.field, change.before, change.after) for change in compared.changes]
    assert (told, compared.is_comparable) == (expected, False)


def test_another_scale_is_told_once_and_beside_it_the_words_of_levels_that_both_have() -> None:
    levels = {value: {"label": f"L{value}", "descriptor": f"a, level {value}"} for value in range(1, 6)}
    old, new = (
        parse(rubric_file(scale={"min": 1, "max": high}, overall={"max": 6}, criteria=[criterion(key="a") | {"levels": found}]))
        for high, found in ((6, criterion(key="a")["levels"]), (5, levels | {2: "Other."}))
    )
    told = [(change.criterion, change.level, change.field) for change in compare(old, new).changes]
    assert told == [("", None, "scale_max"), ("a", 2, "label"), ("a", 2, "descriptor")]
