"""What happened: to one response, as far as the caller may see it; for managers, in the project."""

from typing import Any

from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.access.history import Line, line_of, response_history
from annotation.access.membership import membership_or_404
from annotation.api import schema
from annotation.api.caller import caller
from annotation.api.releases.negotiation import any_accept
from annotation.flow.history import project_events
from annotation.flow.shown import show_scores
from annotation.forms.events import event_filters, events_answer
from annotation.models import Event, Project, Role, Task

PAGE = 100


def content(line: Line) -> dict[str, Any]:
    return {key: getattr(line, key) for key in ("at", "what", "by", "about", "text", "details")}


@extend_schema(responses={200: schema.ResponseHistory} | schema.HIDDEN)
@api_view(["GET"])
def of_response(request: Request, pk: int) -> Response:
    """Everything that happened to the response, oldest first: for managers with names; for an adjudicator, after their own
    decision, what concerns the case; for an annotator what they did themselves."""
    tasks = Task.objects.with_history_for(caller(request)).select_related("project", "response__query")
    task = get_object_or_404(tasks, pk=pk)
    membership = membership_or_404(request.user, task.project.slug)
    if membership.role == Role.MANAGER:
        show_scores([task.pk], to=caller(request), project=task.project)
    lines = response_history(task, membership)
    return Response({"task": task.pk, "query": task.response.query.external_id, "happenings": list(map(content, lines))})


@extend_schema(
    parameters=[*schema.EVENT_FILTERS, schema.PAGE], responses={200: schema.ProjectEvents} | schema.BAD | schema.HIDDEN
)
@api_view(["GET"])
def events(request: Request, slug: str) -> Response:
    """The project's event log, the newest first. For managers."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    chosen = Event.objects.filter(project=project).chosen(**event_filters(request.query_params)._asdict())
    pages = Paginator(chosen.newest_first(), PAGE)
    rows = list(pages.get_page(request.query_params.get("page")))
    show_scores({event.task_id for event in rows if event.task_id}, to=caller(request), project=project)
    listed = [
        content(line_of(happening))
        | {"id": event.pk, "task": event.task_id, "query": event.task and event.task.response.query.external_id}
        for event, happening in zip(rows, project_events(rows), strict=True)
    ]
    return Response({"count": pages.count, "pages": pages.num_pages, "events": listed})


@extend_schema(parameters=[*schema.EVENT_FILTERS, schema.EVENT_FORM], responses=schema.EVENT_FILE | schema.BAD | schema.HIDDEN)
@any_accept
@api_view(["GET"])
def events_file(request: Request, slug: str) -> StreamingHttpResponse:
    """The same events as a file that is streamed, the oldest first, a line each. For managers."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    return events_answer(project, request.query_params, to=caller(request))
