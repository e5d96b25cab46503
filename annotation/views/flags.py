"""For managers: the flags and skips of annotators with their reasons, and the return of an annotation for revision."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotation.access.membership import membership_or_404
from annotation.errors import Refused
from annotation.flow.score import concerns, revise
from annotation.flow.shown import show_scores
from annotation.models import Annotation, Flag, Role, Skip
from annotation.views.requests import UserRequest

PAGE = 50


@login_required
@require_safe
def listing(request: UserRequest, slug: str) -> HttpResponse:
    """The flags that are open, those that were settled, or the skips."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    flags = Flag.objects.filter(project=membership.project).select_related("task__response__query", "annotator", "settled_by")
    skips = Skip.objects.filter(project=membership.project).select_related("task__response__query", "annotator")
    lists = {
        "open": flags.open().order_by("raised_at"),
        "settled": flags.exclude(settled_at=None).order_by("-settled_at"),
        "skipped": skips.order_by("-skipped_at"),
    }
    show = request.GET.get("show") if request.GET.get("show") in lists else "open"
    page: Any = Paginator(lists[str(show)], PAGE).get_page(request.GET.get("page"))
    show_scores([concern.task_id for concern in page], to=request.user, project=membership.project)
    context = {
        "membership": membership,
        "show": show,
        "open": flags.open().count(),
        "page": page,
    }
    return render(request, "annotation/flags/flags.html", context)


@login_required
@require_POST
def settle(request: UserRequest, pk: int) -> HttpResponse:
    flag = get_object_or_404(Flag.objects.for_manager(request.user).select_related("project"), pk=pk)
    try:
        concerns.settle(flag=flag, by=request.user)
    except Refused as error:
        messages.info(request, str(error))
    return redirect("flags", slug=flag.project.slug)


@login_required
@require_POST
def send_back(request: UserRequest, pk: int) -> HttpResponse:
    """Return an annotation to its annotator for revision, with a note."""
    annotation = get_object_or_404(Annotation.objects.for_manager(request.user).select_related("task__project"), pk=pk)
    try:
        revise.send_back(annotation=annotation, by=request.user, note=request.POST.get("note", ""))
        messages.success(request, _("Returned: the annotator sees it under My work."))
    except Refused as error:
        messages.error(request, str(error))
    return redirect("response", pk=annotation.task_id)
