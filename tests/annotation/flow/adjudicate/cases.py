"""Projects with a case to settle."""

from typing import Any

from annotation.flow import adjudicate
from annotation.models import Adjudication, Project, Rules, User
from tests.factories import make_project


def make_disputed_project() -> Project:
    """One in which no undisputed response waits for an adjudicator."""
    project = make_project()
    Rules.objects.filter(project=project).update(undisputed_share=0)
    return Project.objects.get(pk=project.pk)


def started(project: Project, ada: User) -> Adjudication:
    review = adjudicate.claim(project=project, by=ada)
    assert review is not None
    return review.adjudication


def settle(case: Adjudication, ada: User, answers: dict[str, Any]) -> None:
    adjudicate.score_blind(case=case.pk, by=ada, answers=answers)
    decisions = {key: {"score": answer, "cause": "slip", "reason": "a slip"} for key, answer in answers.items()}
    adjudicate.decide(case=case.pk, by=ada, decisions=decisions)
