"""The part about labels, from the database: a table that is computed by hand, and labels of which some were decided."""

from math import sqrt
from typing import Any

import pytest
from django.core.cache import cache

from annotation.agreement import Resamples
from annotation.agreement.reliability.of_labels import label_figures
from annotation.flow.agree import agreement_report
from annotation.flow.agree.label_figures import adjudicated
from annotation.flow.judgements import ProjectCache, Purpose, rating_matrices, reader
from annotation.models import Project
from tests.annotation.agreement.arrays import study
from tests.annotation.flow.labels.studies import Study, decided, said, task
from tests.factories import judged, make_project

pytestmark = pytest.mark.django_db
# The worked example of docs/agreement-statistics.md: a response per row.
WORKED = [[1, 2, 3], [3, 2, 4], [2, 5, 5], [4, 5, 6]]
FEW = {"low": None, "high": None, "no_interval": "too few queries for an interval"}


def rows_of(project: Project, **options: Any) -> dict[str, dict[str, Any]]:
    [group] = agreement_report(project, **options)["groups"]
    return {row["criterion"]: row for row in group["criteria"]}


def test_the_worked_example_from_the_database() -> None:
    project = make_project(overlap=3)
    judged(project, WORKED)
    label = rows_of(project)["text"]["label"]

    def figure(value: float) -> dict[str, Any]:
        return {"value": pytest.approx(value, abs=1e-9), "n": 4, "reason": None, **FEW, "two_way": FEW}

    reliabilities = (26 / 53, 52 / 79, 26 / 35, 104 / 131, 130 / 157, 52 / 61)
    assert label == {
        "k": pytest.approx(3),
        "reliability": figure(26 / 35),
        "sem": figure(sqrt(1 / 2)),
        "shares": {"response": figure(26 / 53), "annotator": figure(15 / 53), "residual": figure(12 / 53)},
        "d_study": [
            {"annotators": k, "reliability": figure(reliability), "sem": figure(sqrt(1.5 / k))}
            for k, reliability in enumerate(reliabilities, start=1)
        ],
        "decision_consistency": figure(label["decision_consistency"]["value"]),
        "decision_accuracy": figure(label["decision_accuracy"]["value"]),
    }
    assert 0.3 < label["decision_consistency"]["value"] < label["decision_accuracy"]["value"] < 0.7


def test_reliability_is_the_average_icc_and_both_have_an_interval_for_annotators_of_this_kind() -> None:
    project = make_project(overlap=3)
    ratings = study(20, annotators=3, missing=0).ratings
    judged(project, ratings.T.astype(int).tolist())
    resamples = Resamples(number=100)
    row = rows_of(project, resamples=resamples)["text"]
    [matrix] = rating_matrices(project)
    expected = label_figures(matrix.values["text"], scale=range(1, 7), queries=matrix.queries, resamples=resamples)
    assert row["icc_single"] == expected.single.plain(interval=True) == row["label"]["d_study"][0]["reliability"]
    assert row["icc_mean"] == expected.reliability.plain(interval=True) == row["label"]["reliability"]
    assert row["label"]["sem"] == expected.sem.plain(interval=True)
    low, high = row["icc_mean"]["two_way"]["low"], row["icc_mean"]["two_way"]["high"]
    assert low <= row["icc_mean"]["low"] < row["icc_mean"]["high"] <= high


def test_labels_are_rounded_to_the_levels_of_the_criterion_and_overalls_to_whole_numbers_of_their_range() -> None:
    project = make_project(overlap=3)
    judged(project, WORKED)
    rows, [matrix] = rows_of(project, resamples=None), rating_matrices(project)
    for key, ratings, scale in (("text", matrix.values["text"], range(1, 7)), ("overall", matrix.overall, range(7))):
        expected = label_figures(ratings, scale=scale)
        assert rows[key]["label"]["decision_consistency"] == expected.consistency.plain(interval=False)
        assert rows[key]["label"]["decision_accuracy"] == expected.accuracy.plain(interval=False)


def test_without_resamples_no_figure_has_keys_of_an_interval() -> None:
    project = make_project(overlap=3)
    judged(project, WORKED)
    row = rows_of(project, resamples=None)["overall"]
    assert set(row["icc_single"]) == set(row["label"]["sem"]) == {"value", "n", "reason"}


def test_groups_and_penalties_have_no_labels() -> None:
    project = make_project(overlap=3)
    judged(project, WORKED)
    [group] = agreement_report(project, ["system"])["groups"]
    assert {row["criterion"]: ("label" in row, "icc_mean" in row) for row in group["criteria"]} == {
        "text": (False, True),
        "images": (False, True),
        "overall": (False, True),
        "harm": (False, False),
    }
    assert "label" not in rows_of(project)["harm"]


def test_labels_that_rest_on_a_decision_are_counted_and_responses_without_a_label_are_not() -> None:
    study_ = Study("weighted_mean")
    study_.fill(
        [
            task(said(4, 4), said(5, 4)),
            task(said(1, 1), said(1, 1)),
            task(said(4), said(4)),
            task(said(1, 3), said(6, 3), rounds=[decided(text=3)]),
            task(said(1, 1), said(6, 6), rounds=[decided(text=3, images="na")]),
            task(said(4, harm=True), said(4), rounds=[decided(harm=True)]),
            task(said(1, 1), said(6, 6), rounds=[decided(images=3)]),  # the text waits: no label
            task(said(1), said(6), rounds=[decided(text=3, reopened=True)]),
            task(said(4), said(4), rounds=[decided("unusable")]),
            task(said(4), said(4), "open"),
        ]
    )
    expected = {
        "rubric": study_.rubric.name,
        "labels": 6,
        "adjudicated": 3,
        "share": 3 / 6,
        "criteria": {
            "text": {"labels": 6, "adjudicated": 2, "share": 2 / 6},
            "images": {"labels": 3, "adjudicated": 0, "share": 0.0},
            "harm": {"labels": 6, "adjudicated": 1, "share": 1 / 6},
        },
    }
    assert adjudicated(study_.project, ProjectCache(study_.project)) == [expected]
    assert agreement_report(study_.project, resamples=None)["labels"] == [expected]
    assert agreement_report(study_.project, ["system"], resamples=None)["labels"] == [expected]


def test_without_a_label_there_is_no_share() -> None:
    project = make_project(overlap=3)
    judged(project, [[4, 4]])
    [row] = agreement_report(project, resamples=None)["labels"]
    assert (row["labels"], row["share"], row["criteria"]["text"]) == (0, None, {"labels": 0, "adjudicated": 0, "share": None})


def test_judgements_are_read_once_for_the_figures_and_for_the_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project(overlap=3)
    judged(project, WORKED)
    expected = agreement_report(project, resamples=None)
    cache.clear()
    reading, readings = reader.read_judgements, []
    monkeypatch.setattr(reader, "read_judgements", lambda *args, **named: readings.append(named) or reading(*args, **named))
    assert agreement_report(project, resamples=None) == expected
    assert readings == [{"purpose": Purpose.LABELS}]
