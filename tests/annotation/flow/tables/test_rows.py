"""The tables of a study, whole: revisions, remarks and decisions, with people under pseudonyms."""

from typing import Any

import pytest
from django.utils import timezone

from annotation.flow import adjudicate
from annotation.flow.score import revise
from annotation.flow.setup.workspace import set_error_types
from annotation.flow.tables.rows import decision_records, rating_sheets, remark_records
from annotation.flow.tables.study import StudyTables, pseudonym
from annotation.models import Assignment, Project, Rules, User
from tests.factories import body, judged, make_member, make_project

pytestmark = pytest.mark.django_db

QUERY = ("PBL-0001", "system-a", 0, "", "small@1")


@pytest.fixture
def study() -> StudyTables:
    project = make_project()
    judged(project, [[1, {"text": 1, "feedback": "so-so", "penalties": ["harm"]}, 6]])
    Rules.objects.update(undisputed_share=0)
    project.refresh_from_db()
    return StudyTables(project, {})


def today() -> str:
    return timezone.now().date().isoformat()


def rows_by_person(study: StudyTables) -> dict[str, list[tuple[Any, ...]]]:
    """Of the ratings, by username: criterion, score, revision, first, role, comment."""
    names = {pseudonym(study.project, user.username): user.username for user in User.objects.all()}
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for sheet in rating_sheets(study):
        assert (sheet.response, sheet.submitted_at) == (QUERY, today())
        for criterion, score, _confidence in sheet.answers:
            columns = (criterion, score, sheet.revision, sheet.first, sheet.role, sheet.comment)
            rows.setdefault(names[sheet.annotator], []).append(columns)
    return rows


def decided(project: Project, **decisions: dict[str, Any]) -> User:
    ada = make_member(project, "ada", "adjudicator")
    review = adjudicate.claim(project=project, by=ada)
    assert review is not None
    blind = {key: {"text": 3, "harm": True}[key] for key in decisions}
    adjudicate.score_blind(case=review.adjudication.pk, by=ada, answers=blind)
    adjudicate.decide(case=review.adjudication.pk, by=ada, decisions=decisions, feedback="Reads well.")
    return ada


def test_every_revision_and_the_decision_that_stands_are_ratings(study: StudyTables) -> None:
    bo = User.objects.get(username="bo")
    revise.revise(assignment=Assignment.objects.get(annotator=bo).pk, by=bo, body=body(text=2))
    decided(study.project, text={"score": 2, "cause": "slip", "reason": "x"})
    annotator, adjudicator = "annotator", "adjudicator"
    assert rows_by_person(StudyTables(study.project, {})) == {
        "ana": [("text", 1, 1, 1, annotator, ""), ("images", None, 1, 1, annotator, ""), ("harm", 0, 1, 1, annotator, "")],
        "bo": [
            *(("text", 1, 1, 1, annotator, "so-so"), ("images", None, 1, 1, annotator, "so-so")),
            *(("harm", 1, 1, 1, annotator, "so-so"), ("text", 2, 2, 0, annotator, "")),
            *(("images", None, 2, 0, annotator, ""), ("harm", 0, 2, 0, annotator, "")),
        ],
        "chen": [("text", 6, 1, 1, annotator, ""), ("images", None, 1, 1, annotator, ""), ("harm", 0, 1, 1, annotator, "")],
        "ada": [("text", 2, 1, 1, adjudicator, "Reads well.")],
    }


def test_a_decision_has_the_blind_score_before_it(study: StudyTables) -> None:
    text = {"score": 5, "cause": "rubric_gap", "reason": "=unclear"}
    ada = decided(study.project, text=text, harm={"score": False, "cause": "slip", "reason": "y"})
    study = StudyTables(study.project, {})
    head = (*QUERY, 1, pseudonym(study.project, ada.username), "decided", 1, 0)
    assert list(decision_records(study)) == [
        (*head, "text", 1, "3", "5", "rubric_gap", "=unclear", today()),
        (*head, "harm", 1, "1", "0", "slip", "y", today()),
    ]


def test_a_decision_without_a_cause_is_a_decision_and_a_rating() -> None:
    project = make_project()
    judged(project, [[2, 2, 2]])
    Rules.objects.update(undisputed_share=1)
    project.refresh_from_db()
    ada = make_member(project, "ada", "adjudicator")
    review = adjudicate.claim(project=project, by=ada)
    assert review is not None
    answers = {"text": 2, "images": "na", "harm": False}
    asked = [decision.criterion.key for decision in review.adjudication.decisions.all()]
    adjudicate.score_blind(case=review.adjudication_id, by=ada, answers={key: answers[key] for key in asked})
    made = {key: {"score": answers[key], "reason": "x"} for key in asked}
    adjudicate.decide(case=review.adjudication_id, by=ada, decisions=made)
    study = StudyTables(project, {})
    written = {"text": "2", "images": "na", "harm": "0"}
    head = (*QUERY, 1, pseudonym(project, "ada"), "decided", 1, 0)
    assert list(decision_records(study)) == [(*head, key, 0, written[key], written[key], "", "x", today()) for key in asked]
    scores = {"text": 2, "images": None, "harm": 0}
    assert rows_by_person(study)["ada"] == [(key, scores[key], 1, 1, "adjudicator", "") for key in asked]


def test_notes_and_errors_are_remarks_of_their_revision(study: StudyTables) -> None:
    set_error_types(project=study.project, by=None, titles=[("Slip", "")])
    ana = User.objects.get(username="ana")
    remarks = {
        "notes": {"text": "short"},
        "block_notes": [{"part": "query", "block": 1, "text": "vague"}],
        "errors": [{"type": "slip", "block": 1}, {"type": "slip", "block": None}],
    }
    revise.revise(assignment=Assignment.objects.get(annotator=ana).pk, by=ana, body=body(text=2) | remarks)
    head = (*QUERY, pseudonym(study.project, "ana"), 2)
    assert list(remark_records(study)) == [
        (*head, "note", "text", "", None, "", "short"),
        (*head, "note", "", "query", 1, "", "vague"),
        (*head, "error", "", "response", None, "slip", ""),
        (*head, "error", "", "response", 1, "slip", ""),
    ]


def test_times_are_days_unless_asked(study: StudyTables) -> None:
    times = {sheet.submitted_at for sheet in rating_sheets(StudyTables(study.project, {}, times=True))}
    assert {(len(time), time[:10], time[-1]) for time in times} == {(20, today(), "Z")}
