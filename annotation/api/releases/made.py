"""The releases of a project: list them, make one, read one, retract it, download it."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.access.archives import release_answer
from annotation.api import schema
from annotation.api.caller import caller
from annotation.api.load import job_content
from annotation.api.releases.negotiation import any_accept
from annotation.api.shapes import releases as shapes
from annotation.errors import ValidationError
from annotation.flow import release as releases
from annotation.flow.jobs import queue
from annotation.forms.release import release_options
from annotation.models import Project, Release, Role

ELSEWHERE = ("files", "left_out")  # keys of the manifest that are long


def project_of(request: Request, slug: str) -> Project:
    return get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)


def release_of(request: Request, slug: str, version: int) -> Release:
    releases = Release.objects.for_manager(request.user).with_state()
    return get_object_or_404(releases, project__slug=slug, version=version)


def row(release: Release, counts: dict[str, int], split: dict[str, int]) -> dict[str, Any]:
    return {
        "version": release.version,
        "made_at": release.made_at,
        "made_by": release.made_by and release.made_by.username,
        "counts": counts,
        "split": split,
        "stored": release.is_stored,
        "retracted": retracted(release),
    }


def retracted(release: Release) -> dict[str, Any] | None:
    if not release.is_retracted:
        return None
    retraction = release.retraction
    return {"at": retraction.at, "by": retraction.by and retraction.by.username, "reason": retraction.reason}


def content(release: Release) -> dict[str, Any]:
    manifest = release.manifest
    sizes = release.files.sizes if release.is_stored else {}
    downloads = release.downloads.order_by("-pk").values_list("by__username", "at")
    return row(release, manifest["counts"], manifest["split"]) | {
        "manifest": {key: value for key, value in manifest.items() if key not in ELSEWHERE},
        "files": [
            {"name": name, "size": sizes.get(name), "sha256": digest} for name, digest in sorted(manifest["files"].items())
        ],
        "downloads": [{"by": by, "at": at} for by, at in downloads],
    }


@extend_schema(methods=["GET"], responses={200: shapes.ReleaseRow(many=True)} | schema.HIDDEN)
@extend_schema(methods=["POST"], request=shapes.ReleaseOptions, responses={202: schema.Job} | schema.BAD | schema.HIDDEN)
@api_view(["GET", "POST"])
def listing(request: Request, slug: str) -> Response:
    """The releases, the newest first; a POST makes one in a job, whose report has its number. For managers."""
    project = project_of(request, slug)
    if request.method == "GET":
        made: Any = Release.objects.filter(project=project).in_list()
        return Response([row(release, release.counts, release.splits) for release in made])
    if not isinstance(request.data, dict):
        raise ValidationError({"options": _("Expected an object with the options of the release.")})
    options = release_options(request.data)
    return Response(job_content(queue.start_release(project=project, options=options, by=caller(request))), status=202)


@extend_schema(responses={200: shapes.Release} | schema.HIDDEN)
@api_view(["GET"])
def detail(request: Request, slug: str, version: int) -> Response:
    """One release: its manifest, its files with sizes and hashes, who downloaded it. For managers."""
    return Response(content(release_of(request, slug, version)))


@extend_schema(request=shapes.RetractReason, responses={200: shapes.Release} | schema.BAD | schema.DONE)
@api_view(["POST"])
def retract(request: Request, slug: str, version: int) -> Response:
    """Retract it, with a reason. It stays, and says so wherever it is read or downloaded. For managers."""
    body = request.data if isinstance(request.data, dict) else {}
    releases.retract(release=release_of(request, slug, version), reason=body.get("reason"), by=caller(request))
    return Response(content(release_of(request, slug, version)))


@extend_schema(responses=shapes.ZIP | schema.BAD | schema.HIDDEN)
@any_accept
@api_view(["GET"])
def download(request: Request, slug: str, version: int) -> HttpResponseBase:
    """The files as a .zip, streamed; that you took it is recorded. A retracted release has RETRACTED.txt and a header
    X-Release-Retracted. For managers."""
    return release_answer(releases.download(release=release_of(request, slug, version), by=caller(request)))
