"""Changes how many annotators score each response, also while they do: slots that nobody holds come and go, and nothing that was
judged changes.

The project's numbers are set first, in a transaction of their own: loads that come then go by them. After that the slots are
fitted to them, a batch of tasks at a time, so that nobody waits long. A fit that was stopped goes on where it is begun again, as
it only looks at what the tasks have and what the project asks for.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from annotation.errors import ValidationError
from annotation.flow.assign import NewTask, draw_at, draw_of, last_position, make_initial_slots
from annotation.flow.batches import batched
from annotation.flow.progress import ORDERING, Progress, silent
from annotation.flow.score.surplus import withdraw_surplus
from annotation.flow.setup.projects import lock_members
from annotation.flow.setup.values import read_overlap_values
from annotation.models import Assignment, Event, Project, Task, User
from annotation.sql.analyze import analyze

BATCH = 500  # tasks at a time
FIELDS = ("overlap", "larger_share", "larger_overlap")


@dataclass(frozen=True)
class Fitted:
    """`kept`: tasks with more judgements, or slots in somebody's hands, than are asked for; they stay and count."""

    slots_added: int = 0
    slots_withdrawn: int = 0
    kept: int = 0

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


@dataclass(frozen=True)
class Plan:
    """What a change would do, by the slots as they are now."""

    responses: int
    in_share: int
    slots_added: int
    slots_withdrawn: int
    kept: int


def read_overlap(changes: Mapping[str, Any], project: Project) -> dict[str, Any]:
    """The numbers of the project with the changes. Raises ValidationError."""
    if unknown := set(changes) - set(FIELDS):
        raise ValidationError(dict.fromkeys(sorted(unknown), _("unknown; expected %(known)s") % {"known": ", ".join(FIELDS)}))
    values = {name: getattr(project, name) for name in FIELDS} | dict(changes)
    if not values["larger_share"] and "larger_overlap" not in changes:
        values["larger_overlap"] = None  # it goes with its share
    read, faults = read_overlap_values(values)
    if faults:
        raise ValidationError(faults)
    return read


def set_overlap(*, project: Project, changes: Mapping[str, Any], by: User | None = None, progress: Progress = silent) -> Fitted:
    """Set the numbers that `changes` names (FIELDS) and fit the slots to them. Raises ValidationError."""
    change_numbers(project, changes, by)
    return fit_slots(project=project, progress=progress)


@transaction.atomic
def change_numbers(project: Project, changes: Mapping[str, Any], by: User | None) -> None:
    stored = locked(project)
    read = read_overlap(changes, stored)
    changed = {name: [getattr(stored, name), value] for name, value in read.items() if value != getattr(stored, name)}
    if read["larger_share"]:
        draw_missing(stored)
    if changed:
        lock_members(stored)  # who gives a slot back by the numbers before is done when the slots are fitted
        for name, value in read.items():
            setattr(stored, name, value)
            setattr(project, name, value)
        stored.save(update_fields=list(read))
        Event.objects.create(project=stored, verb=Event.Verb.OVERLAP_CHANGED, by=by, data=changed)


def locked(project: Project) -> Project:
    """As it is now; loads, which make slots too, and other changes wait for it, claims do not."""
    return Project.objects.select_for_update(no_key=True).get(pk=project.pk)


def draw_missing(project: Project) -> None:
    """Draw for the tasks that were made before there were draws."""
    undrawn = Task.objects.filter(project=project, draw=None).select_related("response__query").order_by("pk")
    for tasks in batched(undrawn.iterator(), BATCH):
        for task in tasks:
            task.draw = draw_of(project.seed, task.response)
        Task.objects.bulk_update(tasks, ["draw"])


def fit_slots(*, project: Project, tasks: QuerySet[Task] | None = None, progress: Progress = silent) -> Fitted:
    """Give each study task that is not dropped (of `tasks`, or of the project without its pool) as many slots as the project asks
    for, as far as nobody has begun on them."""
    study = Task.objects.study(project)
    study = study.to_be_judged() if tasks is None else study.filter(pk__in=tasks)
    misfits = list(study.with_overlap().exclude(slots=F("wanted")).order_by("pk").values_list("pk", flat=True))
    Random(f"{project.seed}:{last_position(project)}").shuffle(misfits)
    added = withdrawn = done = 0
    for batch in batched(misfits, BATCH):
        progress(ORDERING, done, len(misfits))
        with transaction.atomic():
            stored = locked(project)
            added += add_lacking(stored, batch)
            withdrawn += withdraw_surplus(batch)
        done += len(batch)
    if added >= BATCH:
        analyze(Assignment)
    progress(ORDERING, done, len(misfits))
    return Fitted(added, withdrawn, study.with_overlap().filter(slots__gt=F("wanted")).count())


def add_lacking(project: Project, tasks: list[int]) -> int:
    lacking = Task.objects.study(project).filter(pk__in=tasks).with_overlap().filter(slots__lt=F("wanted"))
    rows = {task.pk: task for task in lacking.select_related("response__query")}
    new = [NewTask.of(rows[pk]) for pk in tasks if pk in rows]
    return make_initial_slots(
        project=project, tasks=new, lacking=[rows[task.task].wanted - rows[task.task].slots for task in new]
    )


def plan(project: Project, numbers: Mapping[str, Any] | None = None) -> Plan:
    """What setting the numbers (all of FIELDS) would do; without them, what the slots lack of the project's own. Two queries."""
    wanted = numbers or {name: getattr(project, name) for name in FIELDS}
    independent = Assignment.objects.independent().not_withdrawn().filter(project=project).order_by()
    of_tasks = independent.values_list("task").annotate(slots=Count("pk"), free=Count("pk", filter=Q(annotator=None)))
    counts: dict[int, tuple[int, int]] = {task: (slots, free) for task, slots, free in of_tasks}
    in_share = added = withdrawn = kept = 0
    names = ("response__query__external_id", "response__system", "response__sample")
    rows: Any = Task.objects.study(project).to_be_judged().order_by().values_list("pk", "draw", *names)
    for pk, draw, *key in rows:
        slots, free = counts.get(pk, (0, 0))
        larger = (draw_at(project.seed, *key) if draw is None else draw) < wanted["larger_share"]
        in_share += larger
        missing = wanted["larger_overlap" if larger else "overlap"] - slots
        added += max(0, missing)
        withdrawn += min(free, max(0, -missing))
        kept += -missing > free
    return Plan(len(rows), in_share, added, withdrawn, kept)
