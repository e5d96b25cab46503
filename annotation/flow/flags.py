"""Takes an annotator's flag on a response to the project's managers, and back off it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.flow import score
from annotation.flow.errors import AlreadyDone
from annotation.flow.score import read_concern
from annotation.models import Event, Flag, User


def raise_flag(*, assignment: int, by: User, kind: Any, note: Any = "") -> Flag:
    """Ask the managers to look. Said again, the open flag stays with the newer note. Raises Invalid, Assignment.DoesNotExist."""
    slot = score.find(assignment, by)
    kind, note = read_concern(kind, note, {"kind": "kind", "note": "note"})
    with transaction.atomic():
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
    return flag


@transaction.atomic
def settle(*, flag: Flag, by: User) -> Flag:
    """The managers have seen to it. Raises AlreadyDone."""
    now = timezone.now()
    if Flag.objects.open().filter(pk=flag.pk).update(settled_at=now, settled_by=by) != 1:
        raise AlreadyDone(_("This flag is settled already."))
    Event.objects.create(
        project=flag.project, verb=Event.Verb.FLAG_SETTLED, task_id=flag.task_id, by=by, data={"kind": flag.kind}
    )
    flag.refresh_from_db()
    return flag
