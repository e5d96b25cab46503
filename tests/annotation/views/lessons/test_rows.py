"""What to do first, and the rows of the tables."""

from typing import Any

import pytest

from annotation.models import Project
from annotation.views.lessons.rows import Titles, first_steps, level_tables
from tests.factories import make_project

pytestmark = pytest.mark.django_db
BOTH = "/projects/study/responses/?rubric=small%401&criterion=text&levels=3,4"


def scale(*, confused: bool, unused: list[int]) -> dict[str, Any]:
    shift = {"value": 0.1, "n": 200, "reason": None, "low": -0.1, "high": 0.3, "no_interval": None}
    pair = {"levels": (3, 4), "both": 31, "shift": shift, "expected": 0.5, "evidence": 9.0, "confused": confused, "reason": None}
    return {"rubric": "small@1", "criterion": "text", "unused": {"levels": unused, "reason": None}, "pairs": [pair]}


def report(*scales: dict[str, Any], gaps: int = 0) -> dict[str, Any]:
    by = [{"rubric": "small@1", "criterion": "text", "causes": {"rubric_gap": {"n": gaps}}}]
    return {"levels": list(scales), "causes": {"criterion": by}}


def steps(lessons: dict[str, Any], project: Project, *, opens: bool = True) -> list[tuple[str, str]]:
    return first_steps("study", lessons, Titles(project), opens=opens)


def test_confused_levels_come_first_then_gaps_then_levels_that_nobody_gives() -> None:
    found = steps(report(scale(confused=True, unused=[1, 2]), gaps=2), make_project())
    gaps = "/projects/study/adjudication/lessons/disputes/?rubric=small%401&criterion=text&cause=rubric_gap"
    assert found == [
        ("Levels 3 and 4 of Text are not told apart: see 31 responses.", BOTH),
        ("2 disputes about Text show a gap in the rubric: read their reasons.", gaps),
        ("Nobody gives the levels 1, 2 of Text.", "#levels"),
    ]


def test_nothing_that_is_as_it_should_be_is_a_step() -> None:
    assert steps(report(scale(confused=False, unused=[])), make_project()) == []


def test_who_may_not_see_scores_gets_no_link_to_them() -> None:
    project = make_project()
    confused = scale(confused=True, unused=[])
    assert steps(report(confused), project, opens=False)[0][1] == "#levels"
    hrefs = [level_tables("study", [confused], Titles(project), opens=opens)[0][0]["pairs"][0]["href"] for opens in (True, False)]
    assert hrefs == [BOTH, ""]


def test_a_criterion_of_which_nothing_can_be_said_stands_apart_with_the_reason() -> None:
    undefined = scale(confused=False, unused=[])
    undefined["pairs"][0] |= {
        "shift": {"value": None, "n": 3, "reason": "x", "low": None, "high": None, "no_interval": None},
        "confused": None,
        "reason": "too few responses have two ratings",
    }
    told, unsaid = level_tables("study", [undefined], Titles(make_project()), opens=True)
    assert (told, [(table["title"], str(table["why"])) for table in unsaid]) == (
        [],
        [("Text", "too few responses have two ratings")],
    )
