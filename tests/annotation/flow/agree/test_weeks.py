"""Agreement over time: a week has the judgements that were given in it, and a trend has a test."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from annotation.agreement import Resamples, trend
from annotation.flow.agree import agreement_report
from annotation.flow.agree.weeks import over_time, pairs_of_weeks, trend_of
from annotation.flow.judgements import RatingMatrix, rating_matrices
from annotation.models import Project
from tests.factories import judged, make_project

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 1, 4).toordinal()
WEEKS = ["2027-W01", "2027-W02", "2027-W04"]
ROWS = [[1, 2, 5], [5, 3, 5], [4, 6, 6], [2, 2, None]]
DAYS = [[0, 6, 7], [0, 0, 21], [7, 7, 7], [0, 7, None]]  # after the first Monday


@pytest.fixture
def matrix(monkeypatch: pytest.MonkeyPatch) -> RatingMatrix:
    """Four responses by three annotators, judged on these days."""
    judged(make_project(overlap=3), ROWS)
    [read] = rating_matrices(Project.objects.get())
    days = np.array([[0 if day is None else MONDAY + day for day in row] for row in DAYS]).T
    dated = replace(read, days=days)
    for module in ("report", "weeks"):
        monkeypatch.setattr(f"annotation.flow.agree.{module}.rating_matrices", lambda *_arguments: [dated])
    return dated


def of_text(report: dict[str, Any]) -> list[Any]:
    rows = [(group["by"], row) for group in report["groups"] for row in group["criteria"] if row["criterion"] == "text"]
    return [(by, row["items"], row["pairable_items"], row["ratings"], row["mean_absolute_difference"]) for by, row in rows]


def test_a_week_has_the_judgements_that_were_given_in_it_and_compares_them_alone(matrix: RatingMatrix) -> None:
    assert of_text(agreement_report(Project.objects.get(), ["week"])) == [
        ({"week": "2027-W01"}, 3, 2, 5, 1.5),  # 1 and 2, 5 and 3; a single 2
        ({"week": "2027-W02"}, 3, 1, 5, pytest.approx(4 / 3)),  # 4, 6 and 6; a single 5, a single 2
        ({"week": "2027-W04"}, 1, 0, 1, None),
    ]


@pytest.mark.parametrize("by", [["week", "system"], ["system", "week"]])
def test_weeks_are_cut_by_other_columns_too(matrix: RatingMatrix, by: list[str]) -> None:
    groups = agreement_report(Project.objects.get(), by, resamples=None)["groups"]
    assert [list(group["by"].items()) for group in groups] == [
        [(name, {"week": week, "system": "system-a"}[name]) for name in by] for week in WEEKS
    ]


def test_pairs_of_two_weeks_are_counted(matrix: RatingMatrix) -> None:
    report = agreement_report(Project.objects.get(), ["week"], resamples=None)
    assert report["pairs_of_weeks"] == [{"rubric": "small@1", "pairs": 10, "within": 5}]
    assert pairs_of_weeks(matrix) == {"pairs": 10, "within": 5}
    assert "pairs_of_weeks" not in agreement_report(Project.objects.get(), ["system"], resamples=None)


def test_over_time_is_alpha_as_in_the_report_by_week(matrix: RatingMatrix) -> None:
    project = Project.objects.get()
    report = agreement_report(project, ["week"], Resamples(number=100))
    for key in ("text", "overall"):
        of_key = [
            (group["by"]["week"], row) for group in report["groups"] for row in group["criteria"] if row["criterion"] == key
        ]
        [of_report] = [row["alpha"] for row in report["trends"] if row["criterion"] == key]
        assert over_time(project, "small@1", key, Resamples(number=100)) == {
            "weeks": [{"week": week, "alpha": row["alpha"]} for week, row in of_key],
            "trend": of_report,
            "pairs_of_weeks": {"pairs": 10, "within": 5},
        }


def test_a_trend_is_of_the_calendars_weeks_with_the_errors_of_the_intervals() -> None:
    figures = [(0.5, 0.4, 0.6), (0.6, 0.55, 0.65), (0.3, None, None), (None, None, None), (0.9, 0.8, 1.0)]
    weeks = ["2026-W52", "2026-W53", "2027-W01", "2027-W02", "2027-W04"]
    rows = [
        {"week": week, "alpha": dict(zip(("value", "low", "high"), figure, strict=True))}
        for week, figure in zip(weeks, figures, strict=True)
    ]
    expected = trend([0, 1, 5], [0.5, 0.6, 0.9], [0.2 / 3.92, 0.1 / 3.92, 0.2 / 3.92])
    assert trend_of(rows) == pytest.approx(expected.plain(), abs=1e-12)
    assert trend_of(rows[:2])["reason"] == "fewer than three periods have a figure with its error"
