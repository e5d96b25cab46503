"""An annotator's own work in a project; nothing of agreement, nor of other annotators."""

from collections.abc import Iterator
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import Truncator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from annotation.access.decided import decided_cases
from annotation.access.membership import membership_or_404
from annotation.flow import score
from annotation.flow.score.overall import Overall, of_revision
from annotation.models import Annotation, Assignment, Draft, Membership, Response, Revision, Role, SentBack, User, Workspace
from annotation.views.annotate import what_is_left
from annotation.views.requests import UserRequest
from rubrics.cache import complete_rubric

PAGE = 50
LONGEST_OPENING = 70


class Scored(NamedTuple):
    """A response that the annotator scored, with the newest revision."""

    annotation: Annotation
    opening: str
    newest: Revision
    overall: Overall | None
    sent_back: bool


class UnsentDraft(NamedTuple):
    """A draft. `slot` is the assignment that the annotator holds or held; `state` is open, revision, skipped or lost."""

    draft: Draft
    opening: str
    slot: Assignment
    state: str
    free: bool


@login_required
@require_safe
@never_cache
def mine(request: UserRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.ANNOTATOR)
    own = Annotation.objects.filter(task__project=membership.project, annotator=membership.user)
    page = Paginator(own.with_judgements().order_by("-assignment__submitted_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    sent_back = SentBack.objects.open().filter(annotation__in=own)
    returned = set(sent_back.values_list("annotation", flat=True))
    context = what_is_left(membership.project, membership.user) | {
        "membership": membership,
        "page": page,
        "left": score.progress(project=membership.project, by=membership.user).left,
        "scored": [scored(annotation, returned, membership.project.workspace) for annotation in page.object_list],
        "sent_back": sent_back.select_related("annotation__task__response__query", "annotation__assignment", "by").order_by("at"),
        "kept": list(unsent_drafts(membership)),
        "decided": decided_cases(membership).count(),
        "held": Assignment.objects.held().filter(project=membership.project, annotator=membership.user).first(),
    }
    return render(request, "annotation/my_work/my_work.html", context)


def scored(annotation: Annotation, returned: set[int], workspace: Workspace) -> Scored:
    newest = max(annotation.revisions.all(), key=lambda revision: revision.number)
    overall = of_revision(complete_rubric(annotation.task.rubric), newest, newest.scores.all())
    return Scored(annotation, opening(annotation.task.response, workspace), newest, overall, annotation.pk in returned)


def opening(response: Response, workspace: Workspace) -> str:
    """The first words of a response, which distinguish several responses to one query without naming a system.

    Empty where the response is blurred.
    """
    text = "" if workspace.blurs(response) else next((block["text"] for block in response.blocks if block["text"]), "")
    return Truncator(" ".join(text.split())).chars(LONGEST_OPENING)


def unsent_drafts(membership: Membership) -> Iterator[UnsentDraft]:
    """The annotator's drafts, newest first, with four database queries."""
    user = membership.user
    drafts = Draft.objects.filter(task__project=membership.project, annotator=user).order_by("-saved_at")
    slots = slots_of(user, [draft.task_id for draft in drafts])
    free = set(Assignment.objects.free_for(user).filter(task__in=slots).values_list("task", flat=True))
    for draft in drafts.select_related("task__response__query"):
        if draft.task_id in slots:
            slot, state = slots[draft.task_id]
            yield UnsentDraft(
                draft, opening(draft.task.response, membership.project.workspace), slot, state, draft.task_id in free
            )


def slots_of(user: User, tasks: list[int]) -> dict[int, tuple[Assignment, str]]:
    """Per task, the assignment that the person holds or held, and its state.

    One that is held takes the place of one that was skipped, and that of one that was lost.
    """
    assignments = Assignment.objects.filter(task__in=tasks)
    states = {slot.task_id: (slot, "lost") for slot in assignments.filter(lapses__annotator=user)}
    states |= {slot.task_id: (slot, "skipped") for slot in assignments.filter(skips__annotator=user)}
    states |= {slot.task_id: (slot, "revision" if slot.submitted_at else "open") for slot in assignments.filter(annotator=user)}
    return states
