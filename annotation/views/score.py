"""The annotator's page: one response to read and to score, then the next."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotation import forms
from annotation.blind import claim_content
from annotation.flow import flags, score
from annotation.flow.errors import AlreadyDone, Invalid, NoLongerYours
from annotation.models import Assignment, Project, Role
from annotation.permissions import membership_or_404
from annotation.sheet import sheet


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def annotate(request: HttpRequest, slug: str) -> HttpResponse:
    """POST claims; GET shows the held response, or a button to claim one."""
    membership = membership_or_404(request.user, slug, Role.ANNOTATOR)
    if request.method == "POST":
        return next_response(request, membership.project)
    mine = Assignment.objects.for_annotator(request.user).filter(project=membership.project)
    if held := mine.held().first():
        return redirect("assignment", pk=held.pk)
    return render(request, "annotation/start.html", {"membership": membership, "done": mine.submitted().count()})


def next_response(request: HttpRequest, project: Project) -> HttpResponse:
    slot = score.claim(project=project, by=request.user)
    if slot:
        return redirect("assignment", pk=slot.pk)
    messages.info(request, _("Nothing is left for you in this project. Thank you!"))
    return redirect("annotate", slug=project.slug)


@login_required
@require_safe
@never_cache
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    slot = find(request, pk)
    if slot.annotator_id != request.user.pk:
        return gone(request, slot)
    if slot.submitted_at:
        return render(request, "annotation/submitted.html", {"slot": slot})
    return page(request, slot)


def find(request: HttpRequest, pk: int) -> Assignment:
    try:
        return score.find(pk, request.user)
    except Assignment.DoesNotExist as error:
        raise Http404 from error


def page(
    request: HttpRequest, slot: Assignment, *, body: dict[str, Any] | None = None, faults: Mapping[str, str] = forms.NO_FAULTS
) -> HttpResponse:
    """The response with its form: filled with what was sent, or else with the draft."""
    content = claim_content(slot)
    filled = body or content["assignment"]["draft"] or {}
    context = (
        content
        | {
            "slot": slot,
            "project": slot.project,
            "done": Assignment.objects.filter(project=slot.project, annotator=request.user).submitted().count(),
        }
        | sheet(slot, content, filled, faults)
    )
    return render(request, "annotation/annotate.html", context, status=400 if faults else 200)


@login_required
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the judgement and go on to the next response."""
    slot = find(request, pk)
    body = forms.posted_judgement(request.POST)
    try:
        score.submit(assignment=pk, by=request.user, body=body, idempotency_key=request.POST.get("idempotency_key"))
    except Invalid as error:
        return page(request, slot, body=body, faults=error.fields) if held(slot, request) else gone(request, slot)
    except NoLongerYours:
        return gone(request, slot)
    except AlreadyDone as error:
        messages.info(request, str(error))
    return next_response(request, slot.project)


@login_required
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep unsent work: what a browser without JavaScript asks for by a button."""
    slot = find(request, pk)
    body = forms.posted_judgement(request.POST)
    try:
        score.save_draft(assignment=pk, by=request.user, body=body)
    except Invalid as error:
        return page(request, slot, body=body, faults=error.fields) if held(slot, request) else gone(request, slot)
    except (NoLongerYours, AlreadyDone):
        return gone(request, slot)
    messages.success(request, _("Your draft is saved."))
    return redirect("assignment", pk=pk)


@login_required
@require_POST
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    slot = find(request, pk)
    try:
        score.skip(assignment=pk, by=request.user, kind=request.POST.get("kind"), reason=request.POST.get("reason", ""))
    except Invalid as error:
        body = forms.posted_judgement(request.POST)
        return page(request, slot, body=body, faults=error.fields) if held(slot, request) else gone(request, slot)
    except (NoLongerYours, AlreadyDone):
        return gone(request, slot)
    messages.info(request, _("Skipped: it goes to somebody else."))
    return next_response(request, slot.project)


@login_required
@require_POST
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the managers of the response, and stay on it: what stood in the form is kept as a draft."""
    slot = find(request, pk)
    body = forms.posted_judgement(request.POST)
    try:
        flags.raise_flag(
            assignment=pk, by=request.user, kind=request.POST.get("flag_kind"), note=request.POST.get("flag_note", "")
        )
        if held(slot, request):
            score.save_draft(assignment=pk, by=request.user, body=body)
    except Invalid as error:
        faults = {f"flag_{field}" if field in ("kind", "note") else field: fault for field, fault in error.fields.items()}
        return page(request, slot, body=body, faults=faults) if held(slot, request) else gone(request, slot)
    except (NoLongerYours, AlreadyDone):
        return gone(request, slot)
    messages.success(request, _("Flagged: the managers will look at it."))
    return redirect("assignment", pk=pk)


def held(slot: Assignment, request: HttpRequest) -> bool:
    return slot.annotator_id == request.user.pk and slot.submitted_at is None


def gone(request: HttpRequest, slot: Assignment) -> HttpResponse:
    return render(request, "annotation/gone.html", {"slot": slot, "project": slot.project}, status=409)
