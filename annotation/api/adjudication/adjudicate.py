"""The calls with which an adjudicator settles a dispute: claim, draft, blind scores, decision."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.access.blind import task_content
from annotation.access.revealed import revealed_content
from annotation.api import schema
from annotation.api.caller import caller
from annotation.api.score import draft_response, read_writer
from annotation.api.shapes import cases as schema_cases
from annotation.errors import ValidationError
from annotation.fields import is_whole
from annotation.flow import adjudicate
from annotation.models import CaseReview, Project
from annotation.models.adjudication import may_decide

SENT_ONCE = [schema.IDEMPOTENCY_KEY, *schema.PAGE_HEADERS]


def case_content(review: CaseReview) -> dict[str, Any]:
    """The case as the adjudicator may see it: nothing of what others said, or decided, before it was revealed to them."""
    case = review.adjudication
    decisions = list(case.decisions.all())
    asked = [decision.criterion.key for decision in decisions]
    draft, version = adjudicate.draft_of(review)
    revealed = revealed_content(case) if review.revealed_at else None
    decided = bool(revealed) and bool(case.decided_at)
    blind = {score.criterion.key: score.answer for score in review.blind_scores.all()}
    head: dict[str, Any] = {
        "id": case.pk,
        "criteria": asked,
        "revealed": revealed,
        "phase": "ended" if review.ended_at else "decision" if review.revealed_at else "blind",
        "ending": review.ending,
        "lease_expires_at": review.lease_expires_at,
        "draft": draft,
        "draft_version": version,
        "blind": blind or None,
        "outcome": case.outcome if decided else "",
        "decisions": {
            decision.criterion.key: {"score": decision.answer, "reason": decision.reason}
            | ({"cause": decision.cause} if decision.cause else {})
            for decision in decisions
            if decided and decision.answer is not None
        },
        "feedback": case.feedback if decided else "",
        "adopted": adjudicate.adopted_letter(case) if decided else None,
        "reasons": adjudicate.reasons_used(review.project, asked, review.adjudicator) if revealed else [],
        "colleagues": [membership.user.username for membership in adjudicate.colleagues(review)],
    }
    return {"adjudication": head} | task_content(case.task_id)


@extend_schema(
    request=schema_cases.Start,
    responses={200: schema_cases.Case, 204: OpenApiResponse(description="nothing waits")} | schema.BAD | schema.HIDDEN,
)
@api_view(["POST"])
def start(request: Request, slug: str) -> Response:
    """The caller's undecided case if there is one, else the next case of the queue, or the task's."""
    project = get_object_or_404(Project.objects.filter(may_decide(request.user, "")), slug=slug)
    review = adjudicate.claim(project=project, by=caller(request), task=named_task(request))
    if review is None:
        return Response(status=204)
    return Response(case_content(adjudicate.own_review(review.adjudication_id, caller(request))))


def named_task(request: Request) -> int | None:
    """A body is read as JSON alone: this call once took none, whatever its type. Raises ValidationError."""
    task = body_value(request.data, "task") if (request.content_type or "").startswith("application/json") else None
    if task is not None and (not is_whole(task) or not 0 < task < 2**63):
        raise ValidationError({"task": _("expected a whole number")})
    return task


@extend_schema(responses={200: schema_cases.Case} | schema.HIDDEN)
@api_view(["GET"])
def case(request: Request, pk: int) -> Response:
    """A case in which the caller has, or had, a part."""
    return Response(case_content(adjudicate.own_review(pk, caller(request))))


@extend_schema(
    request=schema_cases.CaseDraft,
    parameters=schema.PAGE_HEADERS,
    responses={200: schema.SavedDraft} | schema.BAD | schema.GONE | schema.CONFLICT,
)
@api_view(["PUT"])
def draft(request: Request, pk: int) -> Response:
    """Save unsent work, and renew the lease."""
    saved = adjudicate.save_draft(case=pk, by=caller(request), body=request.data, writer=read_writer(request))
    return draft_response(saved)


@extend_schema(
    request=schema_cases.Answers,
    parameters=SENT_ONCE,
    responses={200: schema_cases.Case} | schema.BAD | schema.GONE | schema.CONFLICT,
)
@api_view(["POST"])
def score_blind(request: Request, pk: int) -> Response:
    """Score the asked criteria without seeing the annotators' scores; the response reveals them. With an Idempotency-Key it may
    be sent again."""
    review, _new = adjudicate.score_blind(
        case=pk,
        by=caller(request),
        answers=body_value(request.data, "answers"),
        idempotency_key=request.headers.get("Idempotency-Key"),
        writer=read_writer(request),
    )
    return Response(case_content(review))


@extend_schema(
    request=schema_cases.Decisions,
    parameters=SENT_ONCE,
    responses={201: schema_cases.DecidedCase, 200: OpenApiResponse(schema_cases.DecidedCase, "the first answer, once more")}
    | schema.BAD
    | schema.GONE
    | schema.CONFLICT,
)
@api_view(["POST"])
def decide(request: Request, pk: int) -> Response:
    """Settle each asked criterion with its score, cause and reason; where the annotators gave the same, a cause may be left out.
    With an Idempotency-Key it may be sent again."""
    _case, new = adjudicate.decide(
        case=pk,
        by=caller(request),
        decisions=body_value(request.data, "decisions"),
        feedback=body_value(request.data, "feedback"),
        adopt=body_value(request.data, "adopt"),
        idempotency_key=request.headers.get("Idempotency-Key"),
        writer=read_writer(request),
    )
    return Response({"adjudication": pk}, status=201 if new else 200)


def body_value(data: Any, key: str) -> Any:
    return data.get(key) if isinstance(data, dict) else None
