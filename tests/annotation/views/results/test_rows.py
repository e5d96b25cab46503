from typing import Any

import pytest

from annotation.flow.results import results_report
from annotation.views.results.rows import (
    Links,
    criteria_table,
    difference_rows,
    error_tables,
    few_labels,
    figure,
    groups_table,
    systems_table,
)
from tests.annotation.flow.results.studies import make_study

pytestmark = pytest.mark.django_db
NOW = Links("study", None)
LIST = "/projects/study/responses/"


def test_a_figure_opens_the_responses_with_a_label_of_now_or_of_the_release() -> None:
    chosen = {"system": "larch", "category": "a&b", "rubric": "small@1"}
    assert NOW.responses(**chosen) == f"{LIST}?rubric=small%401&category=a%26b&system=larch&label=labelled"
    assert Links("study", 2).responses(**chosen) == "/projects/study/releases/2/labels/?system=larch&category=a%26b"


def test_only_what_has_an_interval_is_shaded() -> None:
    cell: dict[str, Any] = {"value": 61.0, "low": 50.0, "high": 70.0, "n": 40, "reason": None, "no_interval": None}
    few = cell | {"low": None, "high": None, "n": 2, "no_interval": "too few queries for an interval"}
    shown = [figure(row, "", shaded=True) for row in (cell, few)]
    assert [(row["shade"], row["few"], row["why"]) for row in shown] == [
        (6, False, ""), (None, True, "too few queries for an interval"),
    ]  # fmt: skip
    assert figure(cell, "")["shade"] is None


def test_the_tables_of_a_study() -> None:
    report = results_report(make_study())
    systems = systems_table(report, NOW)
    assert systems["columns"] == ["multi-step-reasoning", "project-based-learning"]
    assert [row["system"] for row in systems["rows"]] == ["larch", "ember", "quill"]
    assert systems["rows"][0]["cells"][0]["href"] == f"{LIST}?category=multi-step-reasoning&system=larch&label=labelled"
    assert systems["rows"][0]["average"]["href"] == f"{LIST}?system=larch&label=labelled"
    assert systems["rows"][0]["chart"].x == round(systems["rows"][0]["overall"]["value"], 2)
    fields = groups_table(report, report["groups"][1], NOW)
    assert (str(fields["title"]), fields["columns"]) == ("field", ["larch", "ember", "quill"])
    assert [row["value"] for row in fields["rows"]] == ["art", "physics"]
    assert [cell["value"] for cell in fields["rows"][0]["cells"]] == [
        row["cells"][0]["value"] for row in report["groups"][1]["rows"]
    ]
    criteria = criteria_table(report["criteria"][1], NOW)
    assert [column["key"] for column in criteria["columns"]] == ["text", "images", "harm"]
    assert criteria["rows"][0]["cells"][0]["href"] == f"{LIST}?rubric=small%401&system=larch&label=labelled"


def test_one_category_alone_has_no_column() -> None:
    report = results_report(make_study({"larch": (4,)}))
    assert (systems_table(report, NOW)["columns"], systems_table(report, NOW)["rows"][0]["cells"]) == ([], [])


def test_differences_stand_on_one_axis_and_of_many_systems_only_neighbours() -> None:
    report = results_report(make_study())
    table = difference_rows(report, NOW)
    assert ([(row["first"], row["second"], row["chance"]) for row in table["rows"]], table["hidden"]) == (
        [("larch", "ember", ""), ("larch", "quill", ""), ("ember", "quill", "")], 0,
    )  # fmt: skip
    assert {row["chart"].lines for row in table["rows"]} == {(50.0,)}
    many = [f"s{number}" for number in range(9)]
    row = report["differences"][0]
    pairs = [row | {"first": one, "second": other} for place, one in enumerate(many) for other in many[place + 1 :]]
    table = difference_rows({"differences": pairs, "systems": [{"system": name} for name in many]}, NOW)
    assert ([(row["first"], row["second"]) for row in table["rows"]][:2], len(table["rows"]), table["hidden"]) == (
        [("s0", "s1"), ("s1", "s2")], 8, 28,
    )  # fmt: skip


def test_scores_alone_open_all_responses_of_a_system_and_labels_those_that_have_one() -> None:
    cell: dict[str, Any] = {"value": 61.0, "low": 50.0, "high": 70.0, "n": 40, "reason": None, "no_interval": None}
    row = {"labels": cell, "scores": cell, "both": cell}
    criteria = [{"rubric": "small@1", "rows": [{"system": "larch", "cells": [row]}]}]
    scorer = {"systems": [row | {"system": "larch"}], "criteria": criteria, "seen": 0, "awaiting": 0}
    scorer["systems"][0]["worth"] = 0.0
    table = few_labels(scorer, NOW)
    [of_system], [of_criterion] = table["systems"], table["criteria"][0]["rows"][0]["cells"]
    assert {name: of_system[name]["href"] for name in row} == {
        "labels": f"{LIST}?system=larch&label=labelled",
        "scores": f"{LIST}?system=larch",
        "both": f"{LIST}?system=larch&label=labelled",
    }
    assert of_criterion["scores"]["href"] == f"{LIST}?rubric=small%401&system=larch"


def test_errors_open_the_responses_in_which_they_are_marked() -> None:
    figure_of = {"value": 0.25, "low": None, "high": None, "n": 4, "reason": None, "no_interval": None}
    cells = [{"marks": 1, "of_responses": figure_of}]
    errors = {
        "types": [{"key": "reasoning", "title": "Reasoning"}],
        "systems": [{"system": "larch", "cells": cells}],
        "categories": [{"category": "", "cells": cells}],
    }
    by_system, by_category = error_tables(errors, NOW)["parts"]
    assert (by_system["columns"], by_category["columns"]) == (["larch"], ["–"])
    [[cell]] = [row["cells"] for row in by_system["rows"]]
    assert (cell["value"], cell["marks"], cell["href"]) == (25.0, 1, f"{LIST}?system=larch&error=reasoning")
    nothing = errors | {"systems": [{"system": "larch", "cells": [cells[0] | {"marks": 0}]}]}
    assert error_tables(nothing, NOW) == {"marked": False, "parts": []}
