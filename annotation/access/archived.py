"""Archived projects are read only: whoever would write to one is told so, by page and by API, before any view is asked."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from annotation.access.left import project_of_address
from annotation.models import Project

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
# What cannot write there anyway, as an archived project is closed and nobody holds a response of it; scoring asks nothing more.
HARMLESS = {"annotate", "claim", "draft", "submit", "skip", "take-up"}
TAKES_BACK = {"state"}  # out of the archive
ARCHIVED = 409


def archived_project(user: Any, method: str | None, match: Any) -> Project | None:
    """The archived project, of which the person is a member, that the request would write to."""
    if method in SAFE or match is None or match.url_name in HARMLESS | TAKES_BACK or not user.is_authenticated:
        return None
    archived = Project.objects.filter(archived_at__isnull=False, memberships__user=user)
    return project_of_address(archived, match.route, match.kwargs)


def in_words(project: Project) -> str:
    return _("%(project)s is archived and can only be read. A manager can take it back from the archive.") % {
        "project": project.title
    }


class ReadOnlyArchive:
    """Middleware for pages. The API asks annotation/api/permissions.py, which knows whose token it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, arguments: Any, named: Mapping[str, Any]) -> HttpResponse | None:
        if "api" in request.resolver_match.app_names:
            return None
        project = archived_project(request.user, request.method, request.resolver_match)
        if project is None:
            return None
        words = in_words(project)
        if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
            return JsonResponse({"detail": words}, status=ARCHIVED)
        return render(request, "annotation/projects/archived.html", {"project": project, "words": words}, status=ARCHIVED)
