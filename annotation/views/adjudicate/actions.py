"""What an adjudicator does on the page of a case: keep a draft, score blind, decide, leave it in another way, reopen, comment."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotation.errors import AlreadyDone, DraftConflict, Refused, ValidationError
from annotation.flow import adjudicate
from annotation.forms.decision import (
    form_entries,
    page_faults,
    posted_answers,
    posted_decisions,
    posted_draft,
    posted_feedback,
)
from annotation.models import Adjudication, CaseReview
from annotation.views.adjudicate.case import case_page, gone_page, review_or_404
from annotation.views.adjudicate.decided import decided_page
from annotation.views.adjudicate.form import asked_criteria, form_page, phase_of
from annotation.views.adjudicate.queue import next_case
from annotation.views.annotate import asks_for_json
from annotation.views.annotate_actions import posted_writer, refusal_json
from annotation.views.requests import UserRequest


@login_required
@require_POST
def draft(request: UserRequest, pk: int) -> HttpResponse:
    """Keep unsent work: by a button without JavaScript, and by the page's script after each change."""
    review = review_or_404(request, pk)
    try:
        saved = save(request, review)
    except Refused as error:
        if asks_for_json(request):
            return refusal_json(error, form_entries)
        return refused_page(request, review, error)
    if asks_for_json(request):
        return JsonResponse(saved.as_content())
    messages.success(request, _("Your draft is saved."))
    return redirect("case", pk=pk)


def save(request: UserRequest, review: CaseReview) -> Any:
    """A form that began before the blind scores were in does not become the draft of a decision."""
    if request.POST.get("phase") != phase_of(review):
        raise AlreadyDone(_("You have scored this response blind already."))
    body = posted_draft(request.POST, asked_criteria(review))
    return adjudicate.save_draft(case=review.adjudication_id, by=request.user, body=body, writer=posted_writer(request))


def refused_page(request: UserRequest, review: CaseReview, error: Refused) -> HttpResponse:
    """The form once more, as it was sent, with what is wrong, or that alone for the page's script; else the case's own state."""
    criteria = asked_criteria(review)
    body = posted_draft(request.POST, criteria)
    if isinstance(error, ValidationError):
        faults = page_faults(error.fields, body, criteria)
        if asks_for_json(request):
            return JsonResponse({"fields": faults, "asks": ""}, status=400)
        return form_page(request, review, body=body, faults=faults)
    if isinstance(error, DraftConflict):
        return form_page(request, review, body=body, overtaken=error)
    messages.info(request, str(error))
    return gone_page(request, review_or_404(request, review.adjudication_id))


@login_required
@require_POST
def unseen(request: UserRequest, pk: int) -> HttpResponse:
    """Take the blind scores, and show what the annotators said."""
    review = review_or_404(request, pk)
    answers = posted_answers(request.POST, asked_criteria(review))
    try:
        review, _new = adjudicate.score_blind(
            case=pk, by=request.user, answers=answers, idempotency_key=posted_key(request), writer=posted_writer(request)
        )
    except Refused as error:
        return refused_page(request, review, error)
    return case_page(request, review) if request.htmx else redirect("case", pk=pk)


def posted_key(request: UserRequest) -> str | None:
    return request.POST.get("idempotency_key") or None


@login_required
@require_POST
def decide(request: UserRequest, pk: int) -> HttpResponse:
    """Take the decision and go on to the next case."""
    review = review_or_404(request, pk)
    decisions = posted_decisions(request.POST, asked_criteria(review))
    try:
        adjudicate.decide(
            case=pk,
            by=request.user,
            decisions=decisions,
            **posted_feedback(request.POST),
            idempotency_key=posted_key(request),
            writer=posted_writer(request),
        )
    except Refused as error:
        return refused_page(request, review, error)
    return next_case(request, review.project, _("Decided."))


@login_required
@require_POST
def leave(request: UserRequest, pk: int) -> HttpResponse:
    """Leave the case without a decision, in the way that was chosen, and go on to the next."""
    review = review_or_404(request, pk)
    way = request.POST.get("way", "")
    try:
        if way not in WAYS:
            raise ValidationError({"way": _("Choose one of the ways.")})
        message = WAYS[way](request, pk)
    except Refused as error:
        review = review_or_404(request, pk)
        if review.ended_at:
            return refused_page(request, review, error)
        fault = " ".join(error.fields.values()) if isinstance(error, ValidationError) else str(error)
        return form_page(request, review, body=posted_draft(request.POST, asked_criteria(review)), faults={"way": fault})
    return next_case(request, review.project, message)


def skip(request: UserRequest, pk: int) -> str:
    adjudicate.skip(case=pk, by=request.user, reason=request.POST.get("way_words", ""))
    return _("Skipped: it goes to someone else.")


def hand_over(request: UserRequest, pk: int) -> str:
    adjudicate.hand_over(case=pk, by=request.user, to=request.POST.get("way_to", ""), note=request.POST.get("way_words", ""))
    return _("Handed over.")


def send_back(request: UserRequest, pk: int) -> str:
    annotator, note = (request.POST.get(name, "") for name in ("way_annotator", "way_words"))
    adjudicate.send_back(case=pk, by=request.user, annotator=annotator, note=note)
    return _("Sent back: the case returns to you with the answer.")


def ask_further(request: UserRequest, pk: int) -> str:
    adjudicate.ask_further(case=pk, by=request.user)
    return _("One more annotator is asked.")


def unusable(request: UserRequest, pk: int) -> str:
    adjudicate.mark_unusable(case=pk, by=request.user, reason=request.POST.get("way_words", ""))
    return _("Marked unusable.")


WAYS: dict[str, Callable[[UserRequest, int], str]] = {
    "skip": skip,
    "hand_over": hand_over,
    "send_back": send_back,
    "ask_further": ask_further,
    "unusable": unusable,
}


@login_required
@require_POST
def take_back(request: UserRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    try:
        adjudicate.take_back(case=pk, by=request.user)
    except Adjudication.DoesNotExist as error:
        raise Http404 from error
    except Refused as error:
        return refused_page(request, review, error)
    return next_case(request, review.project)


@login_required
@require_POST
def call_back(request: UserRequest, pk: int) -> HttpResponse:
    """Wait for the annotator no longer, and open the case."""
    review = review_or_404(request, pk)
    try:
        adjudicate.call_back(case=pk, by=request.user)
    except Adjudication.DoesNotExist as error:
        raise Http404 from error
    except Refused as error:
        return refused_page(request, review, error)
    return next_case(request, review.project, _("Called back."))


@login_required
@require_POST
def reopen(request: UserRequest, pk: int) -> HttpResponse:
    """Let the response be decided once more; the decision stays in its history."""
    review = review_or_404(request, pk)
    try:
        adjudicate.reopen(case=pk, by=request.user, reason=request.POST.get("reason", ""))
    except Adjudication.DoesNotExist as error:
        raise Http404 from error
    except ValidationError as error:
        return decided_page(request, review, faults=error.fields)
    except Refused as error:
        messages.warning(request, str(error))
        return redirect("case", pk=pk)
    messages.success(request, _("Reopened: it waits for a new decision."))
    return redirect("adjudication", slug=review.project.slug)


@login_required
@require_POST
def comment(request: UserRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    try:
        adjudicate.comment(case=pk, by=request.user, text=request.POST.get("text", ""))
    except Adjudication.DoesNotExist as error:
        raise Http404 from error
    except ValidationError as error:
        return decided_page(request, review, faults=error.fields)
    except Refused as error:
        messages.warning(request, str(error))
    return redirect("case", pk=pk)
