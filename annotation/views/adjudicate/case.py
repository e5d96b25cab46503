"""The page of one case in its state: to be scored blind, then decided; decided; or no longer the person's."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from annotation.flow import adjudicate
from annotation.models import CaseReview
from annotation.views.adjudicate.decided import decided_page, kept_work
from annotation.views.adjudicate.form import form_page
from annotation.views.annotate import render_page
from annotation.views.requests import UserRequest


@login_required
@require_safe
@never_cache
def case(request: UserRequest, pk: int) -> HttpResponse:
    return case_page(request, review_or_404(request, pk))


def review_or_404(request: UserRequest, pk: int) -> CaseReview:
    try:
        return adjudicate.own_review(pk, request.user)
    except CaseReview.DoesNotExist as error:
        raise Http404 from error


def case_page(request: UserRequest, review: CaseReview) -> HttpResponse:
    """The case in its state."""
    if review.adjudication.decided_at and review.revealed_at:
        return decided_page(request, review)
    return gone_page(request, review) if review.ended_at else form_page(request, review)


def gone_page(request: UserRequest, review: CaseReview) -> HttpResponse:
    context = {
        "review": review,
        "case": review.adjudication,
        "project": review.project,
        "kept": kept_work(review),
        "may_take_back": review.ending == CaseReview.Ending.HANDED_OVER and not review.adjudication.decided_at,
        "may_call_back": not review.adjudication.decided_at and adjudicate.awaits_annotator(review),
    }
    return render_page(request, "annotation/adjudicate/gone.html", context, status=409)
