import csv
import io

import pytest

from annotation.exporters.results import TEXT_FORMS, Cell, ResultsTable, Row, csv_bytes, text
from tests.annotation.exporters.results.tables import HOSTILE, RESULTS


def test_the_csv_has_a_line_for_each_cell_and_rounds_nothing() -> None:
    assert csv_bytes(RESULTS).decode() == (
        "row,column,value,low,high,n,reason,no_interval,note\n"
        "larch-7b,Overall,68.449,66.5,70.25,400,,,\n"
        "larch-7b,Multi-step reasoning,68.6,64.8,72.4,130,,,\n"
        "quill_mm,Overall,44.9,,,4,,too few queries for an interval,part\n"
        "quill_mm,Multi-step reasoning,,,,0,no response has a value,,part\n"
    )


def test_texts_of_the_csv_are_no_formulas() -> None:
    [head, line] = csv.reader(io.StringIO(csv_bytes(HOSTILE).decode()))
    assert dict(zip(head, line, strict=True)) | {"row": line[0].replace("\x00", "")} == {
        "row": "'@sum_<script>", "column": "'=1+1 | x", "value": "-0.04", "low": "-1.0", "high": "0.5", "n": "12",
        "reason": "", "no_interval": "", "note": "50 % \\ {x}",
    }  # fmt: skip


def test_a_table_in_markdown() -> None:
    assert text(RESULTS, "markdown") == (
        "**Table 1.** Systems by category, percent\n\n"
        "| System | Overall | Multi-step reasoning |\n"
        "| :-- | :-- | :-- |\n"
        "| larch-7b | 68.4 [66.5, 70.3] (400) | 68.6 [64.8, 72.4] (130) |\n"
        "| quill\\_mm (a) | 44.9 (4) (b) | — |\n\n"
        "*Note.* Mean over responses. In brackets: 95 % confidence intervals. In parentheses: the number of responses. "
        "Undefined (—): no response has a value. (a) part. (b) No interval: too few queries for an interval.\n"
    )


def test_a_table_in_latex_has_the_intervals_below_the_values() -> None:
    lines = text(RESULTS, "latex", number=3).split("\n")
    assert lines[:2] == [r"% Needs \usepackage{booktabs}.", r"\begin{table*}[t]"]
    assert lines[5:15] == [
        r"\caption{Systems by category, percent}",
        r"\label{tab:results-3}",
        r"\begin{tabular}{lll}",
        r"\toprule",
        r"System & Overall & Multi-step reasoning \\",
        r"\midrule",
        r"larch-7b & 68.4 & 68.6 \\",
        r"& [66.5, 70.3] (400) & [64.8, 72.4] (130) \\",
        r"quill\_mm\textsuperscript{a} & 44.9\textsuperscript{b} & --- \\",
        r"& (4) & \\",
    ]


def test_a_table_in_plain_text_is_aligned() -> None:
    lines = text(RESULTS, "text").split("\n")
    assert lines[:6] == [
        "Table 1. Systems by category, percent",
        "",
        "System        Overall                  Multi-step reasoning",
        "------------  -----------------------  -----------------------",
        "larch-7b      68.4 [66.5, 70.3] (400)  68.6 [64.8, 72.4] (130)",
        "quill_mm (a)  44.9 (4) (b)             -",
    ]


def test_everything_that_was_named_is_escaped() -> None:
    assert text(HOSTILE, "markdown").split("\n")[:5] == [
        r"**Table 1.** a \& b",
        "",
        r"| \<b\> | =1+1 \| x |",
        "| :-- | :-- |",
        r"| \@sum\_\<script\> | 0.0 [-1.0, 0.5] (12) (a) |",
    ]
    latex = text(HOSTILE, "latex")
    assert r"\caption{a \& b}" in latex
    assert r"\textless{}b\textgreater{} & =1+1 \textbar{} x \\" in latex
    assert r"@sum\_\textless{}script\textgreater{} & 0.0\textsuperscript{a} \\" in latex
    assert r"\textsuperscript{a} 50 \% \textbackslash{} \{x\}." in latex


@pytest.mark.parametrize(("places", "value"), [("1", "68"), ("0.1", "68.5"), ("0.01", "68.46")])
def test_figures_have_the_decimals_that_are_asked_for(places: str, value: str) -> None:
    results = ResultsTable("Systems", "System", ("Overall",), (Row("larch-7b", (Cell(68.455),)),), places=places)
    assert text(results, "markdown").split("\n")[4] == f"| larch-7b | {value} |"


def test_a_chinese_table_says_what_typesets_it() -> None:
    results = ResultsTable("系统", "系统", ("总评",), (Row("larch-7b", (Cell(68.4),)),))
    assert text(results, "latex").split("\n")[1] == "% Typeset with XeLaTeX or LuaLaTeX, Chinese with ctex."


def test_every_form_ends_with_a_line_end() -> None:
    assert TEXT_FORMS == ("text", "markdown", "latex")
    assert [text(RESULTS, form)[-2:].count("\n") for form in TEXT_FORMS] == [1, 1, 1]
