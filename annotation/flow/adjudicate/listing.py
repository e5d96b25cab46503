"""The list of what waits and of what is decided: all of it for managers, for an adjudicator their own part."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any, NamedTuple

import numpy as np

from annotation.flow.adjudicate.cases import Settled, read_cases, read_settled
from annotation.flow.adjudicate.disputes import Disputes, array_of, read_disputes
from annotation.flow.adjudicate.queue import (
    CHANGED,
    FURTHER,
    IN_HANDS,
    SENT_BACK,
    STATES,
    WAITING,
    Queue,
    offered,
    queue_of,
    queue_of_task,
    read_others,
    read_queue,
)
from annotation.flow.judgements import AT_ONCE, Array, ProjectCache
from annotation.models import Adjudication, CaseReview, Membership, Project, User

DECIDED, UNUSABLE = ENDED = ("decided", "unusable")
UNDECIDED = "undecided"  # all that wait for an adjudicator, in whatever state; not those that wait for a manager
DISPUTED, MIXED_IN = KINDS = ("disputed", "mixed_in")
ALL_STATES = (*STATES, *ENDED)
ADJUDICATORS_STATES = (WAITING, IN_HANDS, SENT_BACK, FURTHER, DECIDED)


@dataclass(frozen=True)
class Filters:
    """None and an empty text do not restrict; an empty category or field does. `age` in days, at least, as `gap` in levels."""

    state: str = ""
    kind: str = ""
    category: str | None = None
    field: str | None = None
    criterion: str = ""
    gap: int | None = None
    age: int | None = None
    sort: str = ""


class Kinds(NamedTuple):
    """How many responses of a list are of each kind."""

    disputed: int
    mixed_in: int
    second: int


def count_kinds(queue: Queue) -> Kinds:
    first = ~queue.seconds
    return Kinds(*(int(mask.sum()) for mask in (queue.disputed & first, ~queue.disputed & first, queue.seconds)))


def managers_list(project: Project, filters: Filters, *, behind: timedelta = AT_ONCE) -> tuple[Queue, dict[str, int]]:
    """What waits or, by its state, what is decided, before any filter but that of the state; and how many of each state.
    `behind`: how old the ratings may be by which it is made."""
    cache = ProjectCache(project)
    disputes, cases = read_disputes(project, cache, behind=behind), read_cases(project, cache)
    queue, settled = queue_of(project, disputes, cases), cases.settled
    # what is reopened waits for itself, whatever its ratings say
    queue = replace(queue, disputed=queue.disputed | np.isin(queue.tasks, list(settled.reopened)))
    waiting = set(queue.tasks.tolist())
    decided = {DECIDED: set(settled.criteria) - waiting, UNUSABLE: settled.unusable - waiting}
    counts = Counter(queue.states.tolist()) | Counter({state: len(tasks) for state, tasks in decided.items()})
    if filters.state in ENDED:
        return ended(project, disputes, settled, decided[filters.state], filters.state), counts
    return queue.part(in_state(queue, filters.state)), counts


def managers_entry(project: Project, task: int) -> Queue:
    """The response's one entry, waiting or decided; none where it is neither. By the database as it is now."""
    queue = queue_of_task(project, task)
    if len(queue):
        return queue
    case = Adjudication.objects.standing().filter(task=task).first()
    cache = ProjectCache(project)
    disputes, settled = read_disputes(project, cache), read_settled(project, cache)
    return ended(project, disputes, settled, [task] if case else [], case.outcome if case else "")


def deciders(project: Project) -> list[Membership]:
    """Those to whom a case can be given."""
    return list(Membership.objects.deciders(project))


def adjudicators_list(project: Project, by: User, filters: Filters) -> Queue:
    """The adjudicator's own part of what waits, or their own decisions. Nothing in it tells disputed from undisputed."""
    cache = ProjectCache(project)
    if filters.state == DECIDED:
        own = Adjudication.objects.filter(task__project=project, decided_by=by).values_list("task", flat=True)
        return ended(project, read_disputes(project, cache), read_settled(project, cache), own, DECIDED)
    queue = read_queue(project, cache)
    if filters.state in (SENT_BACK, FURTHER):
        own_parts = CaseReview.objects.filter(project=project, adjudicator=by, ending=filters.state, adjudication__outcome="")
        own_tasks = list(own_parts.values_list("adjudication__task", flat=True))
        return queue.part(np.isin(queue.tasks, own_tasks) & in_state(queue, filters.state))
    part = own_part(queue, project, by)
    return part.part(in_state(part, filters.state))


def own_part(queue: Queue, project: Project, by: User) -> Queue:
    """What the adjudicator can take or holds. A case of another round looks like any other: that it was decided before would
    tell what became of it, and that it waits for somebody, that it is disputed."""
    part = offered(queue, project, by)
    held = part.holders == by.pk
    return replace(part, states=np.where(held, IN_HANDS, WAITING).astype(object), cases=np.where(held, part.cases, 0))


def in_state(queue: Queue, state: str) -> Array:
    if state == UNDECIDED:
        return np.isin(queue.states.astype(str), [CHANGED], invert=True)
    return queue.states == state if state in ALL_STATES else np.ones(len(queue), dtype=bool)


def ended(project: Project, disputes: Disputes, settled: Settled, tasks: Iterable[int], state: str) -> Queue:
    """The tasks with a decision, or without a label for good, in the seeded order."""
    rows = read_others(project, disputes, set(tasks))
    decided = [settled.criteria.get(task, frozenset()) for task in rows.tasks.tolist()]
    criteria = [
        tuple(key for key in asked if not keys or key in keys) for asked, keys in zip(rows.criteria, decided, strict=True)
    ]
    rows = replace(rows, criteria=array_of(criteria, object))
    none = np.zeros(len(rows), dtype=np.int64)
    return Queue(
        **{field.name: getattr(rows, field.name) for field in fields(rows)},
        states=array_of([state] * len(rows), object),
        seconds=none.astype(bool),
        cases=none,
        holders=none,
        reserved_for=none,
    )


def filtered(queue: Queue, filters: Filters, today: int = 0) -> Queue:
    """By all but the state, and sorted. `today`, as an ordinal, where it is filtered by age."""
    chosen = np.ones(len(queue), dtype=bool)
    if filters.kind in KINDS:
        chosen &= queue.disputed & ~queue.seconds if filters.kind == DISPUTED else ~queue.disputed & ~queue.seconds
    for column, value in ((queue.categories, filters.category), (queue.fields, filters.field)):
        if value is not None:
            chosen &= column == np.array(value, dtype=object)  # an object: a string of numpy's loses a NUL at its end
    if filters.criterion:
        chosen &= np.array([filters.criterion in keys for keys in queue.criteria], dtype=bool)
    if filters.gap is not None:
        chosen &= queue.gaps >= filters.gap
    if filters.age is not None:
        chosen &= today - queue.since >= filters.age
    return ordered(queue.part(chosen), filters.sort)


SORTS: dict[str, Callable[[Queue], Iterable[Any]]] = {
    "category": lambda queue: queue.categories,
    "field": lambda queue: queue.fields,
    "criterion": lambda queue: zip(queue.rubrics.tolist(), queue.criteria, strict=True),
    "gap": lambda queue: queue.gaps,
    "age": lambda queue: -queue.since,
    "state": lambda queue: [ALL_STATES.index(state) for state in queue.states],
}


def ordered(queue: Queue, sort: str) -> Queue:
    """By the column, downwards after a hyphen; what is alike stays in the seeded order."""
    column = SORTS.get(sort.removeprefix("-"))
    if column is None:
        return queue
    values = list(column(queue))
    places = sorted(range(len(values)), key=values.__getitem__, reverse=sort.startswith("-"))
    return queue.part(np.array(places, dtype=np.int64))
