"""Projects with a case to settle."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from annotation.flow import adjudicate
from annotation.flow.adjudicate.letters import annotations_by_letter
from annotation.flow.score import revise
from annotation.models import Adjudication, Assignment, CaseReview, Project, Revision, Rules, Task, User
from tests.factories import body, make_project


def make_disputed_project(**rules: Any) -> Project:
    """One in which no undisputed response waits for an adjudicator."""
    return with_rules(make_project(), **{"undisputed_share": 0} | rules)


def with_rules(project: Project, **rules: Any) -> Project:
    Rules.objects.filter(project=project).update(**rules)
    return Project.objects.get(pk=project.pk)


def started(project: Project, ada: User) -> Adjudication:
    review = adjudicate.claim(project=project, by=ada)
    assert review is not None
    return review.adjudication


def scored_blind(project: Project, ada: User, **answers: Any) -> Adjudication:
    case = started(project, ada)
    adjudicate.score_blind(case=case.pk, by=ada, answers=answers or {"text": 2})
    return case


def decisions(**answers: Any) -> dict[str, Any]:
    return {key: {"score": answer, "cause": "slip", "reason": "a slip"} for key, answer in answers.items()}


def settle(case: Adjudication, ada: User, answers: dict[str, Any]) -> Adjudication:
    if CaseReview.objects.get(adjudication=case, adjudicator=ada).revealed_at is None:
        adjudicate.score_blind(case=case.pk, by=ada, answers=answers)
    return adjudicate.decide(case=case.pk, by=ada, decisions=decisions(**answers))[0]


def revised(task: Task, username: str, **said: Any) -> Revision:
    slot = Assignment.objects.get(task=task, annotator__username=username)
    return revise.revise(assignment=slot.pk, by=User.objects.get(username=username), body=body(**said))[0]


def lapse() -> None:
    """Let the lease of every case run out."""
    CaseReview.objects.held().update(lease_expires_at=timezone.now() - timedelta(hours=2))


def letter_of(case: Adjudication, username: str) -> str:
    return next(name for name, of in annotations_by_letter(case).items() if of.annotator.username == username)
