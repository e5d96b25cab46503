"""The calls with which an adjudicator settles disputes."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.access.blind import task_content
from annotation.access.revealed import revealed_content
from annotation.api import schema
from annotation.api.caller import caller
from annotation.flow import adjudicate
from annotation.models import CaseReview, Project, Role


def case_content(review: CaseReview) -> dict[str, Any]:
    case = review.adjudication
    asked = [decision.criterion.key for decision in case.decisions.select_related("criterion")]
    head: dict[str, Any] = {"id": case.pk, "criteria": asked, "revealed": None}
    if review.revealed_at:
        head["revealed"] = revealed_content(case)
    return {"adjudication": head} | task_content(case.task_id)


@extend_schema(request=None, responses={200: schema.Case, 204: OpenApiResponse(description="nothing waits")} | schema.HIDDEN)
@api_view(["POST"])
def start(request: Request, slug: str) -> Response:
    """The caller's undecided case if there is one, else the next case of the queue."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.ADJUDICATOR), slug=slug)
    review = adjudicate.claim(project=project, by=caller(request))
    return Response(case_content(review)) if review else Response(status=204)


@extend_schema(request=schema.Answers, responses={200: schema.Case} | schema.BAD | schema.GONE)
@api_view(["POST"])
def score_blind(request: Request, pk: int) -> Response:
    """Score the asked criteria without seeing the annotators' scores; the response reveals them."""
    review, _new = adjudicate.score_blind(case=pk, by=caller(request), answers=body_value(request.data, "answers"))
    return Response(case_content(review))


@extend_schema(
    request=schema.Decisions,
    responses={201: OpenApiResponse(description="decided")} | schema.BAD | schema.GONE,
)
@api_view(["POST"])
def decide(request: Request, pk: int) -> Response:
    """Settle each asked criterion with its score, cause and reason."""
    adjudicate.decide(case=pk, by=caller(request), decisions=body_value(request.data, "decisions"))
    return Response({"adjudication": pk}, status=201)


def body_value(data: Any, key: str) -> Any:
    return data.get(key) if isinstance(data, dict) else None
