"""Claim, draft, submit, skip: the calls with which an annotator, or a script of theirs, scores."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api import schema
from annotation.blind import claim_content
from annotation.flow import score
from annotation.models import Project, Role


@extend_schema(request=None, responses={200: schema.Claim, 204: OpenApiResponse(description="nothing is left")} | schema.HIDDEN)
@api_view(["POST"])
def claim(request: Request, slug: str) -> Response:
    """The caller's open assignment if there is one, else a new one."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.ANNOTATOR), slug=slug)
    slot = score.claim(project=project, by=request.user)
    return Response(claim_content(slot)) if slot else Response(status=204)


@extend_schema(request=schema.Judgement, responses={200: schema.SavedDraft} | schema.BAD | schema.GONE)
@api_view(["PUT"])
def draft(request: Request, pk: int) -> Response:
    """Keep unsent work, and renew the lease."""
    saved = score.save_draft(assignment=pk, by=request.user, body=request.data)
    return Response({"saved_at": saved.saved_at})


@extend_schema(
    request=schema.Judgement,
    parameters=[schema.IDEMPOTENCY_KEY],
    responses={201: schema.Submission, 200: OpenApiResponse(schema.Submission, "the first answer, once more")}
    | schema.BAD
    | schema.GONE,
)
@api_view(["POST"])
def submit(request: Request, pk: int) -> Response:
    """Take the judgement. With an Idempotency-Key it may be sent again without counting twice."""
    revision, new = score.submit(
        assignment=pk, by=request.user, body=request.data, idempotency_key=request.headers.get("Idempotency-Key")
    )
    answer = {
        "assignment": pk,
        "annotation": revision.annotation_id,
        "revision": revision.number,
        "submitted_at": revision.submitted_at,
    }
    return Response(answer, status=201 if new else 200)


@extend_schema(request=schema.SkipReason, responses={204: OpenApiResponse(description="given back")} | schema.BAD | schema.GONE)
@api_view(["POST"])
def skip(request: Request, pk: int) -> Response:
    """Give the response back for somebody else."""
    reason = request.data.get("reason") if isinstance(request.data, dict) else None
    score.skip(assignment=pk, by=request.user, reason=reason)
    return Response(status=204)
