"""What is revealed is shown in a table, in a list of remarks, and at the blocks that the remarks are on."""

from typing import Any

from annotation.views.adjudicate import said
from tests.factories import block

RUBRIC = {
    "criteria": [
        {"key": "text", "title": "Text", "kind": "rated"},
        {"key": "images", "title": "Images", "kind": "rated"},
        {"key": "harm", "title": "Harm", "kind": "penalty"},
    ],
    "overall": {"method": "holistic"},
}


def one(letter: str, text: Any, **more: Any) -> dict[str, Any]:
    return {
        "letter": letter,
        "name": f"Annotator {letter}",
        "scores": {"text": text, "images": "na"},
        "penalties": [],
        "feedback": "",
        "overall": 4,
        "notes": {},
        "block_notes": [],
        "errors": [],
        "confidence": {},
        "revised": False,
    } | more


REVEALED = [
    one(
        "A",
        2,
        penalties=["harm"],
        notes={"text": "Too short."},
        block_notes=[{"part": "query", "block": 1, "text": "Ambiguous."}],
        errors=[
            {"type": "x", "title": "Wrong", "block": 2},
            {"type": "y", "title": "Odd", "block": None},
            {"type": "z", "title": "Bad", "block": None},
        ],
        confidence={"text": 1},
    ),
    one("B", 5, feedback="Say more."),
]


def cell(score: Any, **confidence: str) -> dict[str, Any]:
    return {"score": score} | confidence


def test_the_table_has_the_asked_criteria_first_with_each_annotators_answer_and_ones_own() -> None:
    context = said.said_context(RUBRIC, REVEALED, ["harm", "text"], {"text": 3, "harm": False})
    assert context["rows"] == [
        {"title": "Text", "asked": True, "cells": [cell(2, confidence="unsure", dots="•"), cell(5)], "own": 3},
        {"title": "Harm", "asked": True, "cells": [cell("applies"), cell(None)], "own": None},
        {"title": "Images", "asked": False, "cells": [cell("n/a"), cell("n/a")], "own": None},
        {"title": "Overall", "asked": False, "cells": [cell(4), cell(4)]},
    ]
    assert [row["letter"] for row in context["feedbacks"]] == ["B"]


def test_everything_in_words_stands_in_the_list_with_its_place() -> None:
    assert said.said_context(RUBRIC, REVEALED, ["text"], {})["remarks"] == [
        {"letter": "A", "place": "on Text", "text": "Too short."},
        {"letter": "A", "place": "query, block 1", "text": "Ambiguous."},
        {"letter": "A", "place": "", "text": "error: Odd, Bad"},
        {"letter": "A", "place": "response, block 2", "text": "error: Wrong"},
        {"letter": "B", "place": "feedback", "text": "Say more."},
    ]


def test_a_remark_on_a_block_stands_at_that_block() -> None:
    content = {"query": {"id": "q", "blocks": [block("Why?")]}, "response": {"blocks": [block("So."), block("Thus.")]}}
    assert said.with_remarks(content, REVEALED) == {
        "query": {"id": "q", "blocks": [block("Why?") | {"remarks": [{"letter": "A", "text": "Ambiguous.", "kind": "remark"}]}]},
        "response": {
            "blocks": [
                block("So.") | {"remarks": []},
                block("Thus.") | {"remarks": [{"letter": "A", "text": "Wrong", "kind": "error"}]},
            ]
        },
    }


def test_the_range_is_of_levels_alone() -> None:
    assert [said.spread_of(criterion, REVEALED) for criterion in RUBRIC["criteria"]] == [3, None, None]  # type: ignore[arg-type]
