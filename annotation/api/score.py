"""Claim, draft, submit, skip, flag, revise: the calls with which an annotator's script scores."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.access.blind import claim_content
from annotation.api import schema
from annotation.api.caller import caller
from annotation.flow import adjudicate, score
from annotation.flow.score import concerns, drafts, revise
from annotation.models import Flag, Project, Revision, Role

# A first judgement and a revision of it are sent in the same way.
saves_a_draft = extend_schema(
    request=schema.Submission,
    parameters=schema.PAGE_HEADERS,
    responses={200: schema.SavedDraft} | schema.BAD | schema.GONE | schema.CONFLICT,
)
takes_a_submission = extend_schema(
    request=schema.Submission,
    parameters=[schema.IDEMPOTENCY_KEY, *schema.PAGE_HEADERS],
    responses={201: schema.SubmittedRevision, 200: OpenApiResponse(schema.SubmittedRevision, "the first answer, once more")}
    | schema.BAD
    | schema.GONE
    | schema.CONFLICT,
)


@extend_schema(request=None, responses={200: schema.Claim, 204: OpenApiResponse(description="nothing is left")} | schema.HIDDEN)
@api_view(["POST"])
def claim(request: Request, slug: str) -> Response:
    """The caller's open assignment if there is one, else a new one."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.ANNOTATOR), slug=slug)
    slot = score.claim(project=project, by=caller(request))
    return Response(claim_content(slot)) if slot else Response(status=204)


def read_writer(request: Request) -> drafts.DraftWriter:
    """If-Match has the version of the draft that the caller has seen, X-Page the caller's own name, `of` the number of the
    revision that a revision began with.
    """
    seen, name = request.headers.get("If-Match", ""), request.headers.get("X-Page", "")
    return drafts.read_writer(seen=seen, name=name, revision=request.query_params.get("of", ""))


def draft_response(saved: drafts.SavedDraft) -> Response:
    return Response(saved.as_content(), headers={"ETag": f'"{saved.version}"'})


@saves_a_draft
@api_view(["PUT"])
def draft(request: Request, pk: int) -> Response:
    """Save unsent work, and renew the lease."""
    return draft_response(score.save_draft(assignment=pk, by=caller(request), body=request.data, writer=read_writer(request)))


@takes_a_submission
@api_view(["POST"])
def submit(request: Request, pk: int) -> Response:
    """Submit the judgement. With an Idempotency-Key it may be sent again without counting twice."""
    revision, new = score.submit(
        assignment=pk,
        by=caller(request),
        body=request.data,
        idempotency_key=request.headers.get("Idempotency-Key"),
        writer=read_writer(request),
    )
    adjudicate.after_submission(revision=revision)
    return revision_response(pk, revision, new)


def revision_response(pk: int, revision: Revision, new: bool) -> Response:
    content = {
        "assignment": pk,
        "annotation": pk,  # each assignment has one; the row's own number would count everybody's annotations
        "revision": revision.number,
        "submitted_at": revision.submitted_at,
    }
    return Response(content, status=201 if new else 200)


@extend_schema(request=schema.SkipReason, responses={204: OpenApiResponse(description="given back")} | schema.BAD | schema.GONE)
@api_view(["POST"])
def skip(request: Request, pk: int) -> Response:
    """Give the response back for somebody else."""
    body = request.data if isinstance(request.data, dict) else {}
    score.skip(assignment=pk, by=caller(request), reason=body.get("reason"), kind=body.get("kind"))
    return Response(status=204)


@extend_schema(request=schema.FlagReason, responses={201: schema.Flag} | schema.BAD | schema.HIDDEN)
@api_view(["POST"])
def flag(request: Request, pk: int) -> Response:
    """Ask the project's managers to look at the response."""
    body = request.data if isinstance(request.data, dict) else {}
    raised = concerns.raise_flag(assignment=pk, by=caller(request), kind=body.get("kind"), note=body.get("note"))
    number = Flag.objects.filter(project=raised.project_id, annotator=raised.annotator_id, pk__lte=raised.pk).count()
    return Response({"id": number, "kind": raised.kind, "note": raised.note, "raised_at": raised.raised_at}, status=201)


@saves_a_draft
@api_view(["PUT"])
def revision_draft(request: Request, pk: int) -> Response:
    """Save an unfinished revision of what was submitted."""
    return draft_response(revise.save_draft(assignment=pk, by=caller(request), body=request.data, writer=read_writer(request)))


@takes_a_submission
@api_view(["POST"])
def revision(request: Request, pk: int) -> Response:
    """Revise what was submitted. The first judgement stays, and agreement counts it alone."""
    made, new = revise.revise(
        assignment=pk,
        by=caller(request),
        body=request.data,
        idempotency_key=request.headers.get("Idempotency-Key"),
        writer=read_writer(request),
    )
    adjudicate.after_submission(revision=made)
    return revision_response(pk, made, new)
