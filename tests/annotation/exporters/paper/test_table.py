from annotation.exporters.paper.table import table, width
from tests.annotation.exporters.paper.report import SA, context, figure, row


def test_a_figure_without_an_interval_stands_alone_in_its_cell() -> None:
    alpha = {"value": 0.9, "reason": None, "n": 264}
    assert table([row("text", alpha)], context(), "markdown") == (
        "**Table 1.** Agreement under Project-based learning (mmie-pbl@1), scale 1 to 6.\n\n"
        "| Criterion | Responses | Alpha |\n| :-- | --: | :-- |\n| Text quality | 264 | .90 |\n\n"
        "*Note.* Alpha: ordinal for criteria. Responses: those with two ratings or more."
    )


def test_latex_has_one_line_for_what_has_no_interval_and_a_column_for_either_of_gwets_coefficients() -> None:
    rows = [row("text", figure(0.9), ac2=figure(0.95)), row("method", figure(-0.2, -0.5, 0.1))]
    assert table(rows, context(), "latex").split("\n")[8:14] == [
        r"Criterion & Responses & Alpha & AC2 \\",
        r"\midrule",
        r"Text quality & 264 & .90 & .95 \\",
        r"Method & 264 & $-$.20 &  \\",
        r"&  & [$-$.50, .10] & \\",
        r"\bottomrule",
    ]


def test_each_rubric_has_a_table_with_its_number() -> None:
    rows = [
        row("text", figure(0.9, 0.81, 0.95), queries=100),
        row("text", figure(0.5, 0.4, 0.6), rubric=SA, pairable_items=1500, queries=40),
    ]
    note = "In brackets: 95 % confidence intervals. Responses: those with two ratings or more."
    assert table(rows, context(), "text") == (
        "Table 1. Agreement under Project-based learning (mmie-pbl@1), scale 1 to 6.\n\n"
        "Criterion     Responses  Alpha\n"
        "------------  ---------  --------------\n"
        "Text quality        264  .90 [.81, .95]\n\n"
        f"Note. Alpha: ordinal for criteria. {note}\n\n"
        "Table 2. Agreement under Situation analysis (mmie-sa@2), scale 0 to 4.\n\n"
        "Criterion  Responses  Alpha\n"
        "---------  ---------  --------------\n"
        "Language       1,500  .50 [.40, .60]\n\n"
        f"Note. Alpha: ordinal for criteria. {note}"
    )


def test_chinese_takes_two_columns_and_a_combining_mark_none() -> None:
    assert [width(text) for text in ("ab", "图文", "ａ", "e\u0301", "a\u200bb", "“")] == [2, 4, 2, 1, 2, 1]


def test_a_number_has_its_interval_or_the_reason_for_none() -> None:
    few = figure(0.5, no_interval="too few queries for an interval")
    intervals = {"exact": figure(0.5, 0.4, 0.625), "adjacent": few, "mean_absolute_difference": figure(0.7, 0.6, 0.8)}
    numbers = {"exact": 0.5, "adjacent": 0.5, "mean_absolute_difference": 0.7}
    rows = [row("text", figure(0.9), **numbers, intervals=intervals), row("method", figure(0.9), **numbers)]
    lines = table(rows, context(), "markdown").split("\n")
    assert lines[4:6] == [
        "| Text quality | 264 | .90 | 50.0 [40.0, 62.5] | 50.0 (a) | 0.70 [0.60, 0.80] |",
        "| Method | 264 | .90 | 50.0 | 50.0 | 0.70 |",
    ]
    assert lines[-1].endswith("(a) No interval: too few queries for an interval.")


def test_what_applies_to_all_is_said_once_without_marks() -> None:
    few, none = figure(0.5, no_interval="too few queries for an interval"), figure(None, reason="no response has two ratings")
    lines = table([row("text", few, ac2=few), row("method", few, ac2=none)], context(), "text").split("\n")
    assert lines[4:6] == ["Text quality        264  .50    .50", "Method              264  .50    -"]
    assert lines[-1].endswith("Undefined (-): no response has two ratings. No interval: too few queries for an interval.")
    other = figure(0.5, no_interval="all resamples are alike")
    lines = table([row("text", few, ac2=other)], context(), "text").split("\n")
    assert lines[4] == "Text quality        264  .50 (a)  .50 (b)"
