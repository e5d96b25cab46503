"""Gives back what people hold without their doing: their membership ended, or the project goes into the archive."""

from django.utils import timezone

from annotation.flow.score.surplus import withdraw_surplus
from annotation.models import Assignment, Event, Lapse, User
from annotation.models.assignments import AssignmentQuerySet


def give_back_slots(slots: AssignmentQuerySet, by: User | None) -> None:
    """Open the slots, which are held. Drafts are kept, and a late submission is told why it is refused. In a transaction."""
    now = timezone.now()
    for slot in slots.select_for_update(of=("self",)):
        held = Assignment.objects.held().filter(pk=slot.pk, annotator=slot.annotator_id)
        given_back = held.update(annotator=None, claimed_at=None, lease_expires_at=None, reopened_at=now)
        if given_back and slot.claimed_at:
            Lapse.objects.get_or_create(assignment=slot, annotator_id=slot.annotator_id, defaults={"lapsed_at": now})
            data = {"annotator": slot.annotator_id, "claimed_at": slot.claimed_at.isoformat()}
            verb = Event.Verb.GIVEN_BACK
            Event.objects.create(project_id=slot.project_id, verb=verb, task_id=slot.task_id, by=by, data=data)
            withdraw_surplus([slot.task_id])
