"""The adjudicator's way in: how many responses wait, the case they hold, and what they have decided."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation.access.membership import membership_or_404
from annotation.flow import adjudicate
from annotation.models import Adjudication, CaseReview, Membership, Project
from annotation.views.adjudicate.case import case_page
from annotation.views.annotate import render_page
from annotation.views.requests import UserRequest

NEWEST = 50  # of one's own decisions are listed


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def queue(request: UserRequest, slug: str) -> HttpResponse:
    """POST opens the next case. GET shows how many cases wait, without naming them, and the caller's decisions."""
    membership = deciding_membership(request, slug)
    if request.method == "POST":
        return next_case(request, membership.project)
    return queue_page(request, membership)


def deciding_membership(request: UserRequest, slug: str) -> Membership:
    """That of somebody who may decide: an adjudicator, or a manager where the project's rules let managers decide."""
    membership = membership_or_404(request.user, slug)
    if set(membership.roles).isdisjoint(membership.project.rules.deciding_roles):
        raise Http404
    return membership


def queue_page(request: UserRequest, membership: Membership) -> HttpResponse:
    project = membership.project
    decided = (
        Adjudication.objects.filter(~Q(outcome=""), task__project=project, decided_by=request.user)
        .select_related("task__response__query")
        .prefetch_related("decisions__criterion")
    )
    context = {
        "membership": membership,
        "waiting": adjudicate.waiting_count(project, request.user),
        "held": CaseReview.objects.for_decider(request.user).held().filter(project=project).first(),
        "decided": decided.order_by("-decided_at")[:NEWEST],
        "decided_count": decided.count(),
    }
    at = reverse("adjudication", args=[project.slug])
    return render_page(request, "annotation/adjudicate/adjudication.html", context, at=at)


def next_case(request: UserRequest, project: Project, before: str = "") -> HttpResponse:
    """Claim the next case and open it; `before` is the message about the case before."""
    review = adjudicate.claim(project=project, by=request.user)
    if not review:
        messages.success(request, before or _("Nothing is awaiting adjudication."))
        if request.htmx:
            return queue_page(request, deciding_membership(request, project.slug))
        return redirect("adjudication", slug=project.slug)
    if before:
        after = _("Next: a response to %(query)s.") % {"query": review.adjudication.task.response.query.external_id}
        messages.success(request, f"{before} {after}")
    if request.htmx:
        return case_page(request, adjudicate.own_review(review.adjudication_id, request.user))
    return redirect("case", pk=review.adjudication_id)
