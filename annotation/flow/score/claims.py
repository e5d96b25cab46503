"""Finds and holds an annotator's next assignment. docs/claims.md says how a claim finds it."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest, Now
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import AlreadyDone, Refused
from annotation.flow.score.own import complete, own_assignment, submitted_by
from annotation.models import (
    Assignment,
    CaseReview,
    CohortCategory,
    CohortLanguage,
    DailyLimit,
    Event,
    Lapse,
    Membership,
    Participation,
    Project,
    Role,
    ScoringCategory,
    ScoringLanguage,
    Skip,
    Task,
    TiedSystem,
    User,
)
from annotation.models.assignments import AssignmentQuerySet as Slots
from annotation.models.tasks import scores_were_shown
from annotation.sql.compiled import CompiledQuery


@transaction.atomic
def claim(*, project: Project, by: User) -> Assignment | None:
    """The annotator's held slot, or else a new one, with its content and a fresh lease; None when nothing is left for them, or
    the project is closed.

    Raises Refused for anybody but the project's annotators.
    """
    limited = lock_membership(project, by)
    if (held := held_slot.first(project.pk, by.pk)) and renew_lease(held, project):
        return complete(held)
    if project.closed_at or (limited and day_is_full(project, by)):
        return None
    return next((complete(slot) for slot in candidates(project, by, limited=limited) if take(slot, project, by)), None)


def ahead(*, project: Project, by: User) -> Assignment | None:
    """The slot that the next claim will most likely give. A read: nothing is locked, held or renewed."""
    if project.closed_at:
        return None
    offers = (slots.allowed(by, project.pk) for slots in offered(project.pk, by.pk))
    first_slots = (slots.select_related("task__response__query", "task__rubric").first() for slots in offers)
    return next((slot for slot in first_slots if slot), None)


def day_is_full(project: Project, by: User) -> bool:
    """Whether the person has submitted as many responses today, by UTC, as their limit allows."""
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    most = DailyLimit.objects.of(by, project).values_list("most", flat=True).first()
    if most is None:
        return False
    submitted = Assignment.objects.claimed().filter(project=project, annotator=by, submitted_at__gte=today)
    return submitted.count() >= int(most)


def is_limited(project: Project, by: User) -> bool:
    """Whether categories, languages or systems of the person or of their cohort exclude responses."""
    limits: tuple[Any, ...] = (ScoringCategory, ScoringLanguage, CohortCategory, CohortLanguage, TiedSystem)
    return any(model.objects.of(by, project).exists() for model in limits)


class Progress(NamedTuple):
    """`left` is the most that can still come to the person, the response in hand among them."""

    done: int
    left: int


def progress(*, project: Project, by: User) -> Progress:
    """The person's own count in one project."""
    return progress_in([project.pk], by=by)[project.pk]


def progress_in(projects: Iterable[int], *, by: User) -> dict[int, Progress]:
    """The person's own count in each project, by its primary key. One query, whose counts indexes answer: exactly what is left
    would take a look at every slot."""
    of_project = {"project": OuterRef("pk")}
    slots, skips = Assignment.objects.filter(**of_project), Skip.objects.filter(**of_project, annotator=by)
    own = slots.filter(annotator=by)
    tasks = Task.objects.filter(**of_project)
    numbers = {"done": own.submitted(), "skipped": skips, "tasks": tasks, "open": slots.open(), "held": slots.held()}
    rows = Project.objects.filter(pk__in=projects).values_list("pk", *(counted(rows) for rows in numbers.values()))
    return {
        project: Progress(done, most_left(tasks=in_all, done=done, skipped=skipped, free=free + held))
        for project, done, skipped, in_all, free, held in rows
    }


def most_left(*, tasks: int, done: int, skipped: int, free: int) -> int:
    """Of so many tasks; `free` are the slots that are open, or held by anybody."""
    return max(0, min(tasks - done - skipped, free))


def counted(rows: QuerySet[Any]) -> Coalesce:
    """The number of the rows of one project, as part of another query."""
    return Coalesce(Subquery(rows.order_by().values("project").annotate(number=Count("pk")).values("number")), 0)


def elsewhere(*, project: Project, by: User) -> int:
    """How many responses that could come to the person are in the hands of others."""
    slots = Assignment.objects.filter(project=project).of_tasks_new_to(by).allowed(by, project.pk).held()
    return slots.order_by().values("task").distinct().count()


@transaction.atomic
def take_up(*, assignment: int | Assignment, by: User) -> Assignment:
    """Hold the task of a lost assignment again, in any slot of it that is free, and go on from its draft.

    Raises AlreadyDone, Refused (no slot is free, or another response is open), Assignment.DoesNotExist.
    """
    slot = own_assignment(assignment, by)
    lock_membership(slot.project, by)
    if submitted_by(slot, by):
        raise AlreadyDone(_("You have submitted this response already."))
    if held := held_slot.first(slot.project_id, by.pk):
        if held.task_id != slot.task_id:
            raise Refused(_("You have another response open. Submit or skip it first, then take this one up."))
        if renew_lease(held, slot.project):
            return complete(held)
    if slot.project.closed_at:
        raise Refused(_("The project is closed: no more responses are given out. What you wrote is kept."))
    for free in (first for slots in free_slots(slot, by) for first in first_of(slots, skip_locked=False)):
        if take(free, slot.project, by):
            Skip.objects.filter(task=slot.task_id, annotator=by).delete()  # that it was skipped stays among the events
            return complete(free)
    raise Refused(_("This response is not free now: others score it or have scored it. What you wrote is kept."))


def free_slots(slot: Assignment, by: User) -> tuple[Slots, ...]:
    """The slots of the same task that can be taken: open ones, this one first, and those whose lease has run out; none where the
    person was shown others' scores of the response, has had a part in adjudicating it, or their limits exclude it."""
    decided = CaseReview.objects.filter(adjudication__task=OuterRef("task"), adjudicator=by)
    slots = Assignment.objects.filter(~scores_were_shown(by), ~Exists(decided), task=slot.task_id).allowed(by)
    this_first = Case(When(pk=slot.pk, then=0), default=1)
    return slots.open().order_by(this_first, "number"), slots.held().filter(lease_expires_at__lt=Now()).order_by(
        "lease_expires_at"
    )


def lock_membership(project: Project, by: User) -> bool:
    """Let the annotator's calls wait for each other; whether they have limits. Raises Refused for anybody but an annotator of the
    project."""
    limited = locked_membership.first(project.pk, by.pk)
    if limited is None:
        raise Refused(_("Only annotators of the project score."))
    return bool(limited)


@CompiledQuery
def locked_membership(project: int, by: int) -> QuerySet[Membership, Any]:
    memberships = Membership.objects.select_for_update(of=("self",)).filter(project=project, user=by, role=Role.ANNOTATOR)
    of_person = Participation.objects.filter(project=OuterRef("project"), user=OuterRef("user"))
    of_cohort = ("cohort_member__cohort__categories", "cohort_member__cohort__languages")
    limits = ("daily_limit", "categories", "languages", "tied_systems", *of_cohort)
    has_any = reduce(or_, (Q(**{f"{name}__isnull": False}) for name in limits))
    return memberships.order_by().annotate(limited=Exists(of_person.filter(has_any))).values_list("limited", flat=True)


@CompiledQuery
def held_slot(project: int, by: int) -> QuerySet[Assignment]:
    return Assignment.objects.with_content().held().filter(project=project, annotator=by).order_by().annotate(now=Now())


def offered(project: int, by: int) -> tuple[Slots, ...]:
    """Of the tasks that are new to the annotator: the open slots after their place, the slots whose lease has run out, the
    slots before their place that were given back, and all open slots.
    """
    slots = Assignment.objects.filter(project=project).of_tasks_new_to(by)
    place = place_of(project, by)
    return (
        slots.open().filter(position__gt=place).order_by("position"),
        slots.held().filter(lease_expires_at__lt=Now()).order_by("lease_expires_at"),
        slots.open().filter(position__lte=place, reopened_at__isnull=False).order_by("position"),
        slots.open().order_by("position"),
    )


def place_of(project: int, by: int) -> Greatest:
    """The greatest position among the annotator's own claims and skips: every open slot before it was offered to them.

    What was imported for them lies anywhere in the order, and says nothing of what was offered.
    """
    last_positions = [
        rows.filter(project=project, annotator=by).order_by("-position").values("position")[:1]
        for rows in (Assignment.objects.claimed(), Skip.objects.all())
    ]
    return Greatest(*(Coalesce(Subquery(position), 0) for position in last_positions))


def first_of(slots: Slots, *, skip_locked: bool) -> QuerySet[Assignment]:
    """The first slot, locked, with its content and the time by the database's clock."""
    return slots.with_content().select_for_update(of=("self",), skip_locked=skip_locked).annotate(now=Now())[:1]


def first_of_offered(place: int, *, skip_locked: bool, limited: bool) -> CompiledQuery[Assignment]:
    """The first of the slots at that place of `offered`, within the person's limits where they have any."""

    def first(project: int, by: int) -> QuerySet[Assignment]:
        slots = offered(project, by)[place]
        return first_of(slots.allowed(by, project) if limited else slots, skip_locked=skip_locked)

    return CompiledQuery(first)


# in the order in which a claim asks them, by whether the person has limits
FIRST = {limited: [first_of_offered(place, skip_locked=True, limited=limited) for place in range(4)] for limited in (False, True)}
FIRST_WAITING = {
    limited: [first_of_offered(place, skip_locked=False, limited=limited) for place in (3, 1)] for limited in (False, True)
}


def candidates(project: Project, by: User, *, limited: bool) -> Iterator[Assignment]:
    """The slots that can be taken, one query after the other."""
    queries = FIRST[limited]
    if connection.features.has_select_for_update:
        # Another claim may have locked the last slots and let them go: only a query that waits for locks shows that none is left.
        queries = queries + FIRST_WAITING[limited]
    for query in queries:
        yield from query(project.pk, by.pk)


def take(slot: Any, project: Project, by: User) -> bool:
    """Hold the slot from now on; False when somebody else was quicker."""
    former_annotator, former_claim = slot.annotator_id, slot.claimed_at
    slot.annotator, slot.claimed_at, slot.lease_expires_at = by, slot.now, lease(project, slot.now)
    taken = Assignment.objects.filter(pk=slot.pk, annotator=former_annotator, submitted_at=None).update(
        annotator=by, claimed_at=slot.claimed_at, lease_expires_at=slot.lease_expires_at
    )
    if taken != 1:  # SQLite has no row locks: there this is the claim
        return False
    if former_annotator is not None:
        Lapse.objects.get_or_create(assignment=slot, annotator_id=former_annotator, defaults={"lapsed_at": timezone.now()})
        data = {"annotator": former_annotator, "claimed_at": former_claim.isoformat()}  # the slot is another's now
        Event.objects.create(project=project, verb=Event.Verb.LEASE_LAPSED, task_id=slot.task_id, by=by, data=data)
    return True


def renew_lease(slot: Any, project: Project) -> bool:
    """False when the slot was submitted, given back or taken by somebody else since it was read."""
    slot.lease_expires_at = lease(project, slot.now)
    held = Assignment.objects.held().filter(pk=slot.pk, annotator=slot.annotator_id)
    return held.update(lease_expires_at=slot.lease_expires_at) == 1


def lease(project: Project, now: Any) -> Any:
    """The end of a lease that begins `now`, by the database's clock: Now() in a query, or the value that a query returned."""
    return now + timedelta(minutes=project.lease_minutes)
