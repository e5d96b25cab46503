"""The whole report of a small study, computed by hand."""

from typing import Any

import pytest

from annotation.flow.lessons import lessons
from annotation.models import Project, Role, User
from tests.annotation.flow.lessons.studies import make_study, settle
from tests.factories import make_member, make_project

pytestmark = pytest.mark.django_db
TEXT = {"rubric": "small@1", "criterion": "text"}
IMAGES = {"rubric": "small@1", "criterion": "images"}
HARM = {"rubric": "small@1", "criterion": "harm"}


def counted(**numbers: int) -> dict[str, Any]:
    total = sum(numbers.values())
    causes = ("rubric_gap", "item_fault", "slip", "ambiguity")
    return {
        "decided": total,
        "causes": {
            cause: {"n": numbers.get(cause, 0), "share": numbers.get(cause, 0) / total if total else None} for cause in causes
        },
    }


def figure(value: float | None, n: int, reason: str | None = None, no_interval: str | None = None) -> dict[str, Any]:
    return {"value": value, "n": n, "reason": reason, "low": None, "high": None, "no_interval": no_interval}


FEW = {"no_interval": "too few queries for an interval"}


def test_causes_are_counted_by_what_the_disputes_are_about() -> None:
    project, _tasks = make_study()
    report = lessons(project, for_manager=True)
    everything = counted(rubric_gap=2, slip=1, ambiguity=1)
    assert report["disputes"] == {"disputed": 5, "decided": 4, "responses": 5}
    assert report["causes"] == {
        "total": everything,
        "criterion": [TEXT | counted(rubric_gap=2, slip=1), HARM | counted(ambiguity=1)],
        "levels": [
            {"levels": (1, 4)} | counted(rubric_gap=1),
            {"levels": (2, 5)} | counted(slip=1),
            {"levels": (3, 6)} | counted(rubric_gap=1),
        ],
        "category": [{"category": "project-based-learning"} | everything],
        "field": [{"field": ""} | everything],
    }


def test_the_criteria_and_descriptors_most_often_in_dispute_come_first() -> None:
    project, _tasks = make_study()
    report = lessons(project, for_manager=True)
    assert report["criteria"] == [
        TEXT | {"responses": 6, "disputed": 4, "decided": 3, "share": 4 / 6},
        HARM | {"responses": 6, "disputed": 1, "decided": 1, "share": 1 / 6},
        IMAGES | {"responses": 6, "disputed": 0, "decided": 0, "share": 0.0},
    ]
    assert report["descriptors"] == [
        TEXT | {"level": level, "given": given, "disputed": disputed, "share": disputed / given}
        for level, given, disputed in ((1, 2, 2), (3, 2, 2), (5, 2, 2), (6, 2, 2), (2, 1, 1), (4, 3, 1))
    ]


def test_decisions_are_held_against_the_annotators_and_the_blind_scores() -> None:
    """Decided 2, 5 and 4; the annotators' means 2, 14/3 and 4; blind 2, 4 and 4."""
    project, _tasks = make_study()
    people = lessons(project, for_manager=True)["adjudicators"]
    none = {"n": 0, "higher": 0, "same": 0, "lower": 0, "difference": figure(None, 0, "no response has both")}
    mean = (5 - 14 / 3) / 3
    assert people["against_annotators"] == [
        TEXT | {"n": 3, "higher": 0, "same": 3, "lower": 0, "difference": figure(pytest.approx(mean), 3, **FEW)},
        IMAGES | none,
    ]
    assert people["against_blind_scores"] == [
        TEXT | {"n": 3, "changed": 1, "towards": 1, "away": 0},
        IMAGES | {"n": 0, "changed": 0, "towards": 0, "away": 0},
    ]
    assert people["annotators"] == [
        {"rubric": "small@1", "annotator": name, "n": 3, "higher": higher, "same": same, "lower": lower}
        | {"difference": figure(pytest.approx(difference), 3, **FEW)}
        for name, higher, same, lower, difference in (
            ("ana", 3, 0, 0, (1 + 2 + 2) / 3),
            ("bo", 1, 1, 1, (1 + 0 - 1) / 3),
            ("chen", 0, 0, 3, (-2 - 1 - 1) / 3),
        )
    ]


def test_two_adjudicators_are_compared_where_both_scored_blind_or_decided() -> None:
    """Otto scores the first response 4 blind and decides 3, where Ada had 2 and 2."""
    project, tasks = make_study()
    reopened_by_otto(project, tasks[0].pk)
    blind, _images, decided, _images_decided = lessons(project, for_manager=True)["adjudicators"]["among_adjudicators"]
    one = figure(None, 1, "only one response has two ratings")
    assert blind == {"what": "blind"} | TEXT | {
        "exact": figure(0.0, 1, **FEW),
        "adjacent": figure(0.0, 1, **FEW),
        "mean_absolute_difference": figure(2.0, 1, **FEW),
        "weighted_kappa": one,
    }
    assert decided == {"what": "decided"} | TEXT | {
        "exact": figure(0.0, 1, **FEW),
        "adjacent": figure(1.0, 1, **FEW),
        "mean_absolute_difference": figure(1.0, 1, **FEW),
        "weighted_kappa": one,
    }


def reopened_by_otto(project: Project, task: int) -> None:
    from django.utils import timezone

    from annotation.models import Adjudication, Reopening, Task

    lea, otto = (User.objects.get(username=name) for name in ("lea", "otto"))
    Reopening.objects.create(adjudication=Adjudication.objects.get(task=task), by=lea, at=timezone.now(), reason="Look again.")
    settle(project, otto, Task.objects.get(pk=task), {"text": 4}, {"text": 3}, "slip")


def test_a_reopened_decision_counts_no_more_and_its_next_one_does() -> None:
    project, tasks = make_study()
    reopened_by_otto(project, tasks[0].pk)
    assert lessons(project, for_manager=True)["causes"]["total"] == counted(rubric_gap=1, slip=2, ambiguity=1)


def test_levels_are_undefined_with_a_reason_where_there_is_little() -> None:
    project, _tasks = make_study()
    reason = "too few responses have two ratings"
    pairs = [
        {"levels": (level, level + 1), "both": both, "shift": figure(None, 6, reason), "expected": None, "evidence": None}
        | {"confused": None, "reason": reason}
        for level, both in ((1, 0), (2, 0), (3, 0), (4, 0), (5, 1))
    ]
    text, _images = lessons(project, for_manager=True)["levels"]
    assert text == TEXT | {"unused": {"levels": [], "reason": "fewer than 30 responses are rated"}, "pairs": pairs}


def test_an_adjudicator_gets_the_decided_disputes_alone_and_nothing_about_annotators() -> None:
    project, _tasks = make_study()
    report = lessons(project, for_manager=False)
    assert report["disputes"] == {"disputed": 4, "decided": 4, "responses": 4}
    assert report["criteria"][0] == TEXT | {"responses": 6, "disputed": 3, "decided": 3, "share": 0.5}
    assert {row["level"]: row["disputed"] for row in report["descriptors"]} == {1: 1, 2: 1, 3: 1, 4: 1, 5: 2, 6: 1}
    assert set(report["adjudicators"]) == {"against_annotators", "against_blind_scores", "among_adjudicators"}


def test_nothing_is_an_error_in_an_empty_project() -> None:
    project = make_project()
    make_member(project, "lea", Role.MANAGER)
    assert lessons(project, for_manager=True) == {
        "project": "study",
        "disputes": {"disputed": 0, "decided": 0, "responses": 0},
        "causes": {"total": counted(), "criterion": [], "levels": [], "category": [], "field": []},
        "criteria": [],
        "descriptors": [],
        "levels": [],
        "adjudicators": {"against_annotators": [], "against_blind_scores": [], "among_adjudicators": [], "annotators": []},
    }


def test_a_half_done_project_has_no_disputes_where_judgements_are_missing() -> None:
    from tests.factories import judged

    project = make_project()
    judged(project, [[1, 6, None], [1, 1, 6]])
    assert lessons(project, for_manager=True)["criteria"][0] == TEXT | {
        "responses": 1,
        "disputed": 1,
        "decided": 0,
        "share": 1.0,
    }
