"""The whole text: fixtures/paper/ has all of it for one report."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from annotation.exporters.paper import FORMS, paper
from annotation.exporters.paper.text import references
from tests.annotation.exporters.paper.report import PBL, SA, context, figure, paragraph_from, row

PAPER = Path(__file__).parents[4] / "fixtures" / "paper"
REPORT: list[dict[str, Any]] = json.loads((PAPER / "report.json").read_text())


@pytest.mark.parametrize(("form", "file"), [("text", "paper.txt"), ("markdown", "paper.md"), ("latex", "paper.tex")])
def test_a_paper_is_whole(form: str, file: str) -> None:
    assert paper(REPORT, context(), form) == (PAPER / file).read_text()


def test_there_are_three_forms() -> None:
    assert FORMS == ("text", "markdown", "latex")


def test_before_anything_is_judged_nothing_is_claimed_or_cited() -> None:
    empty = context(responses=0, queries=0, annotators=0, judgements=0)
    assert paper([], empty, "text") == "In the study “Pilot & more”, nothing has been judged yet.\n"
    rows = [row("text", figure(None, reason="nothing has been rated"), pairable_items=0, exact=None, commonest=None)]
    assert paper(rows, empty, "text").splitlines() == [
        "In the study “Pilot & more”, nothing has been judged yet.",
        "",
        "Table 1. Agreement under Project-based learning (mmie-pbl@1), scale 1 to 6.",
        "",
        "Criterion     Responses  Alpha  Exact, %",
        "------------  ---------  -----  --------",
        "Text quality          0  -             -",
        "",
        "Note. Alpha: ordinal for criteria. Responses: those with two ratings or more. Exact: pairs of ratings that are equal. "
        "Undefined (-): nothing has been rated.",
    ]


def test_what_people_typed_is_escaped_in_every_sentence_and_caption() -> None:
    rows = [row("text", figure(0.9, 0.81, 0.95)), row("text", figure(None, reason="a_b"), rubric=SA)]
    study = context(
        title="A_B", rubrics={PBL: "C_D", SA: "E_F"}, criteria={(PBL, "text"): "G_H", (SA, "text"): "I_J"}, version="1_0"
    )
    paragraph, first, second = paper(rows, study, "latex").split("table*}[t]")
    assert [re.findall(r"\w\W?_\w", part) for part in (paragraph, first, second)] == [
        [r"A\_B", r"C\_D", r"E\_F", r"C\_D", r"G\_H", r"G\_H", r"E\_F", r"I\_J", r"a\_b", r"1\_0"],
        [r"C\_D", r"G\_H"],
        [r"E\_F", r"I\_J", r"a\_b"],
    ]


def test_the_references_are_those_that_the_paragraph_cites() -> None:
    paragraph = paragraph_from("Intervals are", [row("text", figure(0.9, 0.81, 0.95), queries=99)])
    assert references(paragraph, "text").splitlines() == [
        "References",
        "",
        "- Hughes, J. (2022). Toward improved inference for Krippendorff's alpha agreement coefficient. arXiv:2210.13265.",
        "- Krippendorff, K. (2004). Content analysis: An introduction to its methodology (2nd ed.). Sage.",
    ]
