"""What happened: to one response, as far as the reader may see it; for managers, in the project."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from annotation.access.history import line_of, reader_of, response_history
from annotation.access.membership import membership_or_404
from annotation.errors import ValidationError
from annotation.flow.history import FORMATS, project_events
from annotation.flow.history import NOBODY as COMMAND_LINE
from annotation.flow.shown import show_scores
from annotation.forms.events import EventFilters, event_filters, events_answer
from annotation.models import Event, Role, Task, User
from annotation.models.events import NOBODY
from annotation.views.requests import UserRequest

PAGE = 100


@login_required
@require_safe
def of_response(request: UserRequest, pk: int) -> HttpResponse:
    tasks = Task.objects.with_history_for(request.user).select_related("project", "response__query")
    task = get_object_or_404(tasks, pk=pk)
    membership = membership_or_404(request.user, task.project.slug)
    reader = reader_of(task, membership)
    if reader == Role.MANAGER:
        show_scores([task.pk], to=request.user, project=task.project)
    context = {
        "membership": membership,
        "query": task.response.query.external_id,
        # an annotator and an adjudicator never see which system answered
        "response": task.response if reader == Role.MANAGER else None,
        "reader": reader,
        "task": task.pk,
        "lines": response_history(task, membership),
    }
    return render(request, "annotation/history/response.html", context)


@login_required
@require_safe
def events(request: UserRequest, slug: str) -> HttpResponse:
    """The event log, newest first; what the address chooses of it, and nothing where it cannot be read."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    of_project = Event.objects.filter(project=membership.project)
    faults: dict[str, str] = {}
    try:
        chosen = of_project.chosen(**event_filters(request.GET)._asdict())
    except ValidationError as error:
        chosen, faults = of_project.none(), error.fields
    page = Paginator(chosen.newest_first(), PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    show_scores({event.task_id for event in rows if event.task_id}, to=request.user, project=membership.project)
    asked = {name: request.GET.get(name, "") for name in EventFilters._fields}
    context = {
        "membership": membership,
        "kinds": Event.Verb.choices,
        "people": User.objects.filter(event__project=membership.project).distinct().order_by("username"),
        "nobody": (NOBODY, COMMAND_LINE),
        "asked": asked,
        "faults": faults,
        "files": [] if faults else [(form, urlencode(asked | {"form": form})) for form in FORMATS],
        "page": page,
        "events": zip(rows, map(line_of, project_events(rows)), strict=True),
    }
    return render(request, "annotation/history/events.html", context)


@login_required
@require_safe
def events_file(request: UserRequest, slug: str) -> HttpResponseBase:
    """The same events as a file, the oldest first."""
    project = membership_or_404(request.user, slug, Role.MANAGER).project
    try:
        return events_answer(project, request.GET, to=request.user)
    except ValidationError as error:
        raise Http404(str(error)) from error
