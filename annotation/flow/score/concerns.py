"""Skips a response, which gives its slot back with a reason, and flags one for the project's managers."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import AlreadyDone, ValidationError
from annotation.fields import is_empty, text_fault
from annotation.flow.score.claims import locked_membership
from annotation.flow.score.own import lost_error, own_assignment
from annotation.flow.score.surplus import withdraw_surplus
from annotation.limits import LONGEST_CONCERN
from annotation.models import Assignment, Concern, Event, Flag, Skip, User


def raise_flag(*, assignment: int | Assignment, by: User, kind: Any, note: Any = "") -> Flag:
    """Ask the managers to look at the response. An open flag of the same kind gets the newer note.

    Raises ValidationError, Assignment.DoesNotExist.
    """
    slot = own_assignment(assignment, by)
    kind, note = read_concern(kind, note, {"kind": "kind", "note": "note"})
    with transaction.atomic():
        same = Flag.objects.open().filter(task_id=slot.task_id, annotator=by, kind=kind)
        before = same.select_for_update().values_list("note", flat=True).first()
        flag, new = Flag.objects.update_or_create(
            task_id=slot.task_id,
            annotator=by,
            kind=kind,
            settled_at=None,
            defaults={"note": note},
            create_defaults={"project": slot.project, "note": note, "raised_at": timezone.now()},
        )
        if new:
            Event.objects.create(
                project=slot.project, verb=Event.Verb.FLAGGED, task_id=slot.task_id, by=by, data={"kind": kind, "note": note}
            )
        elif before != note:
            data = {"kind": kind, "note": [before, note]}
            Event.objects.create(project=slot.project, verb=Event.Verb.FLAG_REWORDED, task_id=slot.task_id, by=by, data=data)
    return flag


@transaction.atomic
def settle(*, flag: Flag, by: User) -> Flag:
    """Close a flag that the managers have dealt with. Raises AlreadyDone."""
    now = timezone.now()
    if Flag.objects.open().filter(pk=flag.pk).update(settled_at=now, settled_by=by) != 1:
        raise AlreadyDone(_("This flag is settled already."))
    Event.objects.create(
        project=flag.project, verb=Event.Verb.FLAG_SETTLED, task_id=flag.task_id, by=by, data={"kind": flag.kind}
    )
    flag.refresh_from_db()
    return flag


def skip(*, assignment: int | Assignment, by: User, reason: Any, kind: Any = None) -> None:
    """Give the slot back for somebody else; the draft stays. Only the kind "other", the default, needs a reason in words.

    Raises ValidationError, NoLongerYours, AlreadyDone, Assignment.DoesNotExist.
    """
    slot = own_assignment(assignment, by)
    kind, reason = read_concern(Concern.OTHER if kind is None else kind, reason, {"kind": "kind", "note": "reason"})
    with transaction.atomic():
        locked_membership.first(slot.project_id, by.pk)  # while it is locked, the overlap does not change
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
            assert slot.claimed_at  # it was held, and the row forgets since when
            data = {"kind": kind, "reason": reason, "claimed_at": slot.claimed_at.isoformat()}
            Event.objects.create(project=slot.project, verb=Event.Verb.SKIPPED, task_id=slot.task_id, by=by, data=data)
            withdraw_surplus([slot.task_id])
    if not given_back:
        raise lost_error(slot, by)


def read_concern(kind: Any, note: Any, fields: Mapping[str, str]) -> tuple[str, str]:
    """Why a response is skipped or flagged: a Concern, and a note in words, which only "other" needs.

    `fields` names the fields of `kind` and `note` as the caller knows them. Raises ValidationError.
    """
    if kind in ("", None):
        raise ValidationError({fields["kind"]: _("choose a reason")})
    if kind not in Concern.values:
        raise ValidationError({fields["kind"]: _("expected %(known)s") % {"known": ", ".join(Concern.values)}})
    note = "" if note is None else note
    if kind == Concern.OTHER and is_empty(note):
        raise ValidationError({fields["note"]: _("say in words what it is")})
    if fault := text_fault(note, LONGEST_CONCERN):
        raise ValidationError({fields["note"]: fault})
    return str(kind), note.strip()
