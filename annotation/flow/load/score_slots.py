"""The slots that imported annotations take: those that are open, or new ones."""

from collections import defaultdict
from collections.abc import Iterable

from annotation.models import Assignment, Draft, Project, Task, User

INDEPENDENT = (Assignment.Reason.INITIAL, Assignment.Reason.IMPORT)


def lock_slots(tasks: set[int]) -> dict[int, list[Assignment]]:
    """By task, the slots that are not submitted, in order of their number. From here on nobody claims or submits them."""
    waiting = Assignment.objects.filter(task__in=tasks, submitted_at=None).order_by("pk")
    slots: defaultdict[int, list[Assignment]] = defaultdict(list)
    for slot in sorted(waiting.select_for_update(of=("self",)), key=lambda slot: slot.number):
        slots[slot.task_id].append(slot)
    return slots


def free_slot(slots: list[Assignment], user: User) -> Assignment | None:
    """The slot that the person holds, else the first open one whose judgement agreement counts."""
    held = (slot for slot in slots if slot.annotator_id == user.pk)
    free = (slot for slot in slots if slot.annotator_id is None and slot.withdrawn_at is None and slot.reason in INDEPENDENT)
    return next(held, None) or next(free, None)


def new_slot(task: Task, *, project: Project, number: int, position: int) -> Assignment:
    return Assignment(
        task=task,
        number=number,
        reason=Assignment.Reason.IMPORT,
        project=project,
        category=task.response.query.category,
        system=task.response.system,
        position=position,
    )


def store_slots(slots: Iterable[Assignment]) -> None:
    """Insert the new slots, and update who submitted the others and when."""
    # an upsert is the one update of many rows to many values that neither grows with their square nor asks once a row
    changed = ["annotator", "claimed_at", "submitted_at", "lease_expires_at"]
    Assignment.objects.bulk_create(slots, update_conflicts=True, unique_fields=["id"], update_fields=changed)


def delete_drafts(slots: Iterable[Assignment]) -> None:
    """Delete the drafts of the slots' annotators, whose annotations are imported."""
    pairs = {(slot.task_id, slot.annotator_id) for slot in slots}
    drafts = Draft.objects.filter(task__in={task for task, _user in pairs}, annotator__in={user for _task, user in pairs})
    submitted = [pk for pk, *pair in drafts.values_list("pk", "task", "annotator") if tuple(pair) in pairs]
    if submitted:
        Draft.objects.filter(pk__in=submitted).delete()
