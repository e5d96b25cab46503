"""What a manager does with a case: take it back, call it back, give it to somebody, reopen it, let its decision stand."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotation.errors import Refused, ValidationError
from annotation.flow import adjudicate
from annotation.flow.adjudicate.allot import allot
from annotation.models import Adjudication, Project, Task
from annotation.views.requests import UserRequest


def take_back(request: UserRequest, pk: int) -> str:
    adjudicate.take_back(case=pk, by=request.user)
    return _("Taken back: it waits for any adjudicator.")


def hand_over(request: UserRequest, pk: int) -> str:
    allot(case=pk, by=request.user, to=request.POST.get("to", ""))
    return _("Handed over to %(name)s.") % {"name": request.POST["to"]}


def reopen(request: UserRequest, pk: int) -> str:
    adjudicate.reopen(case=pk, by=request.user, reason=request.POST.get("reason", ""))
    return _("Reopened: it waits for a new decision.")


def confirm(request: UserRequest, pk: int) -> str:
    adjudicate.confirm(case=pk, by=request.user)
    return _("Confirmed: the decision stands.")


ACTIONS: dict[str, Callable[[UserRequest, int], str]] = {
    "take_back": take_back,
    "hand_over": hand_over,
    "reopen": reopen,
    "confirm": confirm,
}


@login_required
@require_POST
def manage(request: UserRequest, pk: int) -> HttpResponse:
    cases = Adjudication.objects.filter(task__in=Task.objects.for_manager(request.user)).select_related("task__project")
    case = get_object_or_404(cases, pk=pk)
    action = ACTIONS.get(request.POST.get("action", ""))
    try:
        if action is None:
            raise Refused(_("Choose what to do with the case."))
        messages.success(request, action(request, pk))
    except ValidationError as error:
        messages.error(request, " ".join(error.fields.values()))
    except Refused as error:
        messages.warning(request, str(error))
    return way_back(request, case.task.project)


@login_required
@require_POST
def call_back(request: UserRequest, pk: int) -> HttpResponse:
    """Await no annotator of the response any more, whether it has a case or not."""
    task = get_object_or_404(Task.objects.for_manager(request.user).select_related("project"), pk=pk)
    try:
        adjudicate.call_back_response(task=task.pk, by=request.user)
        messages.success(request, _("Called back: it is in the queue again."))
    except Refused as error:
        messages.warning(request, str(error))
    return way_back(request, task.project)


def way_back(request: UserRequest, project: Project) -> HttpResponse:
    """To where the form stands: `next`, a page of this site."""
    address = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()):
        return HttpResponseRedirect(address)
    return redirect("disputes", slug=project.slug)
