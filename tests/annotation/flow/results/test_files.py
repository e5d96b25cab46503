from xml.etree import ElementTree

import pytest

from annotation.flow.results import results_report
from annotation.flow.results.files import csv_of, pictures_of, tables_of, text_of, widest
from tests.annotation.flow.results.studies import make_study
from tests.factories import make_project

pytestmark = pytest.mark.django_db


def test_the_tables_are_those_of_the_report() -> None:
    by_category, by_field, other, small, differences = tables_of(results_report(make_study()))
    assert (by_category.caption, by_category.columns) == (
        "Results by category, in percent.",
        ("Overall", "multi-step-reasoning", "project-based-learning", "Average"),
    )
    assert by_category.note == (
        "From 22 plain labels of 8 queries (the labels as they are now); intervals clustered by query. "
        "Overall: the mean over responses. Average: the mean over the columns between."
    )
    assert [(row.title, row.note) for row in by_category.rows] == [
        ("larch", ""), ("ember", ""), ("quill", "answered 6 of 8 queries"),
    ]  # fmt: skip
    assert by_field.columns == ("Overall", "art", "physics", "Average")
    assert [table.caption for table in (other, small)] == [
        "Results by criterion: Small (other@1), in percent.",
        "Results by criterion: Small (small@1), in percent.",
    ]
    assert small.note == "Harm: the share of responses to which the penalty applies."
    assert [(row.title, row.cells[0].note) for row in differences.rows] == [
        ("larch - ember", ""), ("larch - quill", ""), ("ember - quill", ""),
    ]  # fmt: skip


def test_the_csv_has_a_line_for_each_figure_and_one_head() -> None:
    report = results_report(make_study())
    lines = csv_of(report).decode().splitlines()
    assert lines[0] == "row,column,value,low,high,n,reason,no_interval,note"
    per_system = 1 + 2 + 2 + 3 + 3
    assert len(lines) == 1 + 3 * per_system + 3
    assert lines[2].startswith("larch,category: multi-step-reasoning,")
    assert lines[per_system].startswith("larch,small@1: harm,0.0,")
    assert lines[-1].startswith("ember - quill,difference,")


def test_latex_says_once_what_it_needs_and_both_forms_number_their_tables() -> None:
    report = results_report(make_study())
    latex, markdown = text_of(report, "latex"), text_of(report, "markdown")
    assert latex.startswith("% Needs \\usepackage{booktabs}.\n\\begin{table*}")
    assert latex.count("% Needs") == 1
    assert [latex.count(f"\\label{{tab:results-{number}}}") for number in (1, 5)] == [1, 1]
    assert [markdown.count(f"**Table {number}.**") for number in range(1, 7)] == [1, 1, 1, 1, 1, 0]


def test_pictures_are_svg_by_name() -> None:
    report = results_report(make_study())
    pictures = pictures_of(report)
    assert list(pictures) == ["systems", "differences", "other@1", "small@1", "category", "field"]
    for picture in pictures.values():
        assert ElementTree.fromstring(picture).tag == "{http://www.w3.org/2000/svg}svg"


def test_the_axis_of_differences_reaches_as_far_as_they_do() -> None:
    ends = [{"value": -3.0, "low": -12.5, "high": 1.0}, {"value": 2.0, "low": None, "high": None}]
    assert [widest({"differences": rows}) for rows in (ends, [])] == [20.0, 10.0]


def test_nothing_fails_in_an_empty_project() -> None:
    report = results_report(make_project())
    assert [table.rows for table in tables_of(report)] == [()]
    assert csv_of(report).decode().splitlines() == ["row,column,value,low,high,n,reason,no_interval,note"]
    assert set(pictures_of(report)) == {"systems", "differences", "category", "field"}
