"""Import by API: a manager's script uploads a file, then follows the job."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, parser_classes
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api import schema
from annotation.api.caller import caller
from annotation.flow.jobs import queue
from annotation.forms.upload import posted_upload
from annotation.models import Job, Project, Role


def job_content(job: Job) -> dict[str, Any]:
    """A job as the API returns it."""
    return {
        "id": job.pk,
        "project": job.project.slug,
        "kind": job.kind,
        "file": job.file_name,
        "state": job.state,
        "dry_run": bool(job.options.get("dry_run")),
        "attempt": job.attempt,
        "phase": job.phase,
        "done": job.done,
        "total": job.total,
        "made_at": job.made_at,
        "started_at": job.started_at,
        "ended_at": job.ended_at,
        "message": job.message,
        "report": job.report,
    }


def upload(request: Request, slug: str, kind: str) -> Response:
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    body = posted_upload(dict(request.data.items()) | {"kind": kind}, request.FILES)
    return Response(job_content(queue.start(project=project, by=caller(request), **body)), status=202)


@extend_schema(request=schema.Upload, responses={202: schema.Job} | schema.BAD | schema.HIDDEN | schema.LARGE)
@api_view(["POST"])
@parser_classes([MultiPartParser])
def items(request: Request, slug: str) -> Response:
    """Load a file of queries, references and responses, as load_items does. For managers."""
    return upload(request, slug, "items")


@extend_schema(request=schema.ScoresUpload, responses={202: schema.Job} | schema.BAD | schema.HIDDEN | schema.LARGE)
@api_view(["POST"])
@parser_classes([MultiPartParser])
def scores(request: Request, slug: str) -> Response:
    """Load existing human scores, as load_scores does. For managers."""
    return upload(request, slug, "scores")


@extend_schema(responses={200: schema.Job} | schema.HIDDEN)
@api_view(["GET"])
def job(request: Request, pk: int) -> Response:
    """The progress of a job, or its end with the report."""
    return Response(job_content(get_object_or_404(Job.objects.for_manager(request.user), pk=pk)))


@extend_schema(request=None, responses={200: schema.Job} | schema.GONE)
@api_view(["POST"])
def cancel(request: Request, pk: int) -> Response:
    """Ask a job to stop."""
    job = get_object_or_404(Job.objects.for_manager(request.user), pk=pk)
    queue.cancel(job=job, by=caller(request))
    job.refresh_from_db()
    return Response(job_content(job))


@extend_schema(request=None, responses={200: schema.Job} | schema.BAD | schema.GONE)
@api_view(["POST"])
def retry(request: Request, pk: int) -> Response:
    """Run a job again that was refused, cancelled or lost, or has failed."""
    job = get_object_or_404(Job.objects.for_manager(request.user), pk=pk)
    queue.retry(job=job, by=caller(request))
    job.refresh_from_db()
    return Response(job_content(job))
