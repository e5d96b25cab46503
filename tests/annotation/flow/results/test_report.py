"""The whole report, from labels of now and of a release."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from scipy import stats

from annotation.errors import Refused
from annotation.flow.release import Options, release
from annotation.flow.results import results_report
from annotation.flow.score import revise
from annotation.models import Assignment, Task
from tests.annotation.flow.results.studies import LEVELS, make_study, percents
from tests.factories import body, judge, make_member, make_project, make_user

pytestmark = pytest.mark.django_db


def test_the_best_system_stands_first_with_its_interval_by_query() -> None:
    """With one response per query the jackknife's interval is that of a mean by the textbook."""
    report = results_report(make_study())
    assert [row["system"] for row in report["systems"]] == ["larch", "ember", "quill"]
    values = np.array(percents("ember"))
    low, high = stats.t.interval(0.95, len(values) - 1, loc=values.mean(), scale=stats.sem(values))
    assert report["systems"][1] == {
        "system": "ember",
        "overall": {
            "value": pytest.approx(values.mean(), abs=1e-12),
            "low": pytest.approx(low, abs=1e-10),
            "high": pytest.approx(high, abs=1e-10),
            "n": 8,
            "queries": 8,
            "reason": None,
            "no_interval": None,
        },
        "answered": 8,
        "unanswered": 0,
    }


def test_it_says_what_the_figures_rest_on() -> None:
    project = make_study()
    report = results_report(project)
    assert report["labels"] == {
        "kind": "plain",
        "release": None,
        "n": 22,
        "responses": 22,
        "queries": 8,
        "left_out": {"not_judged": 0, "disputed": 0, "unusable": 0, "not_applicable": 0},
        "pool": None,
        "mixed": [],
        "undefined": [],
    }
    assert (report["project"], report["rubrics"]) == ("study", ["other@1", "small@1"])


def test_without_a_label_every_figure_says_why() -> None:
    report = results_report(make_study(judged=False))
    nothing = {"value": None, "low": None, "high": None, "n": 0, "reason": "no response has a value", "no_interval": None}
    assert [row["overall"] for row in report["systems"]] == [nothing | {"queries": 0}] * 3
    assert report["labels"]["left_out"]["not_judged"] == 22
    assert report["headline"] == {"steps": [], "beyond": [], "weakest": [], "part": [{"system": "quill", "unanswered": 2}]}
    assert {row["reason"] for row in report["differences"]} == {"no query was answered by both"}


def test_an_empty_project_has_empty_tables() -> None:
    report = results_report(make_project())
    assert {key: report[key] for key in ("systems", "criteria", "differences", "rubrics")} == {
        "systems": [], "criteria": [], "differences": [], "rubrics": [],
    }  # fmt: skip
    assert report["groups"] == [{"by": column, "values": [], "rows": [], "all": []} for column in ("category", "field")]


def test_by_chooses_the_tables() -> None:
    project = make_study()
    chosen = results_report(project, ["subfield"])
    assert [table["by"] for table in chosen["groups"]] == ["subfield"]
    assert chosen["criteria"] == []
    criteria = results_report(project, ["criterion"])
    assert (criteria["groups"], [table["rubric"] for table in criteria["criteria"]]) == ([], ["other@1", "small@1"])
    assert chosen["headline"] == criteria["headline"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": ["system"]}, "by: system is none of category, field, subfield, criterion"),
        ({"labels": "raw"}, "labels: expected one of plain, fair, not raw"),
    ],
)
def test_other_options_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused) as caught:
        results_report(make_project(), **options)
    assert str(caught.value) == message


def test_a_new_judgement_changes_it_at_once() -> None:
    project = make_study({"larch": LEVELS["larch"]}, judged=False)
    assert results_report(project)["labels"]["n"] == 0
    judge(Task.objects.filter(project=project)[0], make_member(project, "ana"), text=4)
    assert results_report(project)["labels"]["n"] == 1


@pytest.mark.parametrize("kind", ["plain", "fair"])
def test_a_releases_results_are_those_of_its_labels(kind: str, tmp_path: Path) -> None:
    project = make_study()
    report = results_report(project, labels=kind)
    made = release(project=project, out=tmp_path / "out", options=Options(check_size=1))
    released = results_report(project, labels=kind, release=made)
    assert released["labels"] == report["labels"] | {"release": 1, "left_out": {}, "undefined": []}
    assert without(released, "labels", "criteria") == without(report, "labels", "criteria")


def test_a_release_keeps_what_changes_later(tmp_path: Path) -> None:
    project = make_study()
    made = release(project=project, out=tmp_path / "out", options=Options(check_size=1))
    before = results_report(project, release=made)
    slot = Assignment.objects.filter(project=project, task__response__system="larch").earliest("pk")
    revise.revise(assignment=slot.pk, by=make_user("ana"), body=body(text=1))
    assert results_report(project)["systems"] != before["systems"]
    assert results_report(project, release=made)["systems"] == before["systems"]


def without(report: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in report.items() if key not in keys}


def test_it_costs_the_same_queries_for_any_number_of_systems() -> None:
    numbers = []
    for slug, levels in (("small", {"larch": LEVELS["larch"]}), ("large", LEVELS)):
        project = make_study(levels, slug=slug)
        with CaptureQueriesContext(connection) as queries:
            results_report(project)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
