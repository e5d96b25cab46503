"""The annotator's page: one response to read and to score, then the next; and what was submitted, to look at or to revise.

A script asks with HX-Request and gets the main part alone, to be put in place of the one it has; HX-Push-Url is its address.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotation import forms
from annotation.blind import claim_content, task_content
from annotation.flow import drafts, flags, overalls, revise, said, score
from annotation.flow.errors import AlreadyDone, Invalid, NoLongerYours, Overtaken, Refused
from annotation.models import Assignment, ErrorType, Project, Revision, Role, SentBack
from annotation.permissions import membership_or_404
from annotation.sheet import sheet


def shown(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200, at: str = "") -> HttpResponse:
    """The page, or its main part alone for a script; `at` is its address where that is not the one that was asked for."""
    base = "annotation/_main.html" if request.htmx else "base.html"
    answer = render(request, template, {**context, "base": base}, status=status)
    if request.htmx and at:
        answer["HX-Push-Url"] = at
    return answer


def asks_for_json(request: HttpRequest) -> bool:
    """Whether the page's script asks, and wants no page to show where facts will do."""
    return bool(request.htmx) and request.get_preferred_type(["text/html", "application/json"]) == "application/json"


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
        return opened(request, find(request, held.pk))
    return start(request, membership.project)


def start(request: HttpRequest, project: Project) -> HttpResponse:
    mine = Assignment.objects.filter(project=project, annotator=request.user)
    context = {
        "membership": membership_or_404(request.user, project.slug, Role.ANNOTATOR),
        "done": mine.submitted().count(),
        "something_left": score.ahead(project=project, by=request.user) is not None,
    }
    return shown(request, "annotation/start.html", context, at=reverse("annotate", args=[project.slug]))


def opened(request: HttpRequest, slot: Assignment) -> HttpResponse:
    return page(request, slot) if request.htmx else redirect("assignment", pk=slot.pk)


def next_response(request: HttpRequest, project: Project, before: str = "") -> HttpResponse:
    """Claim the next one and open it; `before` is what is to be told of the one before."""
    claimed = score.claim(project=project, by=request.user)
    if not claimed:
        messages.success(request, before or _("Nothing is left for you in this project. Thank you!"))
        return start(request, project) if request.htmx else redirect("annotate", slug=project.slug)
    slot = find(request, claimed.pk)
    if before:
        after = _("Next: a response to %(query)s.") % {"query": slot.task.response.query.external_id}
        messages.success(request, f"{before} {after}")
    return opened(request, slot)


@login_required
@require_safe
@never_cache
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    slot = find(request, pk)
    if slot.annotator_id != request.user.pk:
        return gone(request, slot)
    if slot.submitted_at:
        return submitted(request, slot)
    return page(request, slot)


def find(request: HttpRequest, pk: int) -> Assignment:
    try:
        return score.find(pk, request.user)
    except Assignment.DoesNotExist as error:
        raise Http404 from error


def submitted(request: HttpRequest, slot: Assignment, *, status: int = 200) -> HttpResponse:
    """What was said of the response, and a way to revise it where that is allowed."""
    context = task_content(slot.task_id) | {
        "slot": slot,
        "project": slot.project,
        "said": said.newest(slot),
        "may_revise": revise.may_revise(slot),
        "sent_back": SentBack.objects.open().filter(annotation__assignment=slot).select_related("by").first(),
        "blurred": slot.project.workspace.blurs(slot.task.response),
    }
    at = reverse("assignment", args=[slot.pk])
    return shown(request, "annotation/submitted.html", context, status=status, at=at)


def page(
    request: HttpRequest,
    slot: Assignment,
    *,
    body: dict[str, Any] | None = None,
    faults: Mapping[str, str] = forms.NO_FAULTS,
    overtaken: Overtaken | None = None,
) -> HttpResponse:
    """The response with its form: filled with what was sent, or else with the draft, or else with what is to be revised."""
    content = claim_content(slot)
    revising = slot.submitted_at is not None
    held = content["assignment"]
    before = said.newest(slot) if revising else None
    filled = body or held["draft"] or (said.as_body(before) if before else {})
    context = (
        content
        | {
            "slot": slot,
            "project": slot.project,
            "overtaken": overtaken,
            "draft_version": overtaken.version if overtaken else held["draft_version"],
            "ladder_locked": slot.project.workspace.ladder_after_first_score and not filled.get("scores"),
            "blurred": slot.project.workspace.blurs(slot.task.response),
            "overall_json": "" if body else overall_json(slot, filled),
            "revising": revising,
            "sent_back": SentBack.objects.open().filter(annotation__assignment=slot).select_related("by").first()
            if revising
            else None,
            # for a browser without JavaScript: this form, sent twice, counts once
            "idempotency_key": f"page-{token_urlsafe(12)}",
            "revision": before.revision.number if before else "",
            "done": Assignment.objects.filter(project=slot.project, annotator=request.user).submitted().count(),
        }
        | sheet(slot, content, filled, faults)
    )
    context["asks"] = asks(slot.project, [row["key"] for row in context["errors"]])
    status = 412 if overtaken else 400 if faults else 200
    at = reverse("revise" if revising else "assignment", args=[slot.pk])
    return shown(request, "annotation/annotate.html", context, status=status, at=at)


def asks(project: Project, errors: Iterable[str]) -> str:
    """What the page asks for besides scores: when it is another now, a page that was opened before is too old to submit."""
    workspace = project.workspace
    return " ".join([workspace.feedback, workspace.confidence, str(workspace.errors_below), *errors])


def overall_json(slot: Assignment, said: dict[str, Any]) -> str:
    """For the page's script, as the API tells it with each draft that is saved; empty where it is not shown or not complete."""
    found = overalls.of_draft(slot.task, said) if slot.project.workspace.overall_shown else None
    return json.dumps(found.as_content()) if found else ""


def posted_page(request: HttpRequest) -> drafts.Page:
    """What the form was filled from, and the name of the page that sends it; a form of a script's own names nothing."""
    said = {name: str(request.POST.get(name, "")) for name in ("draft_version", "revision")}
    return drafts.page(seen=said["draft_version"], name=request.headers.get("X-Page", ""), revision=said["revision"])


@login_required
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the judgement and go on to the next response."""
    slot = find(request, pk)
    body = forms.posted_judgement(request.POST)
    key = request.POST.get("idempotency_key") or None
    try:
        revision, _new = score.submit(assignment=pk, by=request.user, body=body, idempotency_key=key, page=posted_page(request))
    except (Invalid, Overtaken) as error:
        return refused(request, slot, body, error)
    except (NoLongerYours, AlreadyDone):
        return gone(request, slot)
    return next_response(request, slot.project, told(_("Sent."), slot, revision))


def told(done: str, slot: Assignment, revision: Revision) -> str:
    """Now that it is sent: the overall that the scores make, and why."""
    scores = revision.scores.select_related("criterion", "level")
    if overall := overalls.of_revision(slot.task.rubric, revision, scores):
        value = {"value": overalls.short(overall.value), "reason": overall.reason}
        return f"{done} {_('Overall %(value)s (%(reason)s).') % value}"
    return done


def refused(request: HttpRequest, slot: Assignment, body: dict[str, Any], error: Invalid | Overtaken) -> HttpResponse:
    """The form once more, as it was sent, with what is wrong; or that alone, for a script that keeps its page as it is."""
    if slot.annotator_id != request.user.pk:
        return gone(request, slot)
    if isinstance(error, Overtaken):
        return page(request, slot, body=body, overtaken=error)
    if asks_for_json(request):
        fields = {
            field: forms.fault_of(field.partition(".")[2], {field: fault}) or fault for field, fault in error.fields.items()
        }
        offered = ErrorType.objects.offered(slot.project).values_list("key", flat=True)
        return JsonResponse({"fields": fields, "asks": asks(slot.project, offered)}, status=400)
    return page(request, slot, body=body, faults=error.fields)


@login_required
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep unsent work, of a revision too: by a button without JavaScript, and by the page's script after each change."""
    slot = find(request, pk)
    if asks_for_json(request):
        return autosaved(request, slot)
    body = forms.posted_judgement(request.POST)
    revising = slot.submitted_at is not None and slot.annotator_id == request.user.pk
    keep = revise.save_draft if revising else score.save_draft
    try:
        keep(assignment=pk, by=request.user, body=body, page=posted_page(request))
    except (Invalid, Overtaken) as error:
        return refused(request, slot, body, error)
    except Refused:
        return gone(request, slot)
    messages.success(request, _("Your draft is saved."))
    return redirect("revise" if revising else "assignment", pk=pk)


def autosaved(request: HttpRequest, slot: Assignment) -> JsonResponse:
    """The draft's version for the page's script. A form that began before the submission does not become a revision of it."""
    keep = revise.save_draft if "revision" in request.POST else score.save_draft
    try:
        body, page = forms.posted_judgement(request.POST), posted_page(request)
        saved = keep(assignment=slot.pk, by=request.user, body=body, page=page)
    except Refused as error:
        return refusal(error)
    answer: dict[str, Any] = {"saved_at": saved.saved_at, "version": saved.version}
    if slot.project.workspace.overall_shown:
        overall = overalls.of_draft(slot.task, saved.content)
        answer["overall"] = overall.as_content() if overall else None
    return JsonResponse(answer)


def refusal(error: Refused) -> JsonResponse:
    """For the page's script, with the API's status codes; the draft of another page as entries of the form."""
    if isinstance(error, Overtaken):
        entries = forms.form_entries(error.draft)
        return JsonResponse({"detail": str(error), "version": error.version, "draft": entries}, status=412)
    if isinstance(error, Invalid):
        return JsonResponse({"detail": str(error), "fields": error.fields}, status=400)
    return JsonResponse({"detail": str(error)}, status=409 if isinstance(error, NoLongerYours | AlreadyDone) else 400)


@login_required
@require_POST
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    slot = find(request, pk)
    try:
        score.skip(assignment=pk, by=request.user, reason=request.POST.get("reason", ""), kind=request.POST.get("kind", ""))
    except Invalid as error:
        return refused(request, slot, forms.posted_judgement(request.POST), error) if held(slot, request) else gone(request, slot)
    except (NoLongerYours, AlreadyDone):
        return gone(request, slot)
    return next_response(request, slot.project, _("Skipped: it goes to somebody else."))


@login_required
@require_POST
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the managers of the response, and stay on it. What stands in the form becomes the draft; a script saves it itself."""
    slot = find(request, pk)
    kind, note = request.POST.get("flag_kind"), request.POST.get("flag_note", "")
    if asks_for_json(request):
        return flagged(request, slot, kind, note)
    body = forms.posted_judgement(request.POST)
    mine = slot.annotator_id == request.user.pk
    try:
        flags.raise_flag(assignment=pk, by=request.user, kind=kind, note=note)
        if held(slot, request):
            score.save_draft(assignment=pk, by=request.user, body=body, page=posted_page(request))
    except Invalid as error:
        faults = {f"flag_{field}" if field in ("kind", "note") else field: fault for field, fault in error.fields.items()}
        return page(request, slot, body=body, faults=faults) if mine else gone(request, slot)
    except Overtaken as error:
        return refused(request, slot, body, error)
    except (NoLongerYours, AlreadyDone):
        return gone(request, slot)
    messages.success(request, _("Flagged: the managers will look at it."))
    return redirect("revise" if mine and slot.submitted_at else "assignment", pk=pk)


def flagged(request: HttpRequest, slot: Assignment, kind: Any, note: Any) -> JsonResponse:
    try:
        flag = flags.raise_flag(assignment=slot.pk, by=request.user, kind=kind, note=note)
    except Refused as error:
        return refusal(error)
    return JsonResponse({"kind": flag.kind, "note": flag.note}, status=201)


def held(slot: Assignment, request: HttpRequest) -> bool:
    return slot.annotator_id == request.user.pk and slot.submitted_at is None


def gone(request: HttpRequest, slot: Assignment) -> HttpResponse:
    """It is somebody else's now, or was submitted; what was written is kept, and perhaps there is a slot to go on with it."""
    done = score.submitted_by(slot, request.user)
    context = {
        "slot": slot,
        "project": slot.project,
        "done": done,
        "free": not done and any(slots.exists() for slots in score.free(slot)),
    }
    return shown(request, "annotation/gone.html", context, status=409)


@login_required
@require_safe
@never_cache
def ahead(request: HttpRequest, pk: int) -> HttpResponse:
    """The pictures of the response that most likely comes next, to be fetched while this one is read. Nothing is claimed."""
    found = score.ahead(project=find(request, pk).project, by=request.user)
    content = task_content(found.task_id) if found else {}
    parts = {part: list(pictures(content[part]["blocks"])) for part in ("query", "response") if found}
    return render(request, "annotation/_ahead.html", parts)


def pictures(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The blocks that have one, without what they say."""
    return (block | {"text": None} for block in blocks if block["image"])


@login_required
@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with what was kept of a response that was given back or lost."""
    slot = find(request, pk)
    try:
        taken = score.take_up(assignment=pk, by=request.user)
    except Refused as error:
        messages.warning(request, str(error))
        return gone(request, slot)
    return opened(request, find(request, taken.pk))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def revision(request: HttpRequest, pk: int) -> HttpResponse:
    """The form once more, for what was submitted: POST stores the next revision, and the first judgement is kept."""
    slot = find(request, pk)
    try:
        revise.find(pk, request.user)
        return revised(request, slot) if request.method == "POST" else page(request, slot)
    except Refused as error:
        if slot.annotator_id != request.user.pk or not slot.submitted_at:
            return gone(request, slot)
        messages.warning(request, str(error))
        return submitted(request, slot, status=409)


def revised(request: HttpRequest, slot: Assignment) -> HttpResponse:
    body = forms.posted_judgement(request.POST)
    key = request.POST.get("idempotency_key") or None
    try:
        made, _new = revise.revise(assignment=slot.pk, by=request.user, body=body, idempotency_key=key, page=posted_page(request))
    except (Invalid, Overtaken) as error:
        return refused(request, slot, body, error)
    except NoLongerYours as error:
        messages.warning(request, str(error))
        return submitted(request, slot, status=409)
    messages.success(request, told(_("Revised; your first judgement is kept."), slot, made))
    return submitted(request, slot) if request.htmx else redirect("assignment", pk=slot.pk)
