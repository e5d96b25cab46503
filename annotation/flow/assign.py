"""Makes the tasks of new responses and their slots, in the order in which annotators get them."""

from collections import deque
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from django.db.models import Max

from annotation.flow.batches import batched
from annotation.flow.progress import ORDERING, Progress, silent
from annotation.models import Assignment, Project, Response, Task
from rubrics.models import Rubric

APART = 8  # slots between two responses to one query, where the block has enough others
BATCH = 900  # slots at once


class Slot(NamedTuple):
    task: int  # the task's index in its load
    number: int
    query: int


def make_tasks(*, project: Project, responses: list[Response], rubrics: dict[str, Rubric]) -> list[Task]:
    """A study task per response. make_slots must follow, once, for all tasks of a load."""
    return Task.objects.bulk_create(
        [Task(project=project, response=response, rubric=rubrics[response.query.category]) for response in responses]
    )


def make_slots(*, project: Project, tasks: list[int], queries: list[int], progress: Progress = silent) -> None:
    """Make `overlap` slots for each task, behind all slots of the project. `queries` has each task's query; both primary keys."""
    last = Assignment.objects.filter(project=project).aggregate(last=Max("position"))["last"] or 0
    order = seeded_order(queries=queries, overlap=project.overlap, block_size=project.block_size, seed=f"{project.seed}:{last}")
    done, total = 0, len(tasks) * project.overlap
    for slots in batched(order, BATCH):
        category_and_system = {
            pk: (category, system)
            for pk, category, system in Task.objects.filter(pk__in={tasks[slot.task] for slot in slots}).values_list(
                "pk", "response__query__category", "response__system"
            )
        }
        Assignment.objects.bulk_create(
            Assignment(
                task_id=tasks[slot.task],
                number=slot.number,
                project=project,
                category=category_and_system[tasks[slot.task]][0],
                system=category_and_system[tasks[slot.task]][1],
                position=position,
            )
            for position, slot in enumerate(slots, last + done + 1)
        )
        done += len(slots)
        progress(ORDERING, done, total)


def make_further_slots(*, project: Project, tasks: list[int]) -> list[Assignment]:
    """One more slot for each task (by primary key), after a dispute, behind all slots of the project. In a transaction.

    A task of which such a slot waits to be submitted gets none.
    """
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)  # loads make slots too: they take turns
    slots = Assignment.objects.filter(project=project)
    waiting = set(slots.further().filter(task__in=tasks).values_list("task", flat=True))
    last = slots.aggregate(last=Max("position"))["last"] or 0
    numbered = (
        Task.objects.filter(pk__in=set(tasks) - waiting)
        .annotate(last=Max("assignments__number"))
        .values_list("pk", "last", "response__query__category", "response__system")
    )
    return Assignment.objects.bulk_create(
        Assignment(
            task_id=pk,
            number=number + 1,
            reason=Assignment.Reason.AFTER_DISPUTE,
            project=project,
            category=category,
            system=system,
            position=position,
        )
        for position, (pk, number, category, system) in enumerate(sorted(numbered), last + 1)
    )


def seeded_order(*, queries: list[int], overlap: int, block_size: int, seed: str) -> Iterator[Slot]:
    """The slots in order, for tasks of which each is named by its query.

    The tasks are shuffled and cut into blocks, so that overlap fills early. Within a block each slot is shuffled by itself, so
    that no two annotators get the same order, and slots of one query stay APART as far as the block allows.
    """
    random = Random(seed)
    tasks = list(range(len(queries)))
    random.shuffle(tasks)
    recent: deque[int] = deque(maxlen=APART)
    for start in range(0, len(tasks), block_size):
        block = [
            Slot(task, number, queries[task]) for task in tasks[start : start + block_size] for number in range(1, overlap + 1)
        ]
        random.shuffle(block)
        while block:
            index = next((i for i, slot in enumerate(block) if slot.query not in recent), None)
            slot = block.pop(index if index is not None else least_recent(block, recent))
            recent.append(slot.query)
            yield slot


def least_recent(block: list[Slot], recent: deque[int]) -> int:
    """The index of the slot whose query came the longest ago."""
    age = {query: place for place, query in enumerate(recent)}
    return min(range(len(block)), key=lambda index: age[block[index].query])
