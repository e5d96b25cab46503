"""Makes the slots of new tasks, in the order in which annotators get them, and further ones after a dispute."""

from collections import deque
from collections.abc import Iterator, Sequence
from random import Random
from sys import intern
from typing import NamedTuple, Self

from django.db.models import Max

from annotation.flow.batches import batched
from annotation.flow.progress import ORDERING, Progress, silent
from annotation.models import Assignment, Project, Task

APART = 8  # slots between two responses to one query, where the block has enough others
BATCH = 2_000  # slots at once


class Slot(NamedTuple):
    task: int  # the task's index in its load
    number: int
    query: int


class NewTask(NamedTuple):
    """What the slots of a task are made from; task and query are primary keys."""

    task: int
    query: int
    category: str
    system: str

    @classmethod
    def of(cls, task: Task) -> Self:
        response = task.response
        return cls(task.pk, response.query_id, intern(response.query.category), intern(response.system))


def last_position(project: Project) -> int:
    return Assignment.objects.filter(project=project).aggregate(last=Max("position"))["last"] or 0


def initial_slots(*, project: Project, tasks: Sequence[NewTask], progress: Progress = silent) -> Iterator[list[Assignment]]:
    """Make `overlap` slots for each task, in their order from position 1; the caller stores them, behind those of the project."""
    order = seeded_order(
        queries=[task.query for task in tasks],
        overlap=project.overlap,
        block_size=project.block_size,
        seed=f"{project.seed}:{last_position(project)}",
    )
    done, total = 0, len(tasks) * project.overlap
    for slots in batched(order, BATCH):
        yield [
            Assignment(
                task_id=tasks[slot.task].task,
                number=slot.number,
                project_id=project.pk,
                category=tasks[slot.task].category,
                system=tasks[slot.task].system,
                position=position,
            )
            for position, slot in enumerate(slots, done + 1)
        ]
        done += len(slots)
        progress(ORDERING, done, total)


def make_further_slots(*, project: Project, tasks: list[int]) -> list[Assignment]:
    """One more slot for each task (by primary key), after a dispute, behind all slots of the project. In a transaction.

    A task of which such a slot waits to be submitted gets none.
    """
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)  # loads make slots too: they take turns
    slots = Assignment.objects.filter(project=project)
    waiting = set(slots.further().filter(task__in=tasks).values_list("task", flat=True))
    last = last_position(project)
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
