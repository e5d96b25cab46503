"""How far a project is, for scripts of managers."""

from typing import Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api import schema
from annotation.api.shapes.watch import ProgressReport, StuckPage
from annotation.errors import Refused, quoted
from annotation.flow.watch import STUCK, progress_report, stuck_tasks
from annotation.models import Project, Role

PAGE = 100
KIND = OpenApiParameter("kind", str, required=True, enum=list(STUCK), description="why they are stuck")


@extend_schema(responses={200: ProgressReport} | schema.HIDDEN)
@api_view(["GET"])
def progress(request: Request, slug: str) -> Response:
    """Slots by category, system and person, submissions by day, pace, day of completion, and how much is stuck, for managers."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    return Response(progress_report(project))


@extend_schema(parameters=[KIND, schema.PAGE], responses={200: StuckPage} | schema.BAD | schema.HIDDEN)
@api_view(["GET"])
def stuck(request: Request, slug: str) -> Response:
    """The responses that are stuck for one reason, 100 on a page, for managers."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    kind = request.query_params.get("kind", "")
    if kind not in STUCK:
        raise Refused(_("kind: expected one of %(known)s, not %(value)s") % {"known": ", ".join(STUCK), "value": quoted(kind)})
    pages = Paginator(stuck_tasks(project, kind), PAGE)
    page: Any = pages.get_page(request.query_params.get("page"))
    listed = [
        {
            "task": task.pk,
            "query": task.response.query.external_id,
            "category": task.response.query.category,
            "system": task.response.system,
            "sample": task.response.sample,
            "submitted": task.submitted,
            "wanted": task.wanted,
        }
        for task in page
    ]
    return Response({"count": pages.count, "pages": pages.num_pages, "responses": listed})
