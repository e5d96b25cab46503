"""Who gets which part of the report, and of which decisions it is."""

import pytest

from annotation.flow.lessons import lessons
from annotation.models import Role
from tests.annotation.flow.lessons.studies import TEXT, counted, make_study, reopened_by_otto
from tests.factories import make_member, make_project

pytestmark = pytest.mark.django_db


def test_a_reopened_decision_counts_no_more_and_its_next_one_does() -> None:
    project, tasks = make_study()
    reopened_by_otto(project, tasks[0].pk)
    assert lessons(project, for_manager=True)["causes"]["total"] == counted(rubric_gap=1, slip=2, ambiguity=1)


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
