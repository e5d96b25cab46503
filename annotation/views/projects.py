"""The person's projects, and the page of one project by role: its progress and the way on."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotation.access.membership import may_create_projects, membership_or_404
from annotation.flow import adjudicate, score
from annotation.flow.adjudicate.listing import UNDECIDED, Filters, count_kinds, managers_list
from annotation.flow.judgements import A_MINUTE
from annotation.flow.labels import count_labels
from annotation.flow.setup.steps import next_step
from annotation.flow.watch.stuck import skipped_by_all
from annotation.models import (
    Adjudication,
    Assignment,
    CaseReview,
    Flag,
    Membership,
    PossibleDuplicate,
    Project,
    ReferenceRevision,
    Role,
    SentBack,
    Skip,
    Task,
)
from annotation.views.annotate import what_is_left
from annotation.views.requests import UserRequest
from annotation.views.setup.steps import row_of


@login_required
@require_safe
def projects(request: UserRequest) -> HttpResponse:
    # counted by itself: joined, every task would meet every slot
    responses = Task.objects.filter(project=OuterRef("project"), kind=Task.Kind.STUDY, response__query__dropped_at=None)
    archived = "archived" in request.GET
    memberships = Membership.objects.of_user(request.user).select_related("project").order_by("project__title")
    others = memberships.filter(project__archived_at__isnull=archived).exists()
    rows = memberships.filter(project__archived_at__isnull=not archived).annotate(responses=counted(responses)).whole()
    scoring = [membership.project_id for membership in rows if Role.ANNOTATOR in membership.roles]
    own = score.progress_in(scoring, by=request.user) if scoring else {}
    context = {
        "projects": [(membership, own.get(membership.project_id)) for membership in rows],
        "archived": archived,
        "others": others,
        "may_create": may_create_projects(request.user),
    }
    return render(request, "annotation/projects/home.html", context)


def counted(rows: QuerySet[Any]) -> Coalesce:
    """The number of the rows, as part of another query."""
    return Coalesce(Subquery(rows.order_by().values("project").annotate(number=Count("pk")).values("number")), 0)


@login_required
@require_safe
def project(request: UserRequest, slug: str) -> HttpResponse:
    """A part for each role of the member, under the role's name."""
    membership = membership_or_404(request.user, slug)
    parts = {role: PARTS[Role(role)](membership) for role in membership.roles}
    of_manager = parts.get(Role.MANAGER, {})  # under its own names, as the overview has them
    return render(request, "annotation/projects/project.html", {"membership": membership} | parts | of_manager)


def annotators_part(membership: Membership) -> dict[str, Any]:
    """The annotator's own counts; nothing of agreement, nor of other annotators."""
    slots = Assignment.objects.filter(project=membership.project, annotator=membership.user)
    returned = SentBack.objects.open().filter(annotation__assignment__in=slots)
    own = score.progress(project=membership.project, by=membership.user)
    left = what_is_left(membership.project, membership.user)
    return own._asdict() | left | {"held": slots.held().first(), "sent_back": returned.count()}


def adjudicators_part(membership: Membership) -> dict[str, Any]:
    own_decisions = Adjudication.objects.decided().filter(task__project=membership.project, decided_by=membership.user)
    return {
        "waiting": adjudicate.waiting_count(membership.project, membership.user),
        "held": CaseReview.objects.held().filter(project=membership.project, adjudicator=membership.user).first(),
        "done": own_decisions.count(),
    }


def experts_part(membership: Membership) -> dict[str, Any]:
    """How many revisions of reference answers somebody else than the expert wrote, and wait for approval."""
    waiting = ReferenceRevision.objects.waiting().filter(answer__query__project=membership.project)
    return {"waiting": waiting.filter(answer__query__dropped_at=None).exclude(made_by=membership.user).count()}


def managers_part(membership: Membership) -> dict[str, Any]:
    """Progress, labels and people; reads all judgements of the project to count the labels."""
    project = membership.project
    counts = progress(project)
    step = None if counts["submitted"] else next_step(project)
    labels = count_labels(project)
    return {
        "progress": counts,
        "next_step": step and row_of(step),
        "labels": labels,
        "after": after_scoring(counts, labels),
        "mixed_in": count_kinds(managers_list(project, Filters(state=UNDECIDED), behind=A_MINUTE)[0]).mixed_in,
        "people": people(project),
        "flags": Flag.objects.open().filter(project=project).count(),
        "skips": Skip.objects.filter(project=project).count(),
        "stuck": skipped_by_all(project).count(),
        "rubrics": project.project_rubrics.select_related("rubric"),
        "duplicates": PossibleDuplicate.objects.filter(project=project).undecided().count(),
    }


def after_scoring(counts: dict[str, int], labels: dict[str, int]) -> str:
    """What comes next, once every judgement is submitted; empty before."""
    if not counts["slots"] or counts["submitted"] < counts["slots"]:
        return ""
    return "adjudicate" if labels["disputed"] else "release" if labels["labelled"] else ""


def progress(project: Project) -> dict[str, int]:
    return (
        Assignment.objects.filter(project=project)
        .not_withdrawn()
        .aggregate(
            slots=Count("pk"),
            submitted=Count("pk", filter=Q(submitted_at__isnull=False)),
            held=Count("pk", filter=Q(annotator__isnull=False, submitted_at=None)),
            responses=Count("task", distinct=True),
        )
    )


def people(project: Project) -> list[Membership]:
    submitted = Q(user__assignments__project=project, user__assignments__submitted_at__isnull=False)
    return (
        Membership.objects.in_project(project)
        .select_related("user")
        .annotate(done=Count("user__assignments", filter=submitted))
        .order_by("role", "user__username")
        .whole()
    )


PARTS = {
    Role.ANNOTATOR: annotators_part,
    Role.ADJUDICATOR: adjudicators_part,
    Role.EXPERT: experts_part,
    Role.MANAGER: managers_part,
}
