"""Withdraws the slots that a task has beyond the judgements that its project asks for, as far as nobody holds or has submitted
them: the overlap was lowered, or what had been held then is given back."""

from collections.abc import Collection

from django.db.models import F
from django.utils import timezone

from annotation.models import Assignment, Task


def withdraw_surplus(tasks: Collection[int]) -> int:
    """The highest numbers first; how many slots were withdrawn. In a transaction.

    A claim may take a slot between the look and the withdrawal: then there is another look, until none is left to withdraw.
    """
    withdrawn = 0
    while slots := surplus_slots(tasks):
        open_slots = Assignment.objects.open().filter(pk__in=slots)
        withdrawn += open_slots.update(withdrawn_at=timezone.now())
    return withdrawn


def surplus_slots(tasks: Collection[int]) -> list[int]:
    """The primary keys of open slots that go: of each task as many as it has too many."""
    surplus = dict(
        Task.objects.filter(pk__in=tasks, kind=Task.Kind.STUDY, response__query__dropped_at=None)
        .with_overlap()
        .filter(slots__gt=F("wanted"))
        .order_by()
        .values_list("pk", F("slots") - F("wanted"))
    )
    chosen = []
    open_slots = Assignment.objects.open().independent().filter(task__in=surplus).order_by("task", "-number")
    for pk, task in open_slots.values_list("pk", "task"):
        if surplus[task]:
            surplus[task] -= 1
            chosen.append(pk)
    return chosen
