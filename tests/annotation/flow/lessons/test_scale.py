"""Levels that are not told apart, per criterion."""

import pytest

from annotation.flow.lessons import lessons
from tests.annotation.flow.lessons.studies import TEXT, figure, make_study

pytestmark = pytest.mark.django_db


def test_levels_are_undefined_with_a_reason_where_there_is_little() -> None:
    project, _tasks = make_study()
    reason = "too few responses have two ratings"
    pairs = [
        {"levels": (level, level + 1), "both": both, "shift": figure(None, 6, reason), "expected": None, "evidence": None}
        | {"confused": None, "reason": reason}
        for level, both in ((1, 0), (2, 0), (3, 0), (4, 0), (5, 1))
    ]
    text, _images = lessons(project, for_manager=True)["levels"]
    assert text == TEXT | {"unused": {"levels": [], "reason": "fewer than 30 responses are rated"}, "pairs": pairs}
