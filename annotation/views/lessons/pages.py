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
from annotation.models import CaseReview, Decision, Membership, Role
from annotation.views.lessons import address, rows
from annotation.views.requests import UserRequest

PAGE = 50


@login_required
@require_safe
def report(request: UserRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.MANAGER, Role.ADJUDICATOR)
    is_manager = membership.role == Role.MANAGER
    found, at = lessons_at(ProjectCache(membership.project), for_manager=is_manager, behind=A_MINUTE)
    titles, people = rows.Titles(membership.project), found["adjudicators"]
    scales, unsaid = rows.level_tables(slug, found["levels"], titles, opens=is_manager)
    context = {
        "membership": membership,
        "is_manager": is_manager,
        "at": at,
        "disputes": found["disputes"],
        "waiting": found["disputes"]["disputed"] - found["disputes"]["decided"],
        "steps": rows.first_steps(slug, found, titles, opens=is_manager),
        "cause_names": [cause.label for cause in Decision.Cause],
        "groups": rows.cause_groups(slug, found["causes"], titles),
        "criteria": rows.criterion_rows(slug, found["criteria"], titles),
        "descriptors": rows.descriptor_rows(slug, found["descriptors"], titles),
        "scales": scales,
        "unsaid": unsaid,
        "against": rows.against_rows(slug, people["against_annotators"], titles),
        "blind": [row | {"title": titles.title(row)} for row in people["against_blind_scores"] if row["n"]],
        "among": rows.among_rows(people["among_adjudicators"], titles),
        "annotators": [rows.with_difference(row) for row in people.get("annotators", []) if row["n"]],
    }
    return render(request, "annotation/lessons/lessons.html", context)


@login_required
@require_safe
def disputes(request: UserRequest, slug: str) -> HttpResponse:
    """The disputes that the address selects, with what was decided and why."""
    membership = membership_or_404(request.user, slug, Role.MANAGER, Role.ADJUDICATOR)
    selection = address.read(request.GET)
    found = visible(membership, selection) if selection else []
    titles = rows.Titles(membership.project)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
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
    may still come to them, to be scored blind."""
    cache = ProjectCache(membership.project)
    found = chosen(read_disputes(cache, behind=A_MINUTE)[0], selection)
    if membership.role == Role.MANAGER:
        return found
    reviews = CaseReview.objects.filter(project=membership.project, adjudicator=membership.user, revealed_at__isnull=False)
    revealed = set(reviews.values_list("adjudication__task", flat=True))
    return [dispute for dispute in found if dispute.cause and dispute.task in revealed]


def dispute_row(dispute: Dispute, titles: rows.Titles) -> dict[str, Any]:
    return dispute._asdict() | {
        "title": titles.of.get((dispute.rubric, dispute.criterion), dispute.criterion),
        "cause": Decision.Cause(dispute.cause).label if dispute.cause else "",
    }
