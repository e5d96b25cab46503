"""Claims a slot, keeps drafts, takes the judgement, takes a slot back. docs/claims.md says how a claim finds its slot."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest, Now
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.flow import drafts, judgement
from annotation.flow.errors import AlreadyDone, Invalid, NoLongerYours, Refused
from annotation.flow.judgement import Judgement
from annotation.flow.prepared import Prepared
from annotation.models import (
    Annotation,
    Assignment,
    Concern,
    Draft,
    ErrorMark,
    Event,
    Lapse,
    Look,
    Membership,
    Note,
    Project,
    Revision,
    Role,
    Score,
    Skip,
    User,
)
from annotation.models.tasks import AssignmentQuerySet as Slots
from rubrics.whole import whole

LONGEST_REASON = 2_000


@dataclass(frozen=True)
class Sent:
    """A judgement that is complete, as it came in for a slot."""

    slot: Assignment
    by: User
    said: Judgement
    submitted_at: datetime
    idempotency_key: str | None = None


@transaction.atomic
def claim(*, project: Project, by: User) -> Assignment | None:
    """The annotator's held slot, or else a new one, with a fresh lease; None when nothing is left for them."""
    lock_membership(project, by)
    if (mine := held_slot.first(project.pk, by.pk)) and renew_lease(mine, project):
        return mine
    return next((slot for slot in candidates(project, by) if take(slot, project, by)), None)


def ahead(*, project: Project, by: User) -> Assignment | None:
    """The slot that the next claim will most likely give. A read: nothing is locked, held or renewed."""
    found = (slots.select_related("task__response__query", "task__rubric").first() for slots in offered(project.pk, by.pk))
    return next((slot for slot in found if slot), None)


@transaction.atomic
def take_up(*, assignment: int, by: User) -> Assignment:
    """Hold a task again that was given back or lost, to go on with what was kept of it; any free slot of it will do.

    Raises AlreadyDone, Refused (nothing of it is free, or another response is open), Assignment.DoesNotExist.
    """
    slot = find(assignment, by)
    lock_membership(slot.project, by)
    if submitted_by(slot, by):
        raise AlreadyDone(_("You have submitted this response already."))
    if mine := held_slot.first(slot.project_id, by.pk):
        if mine.task_id != slot.task_id:
            raise Refused(_("You have another response open. Submit or skip it first, then take this one up."))
        if renew_lease(mine, slot.project):
            return mine
    for taken in (found for slots in free(slot) for found in first_of(slots, skip_locked=False)):
        if take(taken, slot.project, by):
            Skip.objects.filter(task=slot.task_id, annotator=by).delete()  # that it was skipped stays among the events
            return taken
    raise Refused(_("This response is not free now: others score it or have scored it. What you wrote is kept."))


def free(slot: Assignment) -> tuple[Slots, ...]:
    """The slots of the same task that can be had: open ones, this one first, and those whose lease has run out."""
    slots = Assignment.objects.filter(task=slot.task_id)
    this_first = Case(When(pk=slot.pk, then=0), default=1)
    return slots.open().order_by(this_first, "number"), slots.held().filter(lease_expires_at__lt=Now()).order_by(
        "lease_expires_at"
    )


def lock_membership(project: Project, by: User) -> None:
    """An annotator's calls take turns. Raises Refused for anybody else."""
    if not locked_membership(project.pk, by.pk):
        raise Refused(_("Only annotators of the project score."))


@Prepared
def locked_membership(project: int, by: int) -> QuerySet[Membership, Any]:
    """An annotator's calls take turns."""
    memberships = Membership.objects.select_for_update().filter(project=project, user=by, role=Role.ANNOTATOR)
    return memberships.order_by().values_list("pk", flat=True)


@Prepared
def held_slot(project: int, by: int) -> QuerySet[Assignment]:
    return Assignment.objects.held().filter(project=project, annotator=by).order_by().annotate(now=Now())


def offered(project: int, by: int) -> tuple[Slots, ...]:
    """Of the tasks that are new to the annotator: what comes next, what a lease ran out of, what was given back, what is open."""
    slots = Assignment.objects.filter(project=project).of_tasks_new_to(by)
    place = place_of(project, by)
    return (
        slots.open().filter(position__gt=place).order_by("position"),
        slots.held().filter(lease_expires_at__lt=Now()).order_by("lease_expires_at"),
        slots.open().filter(position__lte=place, reopened_at__isnull=False).order_by("position"),
        slots.open().order_by("position"),
    )


@Prepared
def slot_ahead(project: int, by: int) -> QuerySet[Assignment]:
    return first_of(offered(project, by)[0], skip_locked=True)


def place_of(project: int, by: int) -> Greatest:
    """The greatest position among the annotator's own slots and skips: everything before it was theirs to take."""
    last = [
        rows.filter(project=project, annotator=by).order_by("-position").values("position")[:1]
        for rows in (Assignment.objects.all(), Skip.objects.all())
    ]
    return Greatest(*(Coalesce(Subquery(position), 0) for position in last))


def first_of(slots: QuerySet[Assignment], *, skip_locked: bool) -> QuerySet[Assignment]:
    """Locked, and with the time by the database's clock."""
    return slots.select_for_update(of=("self",), skip_locked=skip_locked).annotate(now=Now())[:1]


def candidates(project: Project, by: User) -> Iterator[Assignment]:
    """What there is to take, one place to look at after the other."""
    yield from slot_ahead(project.pk, by.pk)
    _ahead, lapsed, behind, rest = offered(project.pk, by.pk)
    yield from first_of(lapsed, skip_locked=True)
    yield from first_of(behind, skip_locked=True)
    # Somebody may have held the lock of the last ones and let go: only a look that waits may say that nothing is left.
    yield from first_of(rest, skip_locked=False)
    yield from first_of(lapsed, skip_locked=False)


def take(slot: Any, project: Project, by: User) -> bool:
    """Hold it from now on; False when somebody else was quicker."""
    before = slot.annotator_id
    slot.annotator, slot.claimed_at, slot.lease_expires_at = by, slot.now, lease(project, slot.now)
    taken = Assignment.objects.filter(pk=slot.pk, annotator=before, submitted_at=None).update(
        annotator=by, claimed_at=slot.claimed_at, lease_expires_at=slot.lease_expires_at
    )
    if taken != 1:  # SQLite has no row locks: there this is the claim
        return False
    if before is not None:
        Lapse.objects.get_or_create(assignment=slot, annotator_id=before, defaults={"lapsed_at": timezone.now()})
        Event.objects.create(project=project, verb=Event.Verb.LEASE_LAPSED, task_id=slot.task_id, by=by)
    return True


def renew_lease(slot: Any, project: Project) -> bool:
    """False when it was submitted, given back or taken by somebody else since it was looked at."""
    slot.lease_expires_at = lease(project, slot.now)
    held = Assignment.objects.held().filter(pk=slot.pk, annotator=slot.annotator_id)
    return held.update(lease_expires_at=slot.lease_expires_at) == 1


def lease(project: Project, now: Any) -> Any:
    """When a lease ends that begins now, which is the database's clock: Now() inside a query, or what a query said."""
    return now + timedelta(minutes=project.lease_minutes)


def save_draft(*, assignment: int, by: User, body: Any, page: drafts.Page = drafts.ANY) -> Draft:
    """Keep unsent work and renew the lease.

    Raises Invalid, NoLongerYours (the work is kept), Overtaken (nothing is overwritten), Assignment.DoesNotExist.
    """
    slot = find(assignment, by)
    said = judgement.read(slot.task, body, complete=False)
    with transaction.atomic():
        held = Assignment.objects.held().filter(pk=slot.pk, annotator=by)
        still_mine = held.update(lease_expires_at=lease(slot.project, Now())) == 1
        if still_mine or not submitted_by(slot, by):
            draft = drafts.keep(slot, by, said, page)
    if not still_mine:
        raise lost(slot, by)
    return draft


def submit(
    *, assignment: int, by: User, body: Any, idempotency_key: str | None = None, page: drafts.Page = drafts.ANY
) -> tuple[Revision, bool]:
    """Take the independent judgement: its revision, and whether it is new (not when the same key comes again).

    Raises Invalid, NoLongerYours (what was sent is kept as a draft), Overtaken (another page's draft stands), AlreadyDone,
    Assignment.DoesNotExist.
    """
    check_key(idempotency_key)
    slot = find(assignment, by)
    if first := sent_before(slot, by, idempotency_key):
        return first, False
    said = judgement.read(slot.task, body, complete=True)
    with transaction.atomic():
        held = Assignment.objects.held().filter(pk=slot.pk, annotator=by)
        now = timezone.now()
        if still_mine := held.update(submitted_at=now, lease_expires_at=None) == 1:
            drafts.drop(slot, by, said, page)
            [revision] = store([Sent(slot, by, said, now, idempotency_key)])
        elif not submitted_by(slot, by):
            drafts.keep(slot, by, said, page)
    if still_mine:
        return revision, True
    if first := sent_before(slot, by, idempotency_key):  # the same request was under way twice
        return first, False
    raise lost(slot, by)


def check_key(idempotency_key: str | None) -> None:
    if idempotency_key is not None and (len(idempotency_key) > 200 or "\0" in idempotency_key):
        raise Invalid({"Idempotency-Key": _("expected at most 200 characters")})


def store(sent: Sequence[Sent]) -> list[Revision]:
    """The first judgements, in three queries and one for each kind of mark; what their slots say of them is the caller's."""
    annotations = Annotation.objects.bulk_create(
        [Annotation(task_id=one.slot.task_id, annotator=one.by, assignment=one.slot) for one in sent]
    )
    return store_revisions([(annotation, 1, one) for annotation, one in zip(annotations, sent, strict=True)])


def store_revisions(numbered: Sequence[tuple[Annotation, int, Sent]]) -> list[Revision]:
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                annotation=annotation,
                number=number,
                feedback=one.said.feedback,
                holistic=one.said.holistic,
                active_seconds=one.said.active_seconds,
                submitted_at=one.submitted_at,
                idempotency_key=one.idempotency_key,
            )
            for annotation, number, one in numbered
        ]
    )
    said = [(revision, one.said) for revision, (_annotation, _number, one) in zip(revisions, numbered, strict=True)]
    Score.objects.bulk_create(
        [
            Score(
                revision_id=revision.pk,
                criterion_id=criterion.pk,
                level_id=level.pk if level else None,
                not_applicable=na,
                confidence=one.marks.confidence.get(criterion) if level else None,
            )
            for revision, one in said
            for criterion, level, na in one.answers()
        ]
    )
    rows = [row for revision, one in said for row in one.marks.rows(revision)]
    for model in (Note, ErrorMark, Look):
        if of_model := [row for row in rows if isinstance(row, model)]:
            model.objects.bulk_create(of_model)  # type: ignore[arg-type]
    return revisions


def sent_before(slot: Assignment, by: User, idempotency_key: str | None) -> Revision | None:
    if idempotency_key is None:
        return None
    return Revision.objects.filter(annotation__assignment=slot, annotation__annotator=by, idempotency_key=idempotency_key).first()


def skip(*, assignment: int, by: User, reason: Any, kind: Any = None) -> None:
    """Give the slot back for somebody else, with the draft kept; a `kind` of Concern needs no words but for "other".

    Raises Invalid, NoLongerYours, Assignment.DoesNotExist.
    """
    slot = find(assignment, by)
    kind, reason = read_concern(Concern.OTHER if kind is None else kind, reason, {"kind": "kind", "note": "reason"})
    with transaction.atomic():
        now = timezone.now()
        given_back = (
            Assignment.objects.held()
            .filter(pk=slot.pk, annotator=by)
            .update(annotator=None, claimed_at=None, lease_expires_at=None, reopened_at=now)
        )
        if given_back:
            Skip.objects.create(
                task_id=slot.task_id,
                assignment=slot,
                project=slot.project,
                annotator=by,
                position=slot.position,
                kind=kind,
                reason=reason,
                skipped_at=now,
            )
            Event.objects.create(
                project=slot.project, verb=Event.Verb.SKIPPED, task_id=slot.task_id, by=by, data={"kind": kind, "reason": reason}
            )
    if not given_back:
        raise lost(slot, by)


def read_concern(kind: Any, note: Any, names: Mapping[str, str]) -> tuple[str, str]:
    """Why a response is skipped or flagged: one of Concern, and words, which only "other" must have. Raises Invalid."""
    if kind in ("", None):
        raise Invalid({names["kind"]: _("choose a reason")})
    if kind not in Concern.values:
        raise Invalid({names["kind"]: _("expected %(known)s") % {"known": ", ".join(Concern.values)}})
    note = "" if note is None else note
    if kind == Concern.OTHER and isinstance(note, str) and not note.strip():
        raise Invalid({names["note"]: _("say in words what it is")})
    if not isinstance(note, str) or len(note) > LONGEST_REASON or "\0" in note:
        raise Invalid(
            {names["note"]: _("expected a text of at most %(longest)s characters") % {"longest": f"{LONGEST_REASON:,}"}}
        )
    return str(kind), note.strip()


def find(assignment: int, by: User) -> Assignment:
    """The slot, if it is or was the annotator's: anything else does not exist for them."""
    slot = own_slot.first(assignment, by.pk) or Assignment.objects.with_content().once_held_by(by).get(pk=assignment)
    slot.task.rubric = whole(slot.task.rubric)
    slot.task.project = slot.project
    return slot


@Prepared
def own_slot(assignment: int, by: int) -> QuerySet[Assignment]:
    return Assignment.objects.with_content().for_annotator(by).filter(pk=assignment).order_by()


def submitted_by(slot: Assignment, by: User) -> bool:
    return Assignment.objects.submitted().filter(task_id=slot.task_id, annotator=by).exists()


def lost(slot: Assignment, by: User) -> Refused:
    if submitted_by(slot, by):
        return AlreadyDone(_("You have submitted this response already."))
    return NoLongerYours(_("This response is no longer yours: it was given back, or its lease ran out. Your work is kept."))
