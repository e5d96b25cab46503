"""The list of disputes: for managers all that waits or is decided, for adjudicators their own part, and without scores."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from annotation.access.disputes import managers_rows, own_rows
from annotation.access.membership import membership_or_404
from annotation.errors import Refused
from annotation.flow import adjudicate
from annotation.flow.adjudicate.listing import (
    ADJUDICATORS_STATES,
    ALL_STATES,
    SORTS,
    UNDECIDED,
    adjudicators_list,
    count_kinds,
    deciders,
    filtered,
    managers_list,
)
from annotation.flow.adjudicate.queue import Queue
from annotation.flow.shown import show_scores
from annotation.forms.disputes import ADJUDICATORS_SORTS, adjudicators_filters, managers_filters
from annotation.models import Membership, Project, Role
from annotation.views.disputes.choices import choices, headings, states
from annotation.views.requests import UserRequest
from rubrics.cache import complete_rubric
from rubrics.models import Rubric

PAGE = 25


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@vary_on_headers("HX-Request")  # else the browser's way back shows the list alone, without its page
def listing(request: UserRequest, slug: str) -> HttpResponse:
    """POST opens the case of the chosen response, for whoever may decide."""
    membership = membership_or_404(request.user, slug, Role.MANAGER, Role.ADJUDICATOR)
    if request.method == "POST":
        return open_case(request, membership.project)
    if membership.role == Role.MANAGER:
        template, context = "annotation/disputes/managers.html", managers_page(request, membership)
    else:
        template, context = "annotation/disputes/adjudicators.html", adjudicators_page(request, membership)
    return render(request, f"{template}#list" if request.htmx else template, context | {"membership": membership})


def managers_page(request: UserRequest, membership: Membership) -> dict[str, Any]:
    project, rubrics = membership.project, rubrics_of(membership.project)
    filters = managers_filters(request.GET, (*ALL_STATES, UNDECIDED))
    queue, counts = managers_list(project, filters)
    shown = filtered(queue, filters, today())
    page, part = page_of(request, shown)
    show_scores(part.tasks.tolist(), to=request.user, project=project)
    return choices(queue, filters) | {
        "filters": filters,
        "rubrics": rubrics,
        "states": states(ALL_STATES, filters.state, counts),
        "headings": headings(SORTS, filters),
        "page": page,
        "kinds": count_kinds(shown),
        "rows": managers_rows(project, part, rubrics),
        "deciders": deciders(project),
        "decides": not set(membership.roles).isdisjoint(project.rules.deciding_roles),
    }


def adjudicators_page(request: UserRequest, membership: Membership) -> dict[str, Any]:
    project, rubrics = membership.project, rubrics_of(membership.project)
    filters = adjudicators_filters(request.GET, ADJUDICATORS_STATES)
    queue = adjudicators_list(project, membership.user, filters)
    page, part = page_of(request, filtered(queue, filters, today()))
    return choices(queue, filters) | {
        "filters": filters,
        "rubrics": rubrics,
        "states": states(ADJUDICATORS_STATES, filters.state),
        "headings": headings(ADJUDICATORS_SORTS, filters),
        "page": page,
        "rows": own_rows(project, membership.user, part, rubrics),
    }


def page_of(request: UserRequest, queue: Queue) -> tuple[Page[int], Queue]:
    page = Paginator(range(len(queue)), PAGE).get_page(request.GET.get("page"))
    return page, queue.part(list(page.object_list))


def today() -> int:
    return timezone.now().date().toordinal()


def rubrics_of(project: Project) -> list[Rubric]:
    return [complete_rubric(rubric) for rubric in Rubric.objects.filter(projects=project)]


def open_case(request: UserRequest, project: Project) -> HttpResponse:
    task = request.POST.get("task", "")
    number = int(task) if task.isascii() and task.isdecimal() and len(task) < 19 else 0
    try:
        review = adjudicate.claim(project=project, by=request.user, task=number)
    except Refused as error:
        messages.warning(request, str(error))
        return redirect("disputes", slug=project.slug)
    if review is None:
        messages.warning(request, _("This response is no longer available: somebody else has it, or it is decided."))
        return redirect("disputes", slug=project.slug)
    if review.adjudication.task_id != number:
        messages.info(request, _("You have this case open: finish or skip it first."))
    return redirect("case", pk=review.adjudication_id)
