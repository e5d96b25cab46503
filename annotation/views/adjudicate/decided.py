"""The page of a decided case: what was decided, everything that was said, and what was said of the decision since."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from annotation.access.blind import task_content
from annotation.access.revealed import revealed_content
from annotation.flow import adjudicate
from annotation.forms.criteria import NO_FAULTS
from annotation.models import Adjudication, CaseReview, Decision
from annotation.views.adjudicate import said
from annotation.views.annotate import render_page
from annotation.views.requests import UserRequest


def decided_page(
    request: UserRequest, review: CaseReview, *, faults: Mapping[str, str] = NO_FAULTS, status: int = 200
) -> HttpResponse:
    """What was decided, with everything that was said, and what was said of it since."""
    adjudication = review.adjudication
    content = task_content(adjudication.task_id)
    revealed = revealed_content(adjudication)
    asked = [decision.criterion.key for decision in adjudication.decisions.all()]
    context = (
        content
        | said.with_remarks(content, revealed)
        | {
            "case": adjudication,
            "review": review,
            "project": review.project,
            "said": said.said_context(content["rubric"], revealed, asked, blind_answers(review)),
            "decisions": list(decisions_of(adjudication, blind_answers(review))),
            "feedback": adjudication.adopted.feedback if adjudication.adopted else adjudication.feedback,
            "rounds": list(earlier_rounds(review)),
            "reopening": getattr(adjudication, "reopening", None),
            "comments": adjudicate.comments_of(adjudication.pk, request.user)
            if adjudicate.may_comment(adjudication, request.user)
            else None,
            "blurred": review.project.workspace.blurs(adjudication.task.response),
            "kept": kept_work(review),
            "faults": faults,
            "may_reopen": adjudication.decided_by_id == request.user.pk and not adjudication.second,
            "written": request.POST,
        }
    )
    at = reverse("case", args=[adjudication.pk])
    return render_page(request, "annotation/adjudicate/decided.html", context, status=400 if faults else status, at=at)


def decisions_of(case: Adjudication, blind: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for decision in case.decisions.all():
        yield {
            "title": decision.criterion.title,
            "answer": said.answer_text(decision.answer),
            "own": said.answer_text(blind.get(decision.criterion.key)),
            "cause": decision.get_cause_display(),
            "reason": decision.reason,
        }


def kept_work(review: CaseReview) -> dict[str, Any] | None:
    """What the adjudicator wrote and did not submit before somebody else had the case, so that it can be read and copied."""
    draft, _version = adjudicate.draft_of(review)
    if draft is None or review.ended_at is None or review.adjudication.decided_by_id == review.adjudicator_id:
        return None
    causes = dict(Decision.Cause.choices)
    decisions = draft.get("decisions") or {key: {"score": answer} for key, answer in draft.get("scores", {}).items()}
    lines = [
        {
            "title": decision.criterion.title,
            "answer": said.answer_text(item.get("score")),
            "cause": causes.get(item.get("cause"), ""),
            "reason": item.get("reason") or "",
        }
        for decision in review.adjudication.decisions.all()
        if (item := decisions.get(decision.criterion.key))
    ]
    return {"lines": lines, "feedback": draft.get("feedback") or ""}


def earlier_rounds(review: CaseReview) -> Iterator[dict[str, Any]]:
    """The decisions before this round's, with why each was reopened."""
    case = review.adjudication
    earlier = Adjudication.objects.filter(task=case.task_id, round__lt=case.round, decided_at__isnull=False)
    for one in (
        earlier.select_related("reopening").prefetch_related("decisions__criterion", "decisions__level").order_by("-round")
    ):
        reopening = getattr(one, "reopening", None)
        yield {"case": one, "decisions": list(decisions_of(one, {})), "reopening": reopening.reason if reopening else ""}


def blind_answers(review: CaseReview) -> dict[str, Any]:
    return {score.criterion.key: score.answer for score in review.blind_scores.all()}
