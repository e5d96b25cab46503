"""Finds and holds an adjudicator's next case: as with annotation, one at a time, with a lease by the database's clock."""

from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.flow.adjudicate.queue import Queue, offered, queue_of_task, read_queue, was_manager
from annotation.flow.judgements import A_MINUTE, AT_ONCE
from annotation.flow.score.claims import lease
from annotation.models import Adjudication, CaseReview, Decision, Event, Membership, Project, Task, User
from rubrics.models import Criterion

Time = Any  # by the database's clock


def claim(*, project: Project, by: User, task: int | None = None) -> CaseReview | None:
    """The adjudicator's held case, or else the next one that waits (or that of the task); None when nothing waits for them.

    Raises Refused for anybody who may not decide in the project.
    """
    if held := held_case(project, by):
        return held
    for candidate in candidates(project, by, task):
        if review := take(project, candidate, by):
            return review
    return None


@transaction.atomic
def held_case(project: Project, by: User) -> CaseReview | None:
    """What the adjudicator holds, with a fresh lease; also after the lease has run out, while nobody else has taken it."""
    now = lock_membership(project, by)
    held = CaseReview.objects.select_for_update(of=("self",)).held().filter(project=project, adjudicator=by).first()
    return renew(held, now) if held else None


def lock_membership(project: Project, by: User) -> Time:
    """Let the adjudicator's calls, and those as annotator, wait for each other; the time. Raises Refused for anybody who may not
    decide."""
    memberships = Membership.objects.select_for_update().filter(project=project, user=by).order_by("pk").annotate(now=Now())
    times = dict(memberships.values_list("role", "now"))
    now = next((times[role] for role in project.rules.deciding_roles if role in times), None)
    if now is None:
        raise Refused(_("Only adjudicators of the project decide."))
    return now


def candidates(project: Project, by: User, task: int | None) -> Iterator[int]:
    """The tasks that can be taken, by ratings that may be a minute old; then once more by those of now.

    The second time shows that nothing is left: another claim may have taken a case and let it go.
    """
    if task is not None:
        yield task
        return
    for behind in (A_MINUTE, AT_ONCE):
        yield from offered(read_queue(project, behind=behind), project, by).tasks.tolist()


def take(project: Project, task: int, by: User) -> CaseReview | None:
    """Hold the case from now on; None when it does not wait for the adjudicator any more, or somebody else was quicker."""
    try:
        with transaction.atomic():
            now = lock_membership(project, by)
            lock_rounds(task)
            list(Adjudication.objects.select_for_update(of=("self",)).open().filter(task=task))
            waiting = offered(queue_of_task(project, task), project, by, task=task)
            if not len(waiting):
                return None
            return hold(open_round(waiting, now), project, by, now)
    except IntegrityError:  # another call made or took the case at the same time
        return None


def lock_rounds(task: int) -> None:
    """Let those who begin a round of the response wait for each other: the task is locked before its cases, against each other
    but not against rows that only refer to it. Whoever locks a case locks it alone, without the task that it is sorted by."""
    list(Task.objects.select_for_update(of=("self",), no_key=True).filter(pk=task))


def open_round(waiting: Queue, now: Time) -> Adjudication:
    """The task's open case, or a new round, with the criteria that wait now. A second decision is only what waits as one."""
    [task], [rubric], [criteria] = waiting.tasks.tolist(), waiting.rubrics.tolist(), waiting.criteria
    second = bool(waiting.seconds[0])
    cases = Adjudication.objects.filter(task=task)
    case = cases.open().first()
    if case is None:
        last = cases.aggregate(last=Max("round"))["last"] or 0
        case = Adjudication.objects.create(task_id=task, round=last + 1, second=second, started_at=now)
    elif case.second != second:  # it was left, and the rules or the scores have changed since
        case.second = second
        case.save(update_fields=["second"])
    asked = Criterion.objects.filter(rubric=rubric, key__in=criteria)
    ask(case, list(asked), disputed=bool(waiting.disputed[0]) or was_disputed(task))
    return case


def was_disputed(task: int) -> bool:
    """Whether an earlier case of the response was one in dispute: a second decision, or one after it was reopened, is too."""
    return Decision.objects.of_disputes().filter(adjudication__task=task).exists()


def ask(case: Adjudication, criteria: list[Criterion], *, disputed: bool) -> None:
    """Let the case ask these criteria: what is no longer in dispute leaves it, unless somebody has scored it blind."""
    before = {decision.criterion_id: decision for decision in case.decisions.all()}
    kept = {criterion.pk for criterion in criteria}
    if not case.reviews.filter(blind_at__isnull=False).exists():
        case.decisions.exclude(criterion__in=kept).delete()
    new = [criterion for criterion in criteria if criterion.pk not in before]
    Decision.objects.bulk_create(Decision(adjudication=case, criterion=criterion, disputed=disputed) for criterion in new)


def hold(case: Adjudication, project: Project, by: User, now: Time) -> CaseReview:
    """Raises IntegrityError where another adjudicator holds it."""
    lapsed_ones = CaseReview.objects.held().filter(adjudication=case, lease_expires_at__lt=now).exclude(adjudicator=by)
    for lapsed in lapsed_ones.select_for_update(of=("self",)):  # nobody renews it meanwhile
        end(lapsed, CaseReview.Ending.LAPSED, now)
        record(case, Event.Verb.CASE_LAPSED, project, lapsed.adjudicator)
    review, _created = CaseReview.objects.update_or_create(
        adjudication=case,
        adjudicator=by,
        defaults={"ended_at": None, "ending": "", "reason": "", "lease_expires_at": lease(project, now)},
        create_defaults={"project": project, "claimed_at": now, "lease_expires_at": lease(project, now)},
    )
    if review.revealed_at is None and saw_scores(case, project, by):
        review.revealed_at = now
        review.save(update_fields=["revealed_at"])
    record(case, Event.Verb.CASE_CLAIMED, project, by)
    return review


def record(case: Adjudication, verb: Event.Verb, project: Project, by: User | None, **data: Any) -> None:
    Event.objects.create(project=project, verb=verb, task_id=case.task_id, by=by, data={"round": case.round} | data)


def saw_scores(case: Adjudication, project: Project, by: User) -> bool:
    """Whether the scores of the response were revealed to the person before: in another round, or as a manager."""
    reviews = CaseReview.objects.filter(adjudication__task=case.task_id, adjudicator=by, revealed_at__isnull=False)
    return reviews.exists() or was_manager(project, by)


def end(review: CaseReview, ending: CaseReview.Ending, now: Time, reason: str = "") -> None:
    CaseReview.objects.filter(pk=review.pk).update(ended_at=now, ending=ending, lease_expires_at=None, reason=reason)


def renew(review: CaseReview, now: Time) -> CaseReview:
    review.lease_expires_at = lease(review.project, now)
    review.save(update_fields=["lease_expires_at"])
    return review
