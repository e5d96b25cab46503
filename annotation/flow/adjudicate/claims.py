"""Finds and holds an adjudicator's next case: as with annotation, one at a time, with a lease."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.flow.adjudicate.queue import WaitingCase, waiting_cases
from annotation.models import Adjudication, CaseReview, Decision, Event, Membership, Project, User


def claim(*, project: Project, by: User, task: int | None = None) -> CaseReview | None:
    """The adjudicator's held case, or else the next one that waits (or that of the task); None when nothing waits for them.

    Raises Refused for anybody who may not decide in the project.
    """
    with transaction.atomic():
        lock_membership(project, by)
        held = CaseReview.objects.held().filter(project=project, adjudicator=by).first()
        if held:
            return renew(held)
    for waiting in waiting_cases(project, by):
        if task in (None, waiting.task.id) and (review := take(project, waiting, by)):
            return review
    return None


def lock_membership(project: Project, by: User) -> None:
    """Let the adjudicator's calls wait for each other. Raises Refused for anybody who may not decide."""
    deciders = Membership.objects.select_for_update().filter(project=project, user=by, role__in=project.rules.deciding_roles)
    if not deciders.exists():
        raise Refused(_("Only adjudicators of the project decide."))


def take(project: Project, waiting: WaitingCase, by: User) -> CaseReview | None:
    """Hold the case from now on; None when somebody else was quicker."""
    try:
        with transaction.atomic():
            lock_membership(project, by)
            return hold(open_case(waiting), project, by)
    except IntegrityError:
        return None


def open_case(waiting: WaitingCase) -> Adjudication:
    """The task's open case, or a new round of it. Raises IntegrityError where another call makes it at the same time."""
    rounds = Adjudication.objects.filter(task=waiting.task.id)
    if case := rounds.open().select_for_update().first():
        return case
    last = rounds.aggregate(last=Max("round"))["last"] or 0
    case = Adjudication.objects.create(task_id=waiting.task.id, round=last + 1, started_at=timezone.now())
    Decision.objects.bulk_create(
        Decision(adjudication=case, criterion=criterion, disputed=waiting.disputed) for criterion in waiting.criteria
    )
    return case


def hold(case: Adjudication, project: Project, by: User) -> CaseReview:
    """Raises IntegrityError where another adjudicator holds it."""
    now = timezone.now()
    for lapsed in CaseReview.objects.held().filter(adjudication=case, lease_expires_at__lt=now).exclude(adjudicator=by):
        end(lapsed, CaseReview.Ending.LAPSED, now)
    review, _created = CaseReview.objects.update_or_create(
        adjudication=case,
        adjudicator=by,
        defaults={"ended_at": None, "ending": "", "reason": "", "lease_expires_at": lease(project, now)},
        create_defaults={
            "project": project,
            "claimed_at": now,
            "lease_expires_at": lease(project, now),
            "revealed_at": now if revealed_before(case, by) else None,
        },
    )
    Event.objects.create(project=project, verb=Event.Verb.CASE_CLAIMED, task_id=case.task_id, by=by, data={"round": case.round})
    return review


def revealed_before(case: Adjudication, by: User) -> bool:
    """Whether the scores of the response were revealed to the person in an earlier round."""
    return CaseReview.objects.filter(adjudication__task=case.task_id, adjudicator=by, revealed_at__isnull=False).exists()


def end(review: CaseReview, ending: CaseReview.Ending, now: datetime, reason: str = "") -> None:
    CaseReview.objects.filter(pk=review.pk).update(ended_at=now, ending=ending, lease_expires_at=None, reason=reason)


def renew(review: CaseReview) -> CaseReview:
    review.lease_expires_at = lease(review.project, timezone.now())
    review.save(update_fields=["lease_expires_at"])
    return review


def lease(project: Project, now: datetime) -> datetime:
    return now + timedelta(minutes=project.lease_minutes)
