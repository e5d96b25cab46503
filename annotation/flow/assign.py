"""Makes the slots of tasks, in the order in which annotators get them, and further ones after a dispute."""

from collections import deque
from collections.abc import Iterator, Sequence
from hashlib import sha256
from random import Random
from sys import intern
from typing import NamedTuple, Self

from django.db.models import Max

from annotation.flow.batches import batched
from annotation.flow.progress import ORDERING, Progress, silent
from annotation.models import Assignment, Project, Response, Task

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
    language: str
    system: str
    draw: float = 1  # in no share

    @classmethod
    def of(cls, task: Task) -> Self:
        response, query = task.response, task.response.query
        draw = 1.0 if task.draw is None else task.draw
        category, language, system = map(intern, (query.category, query.language, response.system))
        return cls(task.pk, query.pk, category, language, system, draw)


def draw_of(seed: int, response: Response) -> float:
    return draw_at(seed, response.query.external_id, response.system, response.sample)


def draw_at(seed: int, query: str, system: str, sample: int) -> float:
    """The place of a response in the draw of the seed, from 0 to below 1. It depends on nothing else: whoever knows the seed can
    draw again, and later loads change no earlier draw."""
    digest = sha256("\0".join((str(seed), query, system, str(sample))).encode()).digest()
    return (int.from_bytes(digest[:8]) >> 11) / 2**53


def last_position(project: Project) -> int:
    return Assignment.objects.filter(project=project).aggregate(last=Max("position"))["last"] or 0


def initial_slots(*, project: Project, tasks: Sequence[NewTask], progress: Progress = silent) -> Iterator[list[Assignment]]:
    """Make the slots of new tasks, in their order from position 1; the caller stores them, behind those of the project."""
    counts = [overlap_of(project, task) for task in tasks]
    done, total = 0, sum(counts)
    for slots in ordered_slots(project, tasks, [range(1, count + 1) for count in counts]):
        yield slots
        done += len(slots)
        progress(ORDERING, done, total)


def overlap_of(project: Project, task: NewTask) -> int:
    in_share = task.draw < project.larger_share
    return project.larger_overlap if in_share and project.larger_overlap else project.overlap


def ordered_slots(project: Project, tasks: Sequence[NewTask], numbers: Sequence[range]) -> Iterator[list[Assignment]]:
    """The slots of these numbers, for each task its own, in batches, in their order from position 1."""
    order = seeded_order(
        queries=[task.query for task in tasks],
        numbers=numbers,
        block_size=project.block_size,
        seed=f"{project.seed}:{last_position(project)}",
    )
    position = 0
    for slots in batched(order, BATCH):
        yield [
            Assignment(
                task_id=tasks[slot.task].task,
                number=slot.number,
                project_id=project.pk,
                category=tasks[slot.task].category,
                language=tasks[slot.task].language,
                system=tasks[slot.task].system,
                position=position + place,
            )
            for place, slot in enumerate(slots, 1)
        ]
        position += len(slots)


def make_initial_slots(*, project: Project, tasks: Sequence[NewTask], lacking: Sequence[int]) -> int:
    """So many more slots for each task, numbered after those it has, behind all slots of the project; how many these are. In a
    transaction that has locked the project."""
    if not tasks:
        return 0
    of_tasks = Task.objects.filter(pk__in=[task.task for task in tasks]).order_by()
    last = dict(of_tasks.values_list("pk").annotate(Max("assignments__number")))
    numbers = [
        range((last[task.task] or 0) + 1, (last[task.task] or 0) + 1 + more) for task, more in zip(tasks, lacking, strict=True)
    ]
    behind, made = last_position(project), 0
    for slots in ordered_slots(project, tasks, numbers):
        for slot in slots:
            slot.position += behind
        made += len(Assignment.objects.bulk_create(slots))
    return made


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
        .values_list("pk", "last", "response__query__category", "response__query__language", "response__system")
    )
    return Assignment.objects.bulk_create(
        Assignment(
            task_id=pk,
            number=number + 1,
            reason=Assignment.Reason.AFTER_DISPUTE,
            project=project,
            category=category,
            language=language,
            system=system,
            position=position,
        )
        for position, (pk, number, category, language, system) in enumerate(sorted(numbered), last + 1)
    )


def seeded_order(*, queries: list[int], numbers: Sequence[range], block_size: int, seed: str) -> Iterator[Slot]:
    """The slots in order, for tasks of which each is named by its query and gets slots of its `numbers`.

    The tasks are shuffled and cut into blocks, so that overlap fills early. Within a block each slot is shuffled by itself, so
    that no two annotators get the same order, and slots of one query stay APART as far as the block allows.
    """
    random = Random(seed)
    tasks = list(range(len(queries)))
    random.shuffle(tasks)
    recent: deque[int] = deque(maxlen=APART)
    for start in range(0, len(tasks), block_size):
        block = [Slot(task, number, queries[task]) for task in tasks[start : start + block_size] for number in numbers[task]]
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
