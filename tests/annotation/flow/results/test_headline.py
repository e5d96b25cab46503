from typing import Any

from annotation.flow.results.headline import headline, weakest_criterion


def cell(value: float | None) -> dict[str, Any]:
    return {"value": value}


def table(rows: dict[str, list[float | None]], of_all: list[float | None]) -> dict[str, Any]:
    criteria = [("text", "rated"), ("images", "rated"), ("harm", "penalty")]
    return {
        "rubric": "small@1",
        "title": "Small",
        "criteria": [{"key": key, "title": key.title(), "kind": kind} for key, kind in criteria],
        "rows": [{"system": name, "cells": list(map(cell, values))} for name, values in rows.items()],
        "all": list(map(cell, of_all)),
    }


def test_the_weakest_criterion_is_never_a_penalty_and_may_be_that_of_every_system() -> None:
    of_both = {"rubric": "small@1", "rubric_title": "Small", "criterion": "images", "title": "Images", "value": 50.0}
    one = table({"larch": [70.0, 60.0, 0.0], "ember": [50.0, 40.0, 1.0]}, [60.0, 50.0, 0.5])
    assert weakest_criterion(one) == of_both | {"of_every_system": True}
    other = table({"larch": [70.0, 60.0, 0.0], "ember": [39.0, 40.0, 1.0]}, [54.5, 50.0, 0.5])
    assert weakest_criterion(other) == of_both | {"of_every_system": False}


def test_of_one_criterion_there_is_no_weakest() -> None:
    assert weakest_criterion(table({"larch": [70.0, None, 0.0]}, [70.0, None, 0.0])) is None


def test_it_goes_down_the_systems_that_have_labels_and_names_those_that_answered_a_part() -> None:
    systems = [
        {"system": name, "overall": cell(value), "unanswered": unanswered}
        for name, value, unanswered in (("larch", 60.0, 0), ("ember", 50.0, 3), ("quill", 40.0, 0), ("new", None, 8))
    ]
    names = [str(row["system"]) for row in systems]
    beyond = {"beyond_chance": True, "value": 3.0}
    pairs = [{"first": one, "second": other} | beyond for place, one in enumerate(names) for other in names[place + 1 :]]
    assert headline(systems, [], pairs) == {
        "steps": [{"first": "larch", "second": "ember"} | beyond, {"first": "ember", "second": "quill"} | beyond],
        "beyond": ["quill"],
        "weakest": [],
        "part": [{"system": "ember", "unanswered": 3}, {"system": "new", "unanswered": 8}],
    }


def test_the_first_is_ahead_of_no_other_where_that_may_be_chance() -> None:
    systems = [{"system": name, "overall": cell(1.0), "unanswered": 0} for name in ("larch", "ember", "quill", "moss")]
    unsure = {"value": 3.0, "beyond_chance": False}
    behind = {"value": -3.0, "beyond_chance": True}
    pairs = [
        {"first": "larch", "second": "ember"} | behind,
        {"first": "larch", "second": "quill"} | unsure,
        {"first": "larch", "second": "moss"} | behind,
        {"first": "ember", "second": "quill"} | unsure,
        {"first": "quill", "second": "moss"} | unsure,
    ]
    assert headline(systems, [], pairs)["beyond"] == []
