"""The report holds every figure with its interval, and what was left out is in it too."""

from typing import Any

import numpy as np
import pytest

from annotation.flow.check import read_truth, scorer_report
from annotation.flow.check.report.compose import at_the_worst, held_out, of_runs
from annotation.flow.check.scores import read_scores
from annotation.models import Project, Release
from tests.annotation.flow.check.report.drawn import drawn, scored
from tests.annotation.flow.check.scorer_files import keep
from tests.factories import judged, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    """Three labels and a response that waits for an adjudicator; its ratings have the mean 8/3."""
    project = make_project()
    judged(project, [[4, 4, 5], [1, 2, 3], [2, 2, 2], [1, 1, 6]])
    return project


def test_unresolved_responses_count_once_more_with_the_mean_of_their_ratings(project: Project) -> None:
    report = scorer_report(keep(project, (1, 4), (2, 2), (3, 2), (4, 2)).scorer)
    assert (report["labels"], report["scored"], report["overall"]["mae"]["value"]) == (3, 3, pytest.approx(1 / 9))
    assert report["unresolved"]["responses"] == 1
    assert report["unresolved"]["overall"]["mae"]["value"] == pytest.approx((1 / 3 + 2 / 3) / 4)


def test_scores_of_criteria_are_held_against_the_labels_of_criteria(project: Project) -> None:
    kept = keep(project, (1, 4, "text"), (2, 3, "text"), (3, 2, "text"), columns="id,model,score,criterion")
    [row] = scorer_report(kept.scorer)["criteria"]
    assert (row["criterion"], row["scored"]) == ("text", 3)
    assert row["overall"]["mae"]["value"] == pytest.approx((1 / 3 + 1) / 3)


def test_what_lacks_a_score_counts_at_the_worst_error(project: Project) -> None:
    truth, scores = read_truth(project), read_scores(keep(project, (1, 4), (2, 2)).scorer)
    worst = at_the_worst(scores.of(truth.tasks), truth, None)
    assert worst is not None
    assert worst["mae"]["value"] == pytest.approx((1 / 3 + 0 + 4) / 3)  # the third label is 2, and 6 is farthest from it


def test_a_file_without_any_score_has_a_report_that_says_so(project: Project) -> None:
    report = scorer_report(keep(project, (1, "none"), (2, "none")).scorer)
    assert (report["scored"], report["unreadable"], report["missing"]) == (0, 2, 1)
    assert report["overall"]["mse"]["reason"] == "no response has both a score and a label"
    assert report["verdict"] == {
        "tone": "bad",
        "clear": True,
        "needs": None,
        "parts": [{"key": "nothing_scored", "tone": "bad"}],
    }


@pytest.mark.parametrize(("score", "key"), [(lambda label: 4.0, "ranks_none"), (lambda label: label + 1.5, "too_much")])
def test_a_constant_scorer_and_a_lenient_one_read_as_bad(score: Any, key: str) -> None:
    project, labels = make_project(), (13 / 3, 2, 2, 3, 7 / 3)
    judged(project, [[4, 4, 5], [1, 2, 3], [2, 2, 2], [3, 3, 3], [2, 2, 3]])
    report = scorer_report(keep(project, *((number, score(label)) for number, label in enumerate(labels, 1))).scorer)
    assert (report["queries"], report["verdict"]["tone"], report["verdict"]["clear"]) == (5, "bad", True)
    assert key in [part["key"] for part in report["verdict"]["parts"]]


def test_of_three_queries_the_report_says_that_they_are_too_few(project: Project) -> None:
    report = scorer_report(keep(project, (1, 4), (2, 2), (3, 2)).scorer)
    assert (report["queries"], report["verdict"]["tone"], report["verdict"]["clear"]) == (3, "fair", False)
    assert report["verdict"]["needs"] == 90


def test_systems_that_were_held_out_stand_beside_those_in_training() -> None:
    scores, labels = drawn(40)
    told = held_out(scored(scores, labels), Release(manifest={"options": {"hold_out": ["b", "other"]}}), None)
    assert told is not None
    assert (told["systems"], told["held_out"]["scored"], told["in_training"]["scored"]) == (["b", "other"], 20, 20)
    assert told["held_out"]["overall"]["mae"]["value"] == pytest.approx(np.abs(scores - labels)[1::2].mean())
    assert held_out(scored(scores, labels), Release(manifest={"options": {"hold_out": ["other"]}})) is None


def test_one_run_says_nothing_of_consistency_and_two_do() -> None:
    scores, labels = drawn(40)
    assert of_runs(scored(scores, labels)) is None
    both = of_runs(scored(scores, labels, runs=np.stack([scores, scores], axis=1)))
    assert both is not None
    assert (both["identical"]["value"], both["spread"]["value"]) == (1, 0)
