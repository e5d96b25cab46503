"""An export at any time, which is no release: what to export, and the zip."""

from dataclasses import asdict
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from annotation.access.archives import zip_answer
from annotation.access.membership import membership_or_404
from annotation.errors import Refused
from annotation.flow.export import Selection, chosen_labels, export, people_of
from annotation.flow.labels import LABEL_STATES
from annotation.flow.shown import show_while_read
from annotation.forms.export import export_command, export_selection, export_switches
from annotation.models import Adjudication, Annotation, Project, Response, Role
from annotation.views.requests import UserRequest

TITLES = {
    "category": _("Category"),
    "field": _("Field"),
    "system": _("System"),
    "person": _("Person"),
    "state": _("State of the label"),
}


class Filter(NamedTuple):
    """`choices` are the value, its words, and whether it is chosen."""

    name: str
    title: Any
    choices: list[tuple[str, Any, bool]]


@login_required
@require_safe
@never_cache
def form(request: UserRequest, slug: str) -> HttpResponse:
    """The filters, how many responses they choose, and the command for the same."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project = membership.project
    selection = export_selection(request.GET)
    context: dict[str, Any] = {"membership": membership, "filters": filters(project, selection), "refused": ""}
    try:
        switches = export_switches(request.GET)
        responses = len(chosen_labels(project, selection, people_of(project, selection)))
        context |= {**switches, "responses": responses, "command": export_command(slug, selection, switches)}
    except Refused as error:
        context["refused"] = str(error)
    template = "annotation/release/export.html#outcome" if request.htmx else "annotation/release/export.html"
    return render(request, template, context)


def filters(project: Project, selection: Selection) -> list[Filter]:
    of_queries = Response.objects.filter(query__project=project).order_by()
    rows = set(of_queries.values_list("query__category", "query__field", "system").distinct())
    judged = Annotation.objects.filter(task__project=project).order_by().values_list("annotator__username", flat=True)
    decided = Adjudication.objects.ended().filter(task__project=project).order_by().values_list("decided_by__username", flat=True)
    offered: dict[str, list[tuple[str, Any]]] = {
        **{
            name: [(value, value or "–") for value in sorted({row[place] for row in rows})]
            for place, name in enumerate(("category", "field", "system"))
        },
        "person": [(name, name) for name in sorted({*judged.distinct(), *decided.distinct()})],
        "state": list(LABEL_STATES.items()),
    }
    chosen = asdict(selection)
    return [
        Filter(name, TITLES[name], [(value, words, value in chosen[name]) for value, words in offered[name]]) for name in TITLES
    ]


@login_required
@require_GET
def download(request: UserRequest, slug: str) -> HttpResponseBase:
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    chosen = export_selection(request.GET)
    try:
        switches = export_switches(request.GET)
        stream = export(project=membership.project, selection=chosen, by=membership.user, **switches)
    except Refused as error:
        messages.error(request, str(error))
        return redirect("export", slug)
    shown = show_while_read(stream, to=membership.user, project=membership.project)
    return zip_answer(f"{slug}-export-{timezone.now():%Y%m%d-%H%M}.zip", shown)
