"""The adjudicator's pages: the queue, a case to be scored blind, then the annotators' scores and the decision."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotation.access.blind import task_content
from annotation.access.membership import membership_or_404
from annotation.access.revealed import revealed_content
from annotation.errors import AlreadyDone, Refused, ValidationError
from annotation.flow import adjudicate
from annotation.flow.score.submission import na_allowed
from annotation.forms.criteria import NO_FAULTS, criterion_rows
from annotation.forms.decision import decision_rows, posted_answers, posted_decisions
from annotation.forms.scoring_form import key_context
from annotation.models import Adjudication, CaseReview, Decision, Preferences, Project, Role
from annotation.views.requests import UserRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def queue(request: UserRequest, slug: str) -> HttpResponse:
    """POST opens the next case. GET shows how many cases wait, without naming them, and the caller's decisions."""
    membership = membership_or_404(request.user, slug, Role.ADJUDICATOR)
    if request.method == "POST":
        return next_case(request, membership.project)
    own_reviews = CaseReview.objects.for_decider(request.user).filter(project=membership.project)
    decided = (
        Adjudication.objects.decided()
        .filter(task__project=membership.project, decided_by=request.user)
        .select_related("task__response__query", "task__rubric")
        .prefetch_related("decisions__criterion")
    )
    context = {
        "membership": membership,
        "waiting": adjudicate.waiting_count(membership.project, request.user),
        "held": own_reviews.held().first(),
        "decided": decided.order_by("-decided_at"),
    }
    return render(request, "annotation/adjudicate/adjudication.html", context)


def next_case(request: UserRequest, project: Project) -> HttpResponse:
    if review := adjudicate.claim(project=project, by=request.user):
        return redirect("case", pk=review.adjudication_id)
    messages.info(request, _("Nothing is awaiting adjudication."))
    return redirect("adjudication", slug=project.slug)


@login_required
@require_safe
@never_cache
def case(request: UserRequest, pk: int) -> HttpResponse:
    return case_page(request, own_review(request, pk))


def own_review(request: UserRequest, pk: int) -> CaseReview:
    try:
        return adjudicate.own_review(pk, request.user)
    except CaseReview.DoesNotExist as error:
        raise Http404 from error


def case_page(
    request: UserRequest, review: CaseReview, *, post: QueryDict | None = None, faults: Mapping[str, str] = NO_FAULTS
) -> HttpResponse:
    """The case in its state: to be scored blind, to be decided, or decided."""
    adjudication = review.adjudication
    content = task_content(adjudication.task_id)
    asked = list(adjudication.decisions.all())
    revealed = revealed_content(adjudication) if review.revealed_at else []
    answers = posted_answers(post, asked_criteria(asked)) if post else {}
    shown = criterion_rows(content["rubric"], allowed_na=na_allowed(adjudication.task), body={"scores": answers}, faults=faults)
    context = (
        content
        | key_context(Preferences.objects.keys_of(request.user))
        | {
            "case": adjudication,
            "project": adjudication.task.project,
            "criteria": list(decision_rows(asked, shown, blind_answers(review), post, faults)),
            "decisions": [(decision, blind_answers(review).get(decision.criterion.key)) for decision in asked],
            "revealed": revealed,
            "revealed_rows": list(revealed_rows(content["rubric"], revealed, {decision.criterion.key for decision in asked})),
            "causes": Decision.Cause.choices,
            "faults": faults,
        }
    )
    return render(request, "annotation/adjudicate/case.html", context, status=400 if faults else 200)


def blind_answers(review: CaseReview) -> dict[str, Any]:
    return {score.criterion.key: score.answer for score in review.blind_scores.all()}


def revealed_rows(rubric: dict[str, Any], revealed: list[dict[str, Any]], asked: set[str]) -> Iterator[dict[str, Any]]:
    """A row per criterion with each annotator's score; for a penalty, yes or no."""
    for criterion in rubric["criteria"]:
        key = criterion["key"]
        values = [
            (_("yes") if key in scores["penalties"] else _("no"))
            if criterion["kind"] == "penalty"
            else score_text(scores["scores"].get(key))
            for scores in revealed
        ]
        yield {"title": criterion["title"], "values": values, "asked": key in asked}


def score_text(score: Any) -> Any:
    return _("n/a") if score == "na" else score


def asked_criteria(asked: Iterable[Decision]) -> list[dict[str, Any]]:
    """Key and kind: what is needed to read the form."""
    return [{"key": decision.criterion.key, "kind": decision.criterion.kind} for decision in asked]


@login_required
@require_POST
def unseen(request: UserRequest, pk: int) -> HttpResponse:
    review = own_review(request, pk)
    criteria = asked_criteria(review.adjudication.decisions.all())
    try:
        adjudicate.score_blind(case=pk, by=request.user, answers=posted_answers(request.POST, criteria))
    except ValidationError as error:
        return case_page(request, review, post=request.POST, faults=error.fields)
    except AlreadyDone as error:
        messages.info(request, str(error))
    return redirect("case", pk=pk)


@login_required
@require_POST
def decide(request: UserRequest, pk: int) -> HttpResponse:
    review = own_review(request, pk)
    criteria = asked_criteria(review.adjudication.decisions.all())
    try:
        adjudicate.decide(case=pk, by=request.user, decisions=posted_decisions(request.POST, criteria))
    except ValidationError as error:
        return case_page(request, review, post=request.POST, faults=error.fields)
    except Refused as error:
        messages.info(request, str(error))
        return redirect("case", pk=pk)
    messages.success(request, _("Decided."))
    return redirect("adjudication", slug=review.project.slug)
