"""What an annotator does on the page of a response: submit, keep a draft, skip, flag, take up, revise."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from annotation.errors import AlreadyDone, DraftConflict, NoLongerYours, Refused, ValidationError
from annotation.flow import adjudicate, score
from annotation.flow.score import concerns, drafts, revise
from annotation.flow.score import overall as overalls
from annotation.forms.criteria import fault_of
from annotation.forms.submission import form_entries, posted_submission
from annotation.models import Assignment, ErrorType, Revision
from annotation.views.annotate import (
    asks,
    asks_for_json,
    assignment_or_404,
    gone_page,
    next_response,
    open_assignment,
    scoring_page,
    submitted_page,
)
from annotation.views.requests import UserRequest
from rubrics.scoring import format_score


def posted_writer(request: UserRequest) -> drafts.DraftWriter:
    """The versions that the form was filled from, and the page's name; empty where a script posts a form of its own."""
    seen, revision = (str(request.POST.get(name, "")) for name in ("draft_version", "revision"))
    return drafts.read_writer(seen=seen, name=request.headers.get("X-Page", ""), revision=revision)


@login_required
@require_POST
def submit(request: UserRequest, pk: int) -> HttpResponse:
    """Take the judgement and go on to the next response."""
    slot = assignment_or_404(request, pk)
    body = posted_submission(request.POST)
    key = request.POST.get("idempotency_key") or None
    try:
        writer = posted_writer(request)
        revision, _new = score.submit(assignment=slot, by=request.user, body=body, idempotency_key=key, writer=writer)
    except (ValidationError, DraftConflict) as error:
        return refused_page(request, slot, body, error)
    except (NoLongerYours, AlreadyDone):
        return gone_page(request, slot)
    adjudicate.after_submission(revision=revision)
    return next_response(request, slot.project, with_overall(_("Submitted."), slot, revision), revisable=slot)


def with_overall(message: str, slot: Assignment, revision: Revision) -> str:
    """The message, followed by the overall of the scores and how it is calculated."""
    scores = revision.scores.select_related("criterion", "level")
    if overall := overalls.of_revision(slot.task.rubric, revision, scores):
        value = {"value": format_score(overall.value), "reason": overall.reason}
        return f"{message} {_('Overall %(value)s (%(reason)s).') % value}"
    return message


def refused_page(
    request: UserRequest, slot: Assignment, body: dict[str, Any], error: ValidationError | DraftConflict
) -> HttpResponse:
    """The form once more, as it was sent, with what is wrong; or that alone, for a script that keeps its page as it is."""
    if slot.annotator_id != request.user.pk:
        return gone_page(request, slot)
    if isinstance(error, DraftConflict):
        return scoring_page(request, slot, body=body, overtaken=error)
    if asks_for_json(request):
        fields = {field: fault_of(field.partition(".")[2], {field: fault}) or fault for field, fault in error.fields.items()}
        offered = ErrorType.objects.offered(slot.project).values_list("key", flat=True)
        return JsonResponse({"fields": fields, "asks": asks(slot.project, offered)}, status=400)
    return scoring_page(request, slot, body=body, faults=error.fields)


@login_required
@require_POST
def draft(request: UserRequest, pk: int) -> HttpResponse:
    """Keep unsent work, of a revision too: by a button without JavaScript, and by the page's script after each change."""
    slot = assignment_or_404(request, pk)
    if asks_for_json(request):
        return autosave(request, slot)
    body = posted_submission(request.POST)
    revising = slot.submitted_at is not None and slot.annotator_id == request.user.pk
    save = revise.save_draft if revising else score.save_draft
    try:
        save(assignment=slot, by=request.user, body=body, writer=posted_writer(request))
    except (ValidationError, DraftConflict) as error:
        return refused_page(request, slot, body, error)
    except Refused:
        return gone_page(request, slot)
    messages.success(request, _("Your draft is saved."))
    return redirect("revise" if revising else "assignment", pk=pk)


def autosave(request: UserRequest, slot: Assignment) -> JsonResponse:
    """The draft's version for the page's script. A form that began before the submission does not become a revision of it."""
    save = revise.save_draft if "revision" in request.POST else score.save_draft
    try:
        body, writer = posted_submission(request.POST), posted_writer(request)
        saved = save(assignment=slot, by=request.user, body=body, writer=writer)
    except Refused as error:
        return refusal_json(error)
    return JsonResponse(saved.as_content())


def refusal_json(error: Refused, entries: Callable[[Mapping[str, Any]], list[tuple[str, str]]] = form_entries) -> JsonResponse:
    """For the page's script, with the API's status codes; the draft of another page as `entries` of the form."""
    if isinstance(error, DraftConflict):
        content = {"detail": str(error), "version": error.version, "draft": entries(error.draft)}
        return JsonResponse(content, status=412)
    if isinstance(error, ValidationError):
        return JsonResponse({"detail": str(error), "fields": error.fields}, status=400)
    return JsonResponse({"detail": str(error)}, status=409 if isinstance(error, NoLongerYours | AlreadyDone) else 400)


@login_required
@require_POST
def skip(request: UserRequest, pk: int) -> HttpResponse:
    slot = assignment_or_404(request, pk)
    try:
        score.skip(assignment=slot, by=request.user, reason=request.POST.get("reason", ""), kind=request.POST.get("kind", ""))
    except ValidationError as error:
        return (
            refused_page(request, slot, posted_submission(request.POST), error)
            if holds(slot, request)
            else gone_page(request, slot)
        )
    except (NoLongerYours, AlreadyDone):
        return gone_page(request, slot)
    return next_response(request, slot.project, _("Skipped: it goes to someone else."))


@login_required
@require_POST
def flag(request: UserRequest, pk: int) -> HttpResponse:
    """Tell the managers of the response, and stay on it. What stands in the form becomes the draft; a script saves it itself."""
    slot = assignment_or_404(request, pk)
    kind, note = request.POST.get("flag_kind"), request.POST.get("flag_note", "")
    if asks_for_json(request):
        return flag_json(request, slot, kind, note)
    body = posted_submission(request.POST)
    own = slot.annotator_id == request.user.pk
    try:
        concerns.raise_flag(assignment=slot, by=request.user, kind=kind, note=note)
        if holds(slot, request):
            score.save_draft(assignment=slot, by=request.user, body=body, writer=posted_writer(request))
    except ValidationError as error:
        faults = {f"flag_{field}" if field in ("kind", "note") else field: fault for field, fault in error.fields.items()}
        return scoring_page(request, slot, body=body, faults=faults) if own else gone_page(request, slot)
    except DraftConflict as error:
        return refused_page(request, slot, body, error)
    except (NoLongerYours, AlreadyDone):
        return gone_page(request, slot)
    messages.success(request, _("Flagged: the managers will look at it."))
    return redirect("revise" if own and slot.submitted_at else "assignment", pk=pk)


def flag_json(request: UserRequest, slot: Assignment, kind: Any, note: Any) -> JsonResponse:
    try:
        flag = concerns.raise_flag(assignment=slot, by=request.user, kind=kind, note=note)
    except Refused as error:
        return refusal_json(error)
    return JsonResponse({"kind": flag.kind, "note": flag.note}, status=201)


def holds(slot: Assignment, request: UserRequest) -> bool:
    return slot.annotator_id == request.user.pk and slot.submitted_at is None


@login_required
@require_POST
def take_up(request: UserRequest, pk: int) -> HttpResponse:
    """Hold a response again that was given back or lost, and go on from its draft."""
    slot = assignment_or_404(request, pk)
    try:
        taken = score.take_up(assignment=slot, by=request.user)
    except Refused as error:
        messages.warning(request, str(error))
        return gone_page(request, slot)
    return open_assignment(request, taken)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def revision(request: UserRequest, pk: int) -> HttpResponse:
    """The form with what was submitted: POST stores the next revision; the first judgement stays."""
    slot = assignment_or_404(request, pk)
    try:
        revise.revisable(slot, request.user)
        return store_revision(request, slot) if request.method == "POST" else scoring_page(request, slot)
    except Refused as error:
        if slot.annotator_id != request.user.pk or not slot.submitted_at:
            return gone_page(request, slot)
        messages.warning(request, str(error))
        return submitted_page(request, slot, status=409)


def store_revision(request: UserRequest, slot: Assignment) -> HttpResponse:
    body = posted_submission(request.POST)
    key = request.POST.get("idempotency_key") or None
    try:
        writer = posted_writer(request)
        made, _new = revise.revise(assignment=slot, by=request.user, body=body, idempotency_key=key, writer=writer)
    except (ValidationError, DraftConflict) as error:
        return refused_page(request, slot, body, error)
    except NoLongerYours as error:
        messages.warning(request, str(error))
        return submitted_page(request, slot, status=409)
    adjudicate.after_submission(revision=made)
    messages.success(request, with_overall(_("Revised; your first judgement is kept."), slot, made))
    return submitted_page(request, slot) if request.htmx else redirect("assignment", pk=slot.pk)
