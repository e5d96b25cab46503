"""One more annotator for a response in dispute: asked by an adjudicator, or by the project's rule before one decides."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import AlreadyDone, Refused
from annotation.flow.adjudicate.case import held_review
from annotation.flow.adjudicate.claims import end, record
from annotation.flow.adjudicate.disputes import disputes_of_task, read_disputes
from annotation.flow.adjudicate.ways_out import give_to
from annotation.flow.assign import make_further_slots
from annotation.flow.judgements import ProjectCache
from annotation.flow.shown import people_shown_scores
from annotation.models import (
    Adjudication,
    Assignment,
    CaseReview,
    Event,
    Membership,
    Project,
    Revision,
    Role,
    SentBack,
    Skip,
    User,
)


@transaction.atomic
def ask_further(*, case: int, by: User) -> Assignment:
    """Make a slot for one more annotator; the case waits for it, and returns to this adjudicator.

    Raises Refused where nobody is left to score the response, AlreadyDone, NoLongerYours, CaseReview.DoesNotExist.
    """
    review = held_review(case, by)
    task = review.adjudication.task_id
    if Assignment.objects.further().filter(task=task).exists():
        raise AlreadyDone(_("One more annotator was asked for already."))
    if not with_somebody_left(review.project, [task]):
        raise Refused(_("Every annotator of the project has scored or skipped this response."))
    [slot] = make_further_slots(project=review.project, tasks=[task])
    end(review, CaseReview.Ending.FURTHER, timezone.now())
    give_to(review.adjudication, by)
    record(review.adjudication, Event.Verb.FURTHER_ASKED, review.project, by)
    return slot


def with_somebody_left(project: Project, tasks: Iterable[int]) -> list[int]:
    """Those of the tasks that an annotator of the project could still judge, and without having been shown their scores."""
    if project.closed_at:  # nobody gets another response
        return []
    annotators = Membership.objects.filter(project=project, role=Role.ANNOTATOR, user__is_active=True)
    people = set(annotators.values_list("user", flat=True))
    chosen = list(tasks)
    involved: dict[int, set[int]] = {}
    for rows in (
        Assignment.objects.filter(task__in=chosen, annotator__isnull=False).values_list("task", "annotator"),
        Skip.objects.filter(task__in=chosen).values_list("task", "annotator"),
        CaseReview.objects.filter(adjudication__task__in=chosen).values_list("adjudication__task", "adjudicator"),
        people_shown_scores(chosen, project),
    ):
        for task, person in rows:
            involved.setdefault(task, set()).add(person)
    return [task for task in chosen if people - involved.get(task, set())]


def tasks_without_answer(project: Project, tasks: Iterable[int]) -> set[int]:
    """Those of the tasks that wait for an annotator who will not come: it was sent back to somebody who is no longer an annotator
    of the project or cannot sign in, or nobody is left for the slot after a dispute."""
    chosen = list(tasks)
    annotators = Membership.objects.in_project(project, Role.ANNOTATOR).filter(user__is_active=True)
    returned = SentBack.objects.open().filter(annotation__task__in=chosen)
    lost = returned.exclude(annotation__annotator__in=annotators.values("user"))
    open_slots = set(Assignment.objects.further().open().filter(task__in=chosen).values_list("task", flat=True))
    return {*lost.values_list("annotation__task", flat=True), *(open_slots - set(with_somebody_left(project, open_slots)))}


def after_submission(*, revision: Revision) -> None:
    """By the rule: ask for one more annotator where this judgement has made a dispute that is new."""
    slot = revision.annotation.assignment
    if slot.project.rules.further_annotator and is_disputed(slot.project, slot.task_id):
        ask_by_rule(project=slot.project, tasks=[slot.task_id])


def is_disputed(project: Project, task: int) -> bool:
    return bool(disputes_of_task(project, task).disputed.any())


def ask_further_where_due(*, project: Project) -> int:
    """By the rule: ask for one more annotator wherever a dispute is new; how many were asked for."""
    return ask_by_rule(project=project, tasks=disputes_by_rule(project))


def disputes_by_rule(project: Project) -> list[int]:
    """The tasks in dispute, new or not, where the rule asks for one more annotator."""
    if not project.rules.further_annotator:
        return []
    disputes = read_disputes(project, ProjectCache(project))
    tasks: list[int] = disputes.tasks[disputes.disputed].tolist()
    return tasks


@transaction.atomic
def ask_by_rule(*, project: Project, tasks: list[int]) -> int:
    """A dispute is new while the response has had neither a case nor a slot after a dispute."""
    if not tasks:
        return 0
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    had = {
        *Adjudication.objects.filter(task__project=project).values_list("task", flat=True),
        *Assignment.objects.filter(project=project, reason=Assignment.Reason.AFTER_DISPUTE).values_list("task", flat=True),
    }
    new = with_somebody_left(project, (task for task in tasks if task not in had))
    slots = make_further_slots(project=project, tasks=new)
    Event.objects.bulk_create(
        Event(project=project, verb=Event.Verb.FURTHER_ASKED, task_id=slot.task_id, data={"by": "rule"}) for slot in slots
    )
    return len(slots)
