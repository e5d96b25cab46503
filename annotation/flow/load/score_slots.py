"""The slots that imported annotations take."""

from collections import defaultdict

from annotation.flow.load.score_annotations import ImportedAnnotation
from annotation.flow.load.score_report import Loading
from annotation.flow.score.store import NewRevision
from annotation.models import Assignment, Draft, Task, User

INDEPENDENT = (Assignment.Reason.INITIAL, Assignment.Reason.IMPORT)


def lock_slots(found: list[ImportedAnnotation]) -> dict[int, list[Assignment]]:
    """The slots of each task that are not submitted, by number. Nobody claims them or submits from here on."""
    tasks = {one.task.pk for one in found}
    waiting = Assignment.objects.filter(task__in=tasks, submitted_at=None).order_by("pk")
    slots: defaultdict[int, list[Assignment]] = defaultdict(list)
    for slot in sorted(waiting.select_for_update(of=("self",)), key=lambda slot: slot.number):
        slots[slot.task_id].append(slot)
    return slots


def free_slot(slots: list[Assignment], user: User) -> Assignment | None:
    """The person's own held slot, else the first open one whose judgement agreement counts."""
    mine = (slot for slot in slots if slot.annotator_id == user.pk)
    free = (slot for slot in slots if slot.annotator_id is None and slot.withdrawn_at is None and slot.reason in INDEPENDENT)
    return next(mine, None) or next(free, None)


def new_slot(task: Task, highest: dict[int, int], loading: Loading) -> Assignment:
    loading.report.slots += 1
    loading.last += 1
    highest[task.pk] = highest.get(task.pk, 0) + 1
    return Assignment(
        task=task,
        number=highest[task.pk],
        reason=Assignment.Reason.IMPORT,
        project=loading.project,
        category=task.response.query.category,
        system=task.response.system,
        position=loading.last,
    )


def drop_drafts(sent: list[NewRevision]) -> None:
    pairs = {(one.slot.task_id, one.by.pk) for one in sent}
    drafts = Draft.objects.filter(task__in={task for task, _user in pairs}, annotator__in={user for _task, user in pairs})
    done = [pk for pk, *pair in drafts.values_list("pk", "task", "annotator") if tuple(pair) in pairs]
    if done:
        Draft.objects.filter(pk__in=done).delete()
