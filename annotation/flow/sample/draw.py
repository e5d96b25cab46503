"""Draws a sample from the pool of a project: its study tasks without slots. Those that are drawn get theirs."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.flow.assign import NewTask, initial_slots, last_position
from annotation.flow.progress import Progress, silent
from annotation.flow.sample.plan import OF_QUERIES, STRATA, Plan, Stratum, allocate, draw
from annotation.flow.turns import take_turns
from annotation.models import Assignment, Event, Project, Sample, SampledTask, Task, User
from annotation.spreadsheets import guarded
from annotation.sql.analyze import analyze

BATCH = 2_000
MANY = 500  # so many slots change what PostgreSQL thinks of its tables


class Pooled(NamedTuple):
    """A task of the pool."""

    task: int
    query: int
    draw: float | None
    external_id: str
    system: str
    sample: int
    category: str
    field: str
    subfield: str
    language: str


@dataclass(frozen=True)
class Preview:
    """What a plan draws: `strata` as a Sample has them, and the tasks of each with the chance that they had."""

    strata: list[dict[str, Any]]
    tasks: list[tuple[Pooled, float]]
    pool: int

    @property
    def drawn(self) -> int:
        return len(self.tasks)

    def as_dict(self) -> dict[str, Any]:
        return {"pool": self.pool, "responses": self.drawn, "strata": self.strata}


def preview_sample(project: Project, plan: Plan) -> Preview:
    """What the next sample of this plan holds, as long as the pool stays as it is. Raises Refused."""
    check(plan)
    pool = read_pool(project, plan.systems)
    if not pool:
        raise Refused(_("pool: there are no responses without slots to draw from"))
    members: dict[Stratum, dict[int, list[Pooled]]] = {}  # the tasks of each unit
    for each in pool:
        units = members.setdefault(tuple(getattr(each, name) for name in plan.by), {})
        units.setdefault(each.query if plan.unit == Sample.Unit.QUERY else each.task, []).append(each)
    sizes = {stratum: len(units) for stratum, units in members.items()}
    numbers = allocate(sizes, plan.size, plan.allocation)
    chosen = draw(
        {stratum: list(units.values()) for stratum, units in members.items()}, numbers, f"{plan.seed}:{next_number(project)}"
    )
    strata = [{"values": list(stratum), "size": sizes[stratum], "drawn": numbers[stratum]} for stratum in sorted(sizes)]
    tasks = [(each, numbers[stratum] / sizes[stratum]) for stratum, units in chosen.items() for unit in units for each in unit]
    return Preview(strata, sorted(tasks, key=lambda row: row[0].task), len(pool))


def check(plan: Plan) -> None:
    unknown = [name for name in plan.by if name not in STRATA]
    if unknown or len(set(plan.by)) < len(plan.by):
        told = {"unknown": ", ".join(unknown or plan.by), "known": ", ".join(STRATA)}
        raise Refused(_("by: expected some of %(known)s, each once, not %(unknown)s") % told)
    if plan.unit not in Sample.Unit.values:
        raise Refused(_("unit: expected one of %(known)s") % {"known": ", ".join(Sample.Unit.values)})
    if plan.allocation not in Sample.Allocation.values:
        raise Refused(_("allocation: expected one of %(known)s") % {"known": ", ".join(Sample.Allocation.values)})
    if plan.unit == Sample.Unit.QUERY and not set(plan.by) <= set(OF_QUERIES):
        raise Refused(_("by: a query has responses of several systems, so that whole queries cannot be drawn by system"))
    if plan.size < 1:
        raise Refused(_("size: expected 1 or more, not %(size)s") % {"size": plan.size})


def read_pool(project: Project, systems: tuple[str, ...]) -> list[Pooled]:
    """In an order that is the same on every database. Raises Refused for a system of which the pool has nothing."""
    tasks = Task.objects.study(project).in_pool()
    of_response = ("query", "query__external_id", "system", "sample", *(f"query__{name}" for name in (*OF_QUERIES, "language")))
    columns = ["pk", *(f"response__{name}" for name in of_response)]
    columns.insert(2, "draw")
    pool = [Pooled(*row) for row in tasks.order_by().values_list(*columns).iterator()]
    if missing := sorted(set(systems) - {each.system for each in pool}):
        raise Refused(_("systems: the pool has no responses of %(systems)s") % {"systems": ", ".join(missing)})
    chosen = [each for each in pool if not systems or each.system in systems]
    return sorted(chosen, key=lambda each: (each.external_id, each.system, each.sample, each.task))


def next_number(project: Project) -> int:
    last: int | None = Sample.objects.filter(project=project).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def draw_sample(*, project: Project, plan: Plan, by: User | None = None, progress: Progress = silent) -> Sample:
    """Draw, record the draw, and make the slots of what was drawn, behind all others. Raises Refused; then nothing is stored."""
    with take_turns(progress), transaction.atomic():  # loads bring tasks without slots, too
        stored = Project.objects.select_for_update(no_key=True).get(pk=project.pk)  # as further slots do
        preview = preview_sample(project, plan)
        sample = Sample.objects.create(
            project=project,
            number=next_number(project),
            unit=plan.unit,
            size=plan.size,
            by=list(plan.by),
            allocation=plan.allocation,
            systems=list(plan.systems),
            seed=plan.seed,
            strata=preview.strata,
            drawn_by=by,
        )
        SampledTask.objects.bulk_create(
            [SampledTask(sample=sample, task_id=each.task, chance=chance) for each, chance in preview.tasks], batch_size=BATCH
        )
        tasks = [
            NewTask(each.task, each.query, each.category, each.language, each.system, 1 if each.draw is None else each.draw)
            for each, _chance in preview.tasks
        ]
        first = last_position(project)
        for slots in list(initial_slots(project=stored, tasks=tasks, progress=progress)):
            for slot in slots:
                slot.position += first
            Assignment.objects.bulk_create(slots)
        if len(tasks) >= MANY:
            analyze(Assignment)
        data = {"number": sample.number, "responses": preview.drawn}
        Event.objects.create(project=project, verb=Event.Verb.SAMPLE_DRAWN, by=by, data=data)
    return sample


SAMPLED = ("id", "system", "sample", *OF_QUERIES, "chance")


def sampled_rows(sample: Sample) -> Iterator[dict[str, Any]]:
    """The responses that were drawn, by id, system and sample, each with its chance and the strata that it is of."""
    columns = ["query__external_id", "system", "sample", *(f"query__{name}" for name in OF_QUERIES)]
    rows = SampledTask.objects.filter(sample=sample).order_by()
    for row in sorted(rows.values_list(*(f"task__response__{column}" for column in columns), "chance")):
        yield dict(zip(SAMPLED, row, strict=True))


def sampled_csv(sample: Sample) -> str:
    """The same as a table; what a spreadsheet would take for a formula is guarded."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(SAMPLED)
    for row in sampled_rows(sample):
        writer.writerow([guarded(value) if isinstance(value, str) else value for value in row.values()])
    return text.getvalue()
