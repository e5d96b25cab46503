"""Withdraws the slots that a task has beyond the judgements that its project asks for, as far as nobody holds or has submitted
them: the overlap was lowered, or what had been held then is given back."""

from collections.abc import Collection
from typing import Any

from django.db.models import F
from django.utils import timezone

from annotation.models import Assignment, Task


def withdraw_surplus(tasks: Collection[int]) -> int:
    """The highest numbers first; how many slots were withdrawn. In a transaction.

    The tasks that have too many are locked before the look that counts: else two who give slots of one task back at once would
    each withdraw one. A claim, which locks no task, may take a slot between the look and the withdrawal: then there is another
    look, until none is left to withdraw.
    """
    if not (crowded := list(with_surplus(tasks).values_list("pk", flat=True))):
        return 0
    list(Task.objects.select_for_update(no_key=True).filter(pk__in=crowded).order_by("pk").values_list("pk"))
    withdrawn = 0
    while slots := surplus_slots(crowded):
        open_slots = Assignment.objects.open().filter(pk__in=slots)
        withdrawn += open_slots.update(withdrawn_at=timezone.now())
    return withdrawn


def with_surplus(tasks: Collection[int]) -> Any:
    study = Task.objects.filter(pk__in=tasks, kind=Task.Kind.STUDY, response__query__dropped_at=None)
    return study.with_overlap().filter(slots__gt=F("wanted")).order_by()


def surplus_slots(tasks: Collection[int]) -> list[int]:
    """The primary keys of open slots that go: of each task as many as it has too many."""
    surplus = dict(with_surplus(tasks).values_list("pk", F("slots") - F("wanted")))
    chosen = []
    open_slots = Assignment.objects.open().independent().filter(task__in=surplus).order_by("task", "-number")
    for pk, task in open_slots.values_list("pk", "task"):
        if surplus[task]:
            surplus[task] -= 1
            chosen.append(pk)
    return chosen
