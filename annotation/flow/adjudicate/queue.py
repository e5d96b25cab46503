"""What waits for an adjudicator, and for whom."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

import numpy as np
from django.db.models import Exists, OuterRef, Q

from annotation.flow.adjudicate.cases import Cases, read_cases
from annotation.flow.adjudicate.disputes import Disputes, array_of, disputes_of_task, draw, read_disputes
from annotation.flow.judgements import A_MINUTE, AT_ONCE, Array, ProjectCache
from annotation.models import (
    Assignment,
    CaseReview,
    Decision,
    Draft,
    Event,
    Membership,
    Participation,
    Project,
    Revision,
    Role,
    Task,
    TiedSystem,
    User,
)

WAITING, REOPENED, IN_HANDS, SENT_BACK, FURTHER, CHANGED = STATES = (
    "waiting",
    "reopened",
    "in_hands",
    "sent_back",
    "further",
    "changed",
)


@dataclass(frozen=True)
class Queue(Disputes):
    """What waits, in the order in which it is offered; to be shown whole to managers alone.

    The responses of the state `changed` are decided: they wait for a manager.
    """

    states: Array
    seconds: Array  # decided already: to be decided once more, for comparison
    cases: Array  # the open case; 0: there is none yet
    holders: Array  # a person; 0: nobody
    reserved_for: Array  # a person; 0: nobody

    def part(self, chosen: Array) -> "Queue":
        return Queue(*(getattr(self, field.name)[chosen] for field in fields(self)))


def read_queue(project: Project, cache: ProjectCache | None = None, *, behind: timedelta = AT_ONCE) -> Queue:
    """The whole queue of the project. `behind`: how old the ratings may be by which it is made."""
    cache = cache or ProjectCache(project)
    return queue_of(project, read_disputes(project, cache, behind=behind), read_cases(project, cache))


def queue_of_task(project: Project, task: int) -> Queue:
    """One entry at most, by the database as it is now."""
    return queue_of(project, disputes_of_task(project, task), read_cases(project, task=task))


def waiting_count(project: Project, by: User) -> int:
    """How many responses wait for the adjudicator, the one in their hands among them."""
    return len(offered(read_queue(project, behind=A_MINUTE), project, by))


def queue_of(project: Project, disputes: Disputes, cases: Cases) -> Queue:
    settled = cases.settled
    waiting = disputes.part(waiting_mask(disputes, cases))
    others = {*settled.reopened, *settled.second_due, *settled.overtaken} - set(waiting.tasks.tolist())
    rows = joined(waiting, read_others(project, disputes, others))
    states = np.full(len(rows), WAITING, dtype=object)
    for state, tasks in (  # the last one that is true is said
        (REOPENED, settled.reopened),
        (FURTHER, cases.further),
        (SENT_BACK, cases.sent_back),
        (IN_HANDS, cases.holders),
        (CHANGED, settled.overtaken),
    ):
        states[of_tasks(rows, tasks)] = state
    open_cases, holders, reserved_for = (np.zeros(len(rows), dtype=np.int64) for _column in range(3))
    for place in np.flatnonzero(of_tasks(rows, cases.open)):
        case = cases.open[int(rows.tasks[place])]
        open_cases[place], reserved_for[place] = case.pk, case.reserved_for or 0
    for place in np.flatnonzero(of_tasks(rows, cases.holders)):
        holders[place] = cases.holders[int(rows.tasks[place])]
    columns = {field.name: getattr(rows, field.name) for field in fields(Disputes)}
    return Queue(
        **columns,
        states=states,
        seconds=of_tasks(rows, settled.second_due - settled.overtaken - set(waiting.tasks.tolist())),
        cases=open_cases,
        holders=holders,
        reserved_for=reserved_for,
    )


def of_tasks(rows: Disputes, tasks: Iterable[int]) -> Array:
    return np.isin(rows.tasks, np.fromiter(tasks, dtype=np.int64))


def waiting_mask(disputes: Disputes, cases: Cases) -> Array:
    mask = np.ones(len(disputes), dtype=bool)
    for place in np.flatnonzero(of_tasks(disputes, cases.settled.tasks | cases.settled.overtaken)):
        task, disputed = int(disputes.tasks[place]), bool(disputes.disputed[place])
        mask[place] = waits(cases, task, disputed, disputes.criteria[place])
    return mask


def waits(cases: Cases, task: int, disputed: bool, criteria: tuple[str, ...]) -> bool:
    """Whether the response is to be decided: never again what is decided, unless the rules have made more of it a dispute."""
    if task in cases.settled.unusable or task in cases.settled.overtaken:
        return False
    decided = cases.settled.criteria.get(task)
    return decided is None or (disputed and not decided.issuperset(criteria))


def read_others(project: Project, disputes: Disputes, tasks: set[int]) -> Disputes:
    """Responses that wait for another reason than the ratings: what the newest case asked is asked again."""
    if not tasks:
        return disputes.part(np.zeros(len(disputes), dtype=bool))
    known = disputes.part(np.isin(disputes.tasks, list(tasks)))
    missing = tasks - set(known.tasks.tolist())
    asked = asked_of(tasks)
    known = replace(known, criteria=array_of([asked.get(task, ()) for task in known.tasks.tolist()], object))
    rows = (
        Task.objects.study(project)
        .filter(pk__in=missing)
        .values_list(
            "pk", "rubric", "response__query__external_id", "response__query__category", "response__query__field",
            "response__system", "response__sample", "rubric__slug", "rubric__version",
        )
    )  # fmt: skip
    days = days_of(missing)
    columns: list[Any] = [[] for _field in fields(Disputes)]
    for pk, rubric, query, category, field, system, sample, slug, version in rows:
        place = draw(project, (query, system, sample, f"{slug}@{version}"), "order")
        row = (pk, rubric, False, 0.0, days.get(pk, 0), place, asked.get(pk, ()), query, category, field)
        for column, value in zip(columns, row, strict=True):
            column.append(value)
    kinds = [getattr(known, field.name).dtype for field in fields(Disputes)]
    return joined(known, Disputes(*(array_of(column, kind) for column, kind in zip(columns, kinds, strict=True))))


def asked_of(tasks: set[int]) -> dict[int, tuple[str, ...]]:
    """Per task, what its newest case asked that is not a second one."""
    rows = (
        Decision.objects.filter(adjudication__task__in=tasks, adjudication__second=False)
        .order_by("adjudication__round", "criterion__place")
        .values_list("adjudication__task", "adjudication__round", "criterion__key")
    )
    newest: dict[int, tuple[int, list[str]]] = {}
    for task, number, key in rows:
        if task not in newest or newest[task][0] < number:
            newest[task] = (number, [])
        newest[task][1].append(key)
    return {task: tuple(keys) for task, (_number, keys) in newest.items()}


def days_of(tasks: set[int]) -> dict[int, int]:
    """Per task, the day of its last judgement."""
    submitted = Revision.objects.filter(annotation__task__in=tasks, number=1).order_by("submitted_at")
    return {task: at.toordinal() for task, at in submitted.values_list("annotation__task", "submitted_at")}


def joined(one: Disputes, other: Disputes) -> Disputes:
    """Both, in the seeded order."""
    columns = [np.concatenate([getattr(one, field.name), getattr(other, field.name)]) for field in fields(Disputes)]
    both = Disputes(*columns)
    return both.part(np.argsort(both.order, kind="stable"))


def shown_to(queue: Queue, project: Project, by: User, *, task: int | None = None) -> Queue:
    """What an adjudicator may know of: nothing that they judged themselves, and only undecided responses."""
    chosen = (queue.states != CHANGED) & ~np.isin(queue.tasks, tasks_of_annotator(project, by, task=task))
    if queue.seconds.any():
        mine = (queue.reserved_for == by.pk) | (queue.holders == by.pk)
        chosen &= ~queue.seconds | mine | ~np.isin(queue.tasks, seen(project, by))
    return queue.part(chosen)


def offered(queue: Queue, project: Project, by: User, *, task: int | None = None) -> Queue:
    """What the adjudicator can take or has in their hands: first what is reserved for them."""
    shown = shown_to(queue, project, by, task=task)
    mine = (shown.reserved_for == by.pk) | (shown.holders == by.pk)
    free = (shown.states == WAITING) | (shown.states == REOPENED) | (shown.holders == by.pk)
    others = set(shown.reserved_for.tolist()) - {0, by.pk}
    if others:
        free &= ~np.isin(shown.reserved_for, deciders_among(project, others))
    part = shown.part(free & (mine | ~np.isin(shown.tasks, skipped(project, by))))
    return part.part(np.argsort(part.reserved_for != by.pk, kind="stable"))


def deciders_among(project: Project, people: Iterable[int]) -> list[int]:
    return list(Membership.objects.deciders(project).filter(user__in=list(people)).values_list("user", flat=True))


def tasks_of_annotator(project: Project, by: User, *, task: int | None = None) -> list[int]:
    """Those that the person judged or holds as an annotator, or has a draft of; and those of systems that they are tied to."""
    of_task: dict[str, Any] = {} if task is None else {"task": task}
    slots = Assignment.objects.filter(project=project, annotator=by, **of_task)
    own_part = CaseReview.objects.filter(adjudication__task=OuterRef("task"), adjudicator=by)
    drafts = Draft.objects.filter(~Exists(own_part), task__project=project, annotator=by, **of_task)
    own = [*slots.values_list("task", flat=True), *drafts.values_list("task", flat=True)]
    return own + tasks_of_tied_systems(project, by, task=task)


def tasks_of_tied_systems(project: Project, by: User, *, task: int | None) -> list[int]:
    """Those that the person is not to be shown; hardly anybody has one."""
    systems = list(TiedSystem.objects.of(by, project).values_list("system", flat=True))
    if not systems:
        return []
    tasks = Task.objects.filter(project=project, response__system__in=systems)
    return list((tasks if task is None else tasks.filter(pk=task)).values_list("pk", flat=True))


def skipped(project: Project, by: User) -> list[int]:
    reviews = CaseReview.objects.filter(project=project, adjudicator=by, ending=CaseReview.Ending.SKIPPED)
    return list(reviews.values_list("adjudication__task", flat=True))


def seen(project: Project, by: User) -> list[int]:
    """The tasks whose scores the person has seen: as a manager, all that have a case."""
    if was_manager(project, by):
        return list(Task.objects.filter(project=project, adjudications__isnull=False).values_list("pk", flat=True))
    reviews = CaseReview.objects.filter(project=project, adjudicator=by)
    return list(reviews.values_list("adjudication__task", flat=True))


def was_manager(project: Project, by: User) -> bool:
    """Whether the person is or was a manager of the project, who sees all scores."""
    if Membership.objects.filter(project=project, user=by, role=Role.MANAGER).exists():
        return True
    # the name in an event is the one that the person had then: the key tells who it was, and in older events the first name
    name = Participation.objects.filter(project=project, user=by).values_list("name", flat=True).first()
    of_them = Q(data__member=by.pk) | Q(data__member__isnull=True, data__username=name)
    # the last of these has the role before and the one after
    verbs = (Event.Verb.MEMBER_ADDED, Event.Verb.INVITATION_ACCEPTED, Event.Verb.ROLE_CHANGED)
    roles = Event.objects.filter(of_them, project=project, verb__in=verbs).values_list("data__role", flat=True)
    return any(Role.MANAGER in (role if isinstance(role, list) else [role]) for role in roles)
