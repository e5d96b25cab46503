import numpy as np
import pytest

from annotation.flow.judgements import ProjectCache
from annotation.flow.results.labelled import current_labels
from annotation.flow.results.tables import criteria_table, difference_rows, group_table, neighbours, ranked_systems, system_rows
from tests.annotation.flow.results.studies import make_study, percents

pytestmark = pytest.mark.django_db


def test_systems_against_the_values_of_a_column() -> None:
    labelled = current_labels(ProjectCache(make_study()), "plain")
    table = group_table(labelled, ranked_systems(labelled), "category")
    assert (table["by"], table["values"]) == ("category", ["multi-step-reasoning", "project-based-learning"])
    halves = range(4, 8), range(4)
    for row in table["rows"]:
        means = [np.mean(percents(row["system"], half)) for half in halves]
        assert [cell["value"] for cell in row["cells"]] == pytest.approx(means, abs=1e-12)
        assert row["average"]["value"] == pytest.approx(np.mean(means), abs=1e-12)
    assert [cell["n"] for cell in table["rows"][2]["cells"]] == [3, 3]
    of_all = [[value for name in ("larch", "ember", "quill") for value in percents(name, half)] for half in halves]
    assert [cell["value"] for cell in table["all"]] == pytest.approx(list(map(np.mean, of_all)), abs=1e-12)


def test_a_cell_of_few_queries_has_no_interval_but_says_why() -> None:
    labelled = current_labels(ProjectCache(make_study()), "plain")
    [first, *_others] = group_table(labelled, ranked_systems(labelled), "category")["rows"]
    assert {cell["no_interval"] for cell in first["cells"]} == {"too few queries for an interval"}


def test_criteria_of_a_rubric_penalties_among_them() -> None:
    labelled = current_labels(ProjectCache(make_study()), "plain")
    table = criteria_table(labelled, ranked_systems(labelled), labelled.parts[1])
    assert (table["rubric"], table["title"], table["undefined"]) == ("small@1", "Small", [])
    assert table["criteria"] == [
        {"key": "text", "title": "Text", "kind": "rated"},
        {"key": "images", "title": "Images", "kind": "rated"},
        {"key": "harm", "title": "Harm", "kind": "penalty"},
    ]
    larch = table["rows"][0]["cells"]
    assert larch[0]["value"] == pytest.approx(np.mean(percents("larch", range(4))), abs=1e-12)
    assert [(cell["value"], cell["n"], cell["reason"]) for cell in larch[1:]] == [
        (None, 0, "no response has a value"), (0.0, 4, None),
    ]  # fmt: skip
    assert [cell["n"] for cell in table["all"]] == [11, 0, 11]


def test_a_system_that_answered_a_part_says_of_how_many_queries() -> None:
    labelled = current_labels(ProjectCache(make_study()), "plain")
    rows = system_rows(labelled, ranked_systems(labelled))
    assert [(row["system"], row["answered"], row["unanswered"]) for row in rows] == [
        ("larch", 8, 0), ("ember", 8, 0), ("quill", 6, 2),
    ]  # fmt: skip


def test_differences_are_of_the_queries_that_both_answered() -> None:
    labelled = current_labels(ProjectCache(make_study()), "plain")
    rows = difference_rows(labelled, ranked_systems(labelled))
    assert [(row["first"], row["second"]) for row in rows] == [("larch", "ember"), ("larch", "quill"), ("ember", "quill")]
    both = (0, 1, 2, 5, 6, 7)
    expected = np.mean(np.array(percents("ember", both)) - np.array(percents("quill", both)))
    assert rows[2]["value"] == pytest.approx(expected, abs=1e-12)
    assert (rows[2]["queries"], rows[2]["only_first"], rows[2]["only_second"]) == (6, 2, 0)
    assert rows[0]["beyond_chance"]
    assert [(row["first"], row["second"]) for row in neighbours(rows, ["larch", "ember", "quill"])] == [
        ("larch", "ember"), ("ember", "quill"),
    ]  # fmt: skip
