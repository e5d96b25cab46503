"""What disputes teach: the report, and the disputes behind each number. For managers, and for adjudicators without what waits
and without single annotators."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotation.access.membership import membership_or_404
from annotation.flow.judgements import A_MINUTE, ProjectCache
from annotation.flow.lessons import Dispute, Selection, chosen, lessons_at, read_disputes
from annotation.flow.shown import show_scores
from annotation.models import Adjudication, CaseReview, Decision, Membership, Role
from annotation.views.lessons import address, rows
from annotation.views.requests import UserRequest

PAGE = 50


@login_required
@require_safe
def report(request: UserRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.MANAGER, Role.ADJUDICATOR)
    is_manager = membership.role == Role.MANAGER
    lessons, at = lessons_at(ProjectCache(membership.project), for_manager=is_manager, behind=A_MINUTE)
    titles, people = rows.Titles(membership.project), lessons["adjudicators"]
    scales, unsaid = rows.level_tables(slug, lessons["levels"], titles, opens=is_manager)
    context = {
        "membership": membership,
        "is_manager": is_manager,
        "at": at,
        "disputes": lessons["disputes"],
        "waiting": lessons["disputes"]["disputed"] - lessons["disputes"]["decided"],
        "steps": rows.first_steps(slug, lessons, titles, opens=is_manager),
        "cause_names": [cause.label for cause in Decision.Cause],
        "groups": rows.cause_groups(slug, lessons["causes"], titles),
        "criteria": rows.criterion_rows(slug, lessons["criteria"], titles),
        "descriptors": rows.descriptor_rows(slug, lessons["descriptors"], titles),
        "scales": scales,
        "unsaid": unsaid,
        "against": rows.against_rows(slug, people["against_annotators"], titles),
        "blind": [row | {"title": titles.title(row)} for row in people["against_blind_scores"] if row["n"]],
        "among": rows.among_rows(people["among_adjudicators"], titles),
        "annotators": rows.annotator_rows(people.get("annotators", [])),
    }
    return render(request, "annotation/lessons/lessons.html", context)


@login_required
@require_safe
def disputes(request: UserRequest, slug: str) -> HttpResponse:
    """The disputes that the address selects, with what was decided and why."""
    membership = membership_or_404(request.user, slug, Role.MANAGER, Role.ADJUDICATOR)
    selection = address.read(request.GET)
    listed = visible(membership, selection) if selection else []
    titles = rows.Titles(membership.project)
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    show_scores({dispute.task for dispute in page}, to=request.user, project=membership.project)
    context = {
        "membership": membership,
        "is_manager": membership.role == Role.MANAGER,
        "words": address.in_words(selection, titles.of) if selection else [],
        "page": page,
        "rows": [dispute_row(dispute, titles) for dispute in page],
    }
    return render(request, "annotation/lessons/disputes.html", context)


def visible(membership: Membership, selection: Selection) -> list[Dispute]:
    """An adjudicator sees the decided disputes of those responses alone whose scores were revealed to them: any other response
    may still come to them, to be scored blind. Nor do they see a decision that they are to make a second time."""
    selected = chosen(read_disputes(ProjectCache(membership.project), behind=A_MINUTE)[0], selection)
    if membership.role == Role.MANAGER:
        return selected
    reviews = CaseReview.objects.filter(project=membership.project, adjudicator=membership.user, revealed_at__isnull=False)
    seconds = Adjudication.objects.undecided_seconds_of(membership.user)
    shown = set(reviews.values_list("adjudication__task", flat=True)) - set(seconds.values_list("task", flat=True))
    return [dispute for dispute in selected if dispute.is_decided and dispute.task in shown]


def dispute_row(dispute: Dispute, titles: rows.Titles) -> dict[str, Any]:
    return dispute._asdict() | {
        "title": titles.of.get((dispute.rubric, dispute.criterion), dispute.criterion),
        "cause": Decision.Cause(dispute.cause).label if dispute.cause else "",
    }
