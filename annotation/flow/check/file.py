"""A scorer's file: its rows, held against the responses of the project."""

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from annotation.errors import MOST_REJECTIONS, Fault, Rejected, Rejection, too_many_faults
from annotation.exporters import Block
from annotation.exporters.training.mmie import loss_of
from annotation.flow.check.scale import Placed, Scale, point, refuse_another_scale
from annotation.flow.progress import COMPARING, READING, Progress, silent
from annotation.importers.near_misses import NearMisses, unknown_id
from annotation.importers.readers import CHUNK
from annotation.importers.scorer_file import OVERALL, ScorerRow, read_rows
from annotation.models import Blocks, Project, ScorerScore, Task
from rubrics.models import Criterion, Rubric

STEP = 5_000  # rows between two reports of progress

Response = tuple[str, str, int]  # the query's id, the system, the sample


class Points(NamedTuple):
    """One score of a response. `criterion` is None for the overall; `raw` and `value` are None where it is unreadable."""

    run: str
    task: int
    criterion: Criterion | None
    raw: float | None
    value: float | None
    state: str
    unreadable: str  # why
    several_numbers: bool
    cut: bool


@dataclass(frozen=True)
class ScorerFile:
    """What a file holds. `unknown` are the responses that it names and the project does not have; `dropped` the tasks that
    MMIE's script drops, where the file is its result file."""

    name: str
    sha256: str
    from_mmie: bool
    runs: list[str]  # as the file names them, in its order
    points: list[Points]
    unknown: set[Response]
    dropped: frozenset[int]


class StudyTask(NamedTuple):
    pk: int
    rubric: Rubric


class Scored(NamedTuple):
    """A row that names a response of the project, with the range on which it counts."""

    row: ScorerRow
    task: int
    criterion: Criterion | None
    low: float
    high: float

    @property
    def placed(self) -> Placed | None:
        raw = self.row.written.score
        is_penalty = self.criterion is not None and not self.criterion.is_rated
        return None if raw is None else Placed(raw, self.low, self.high, fixed=is_penalty)


def read_scorer_file(
    *, file: BinaryIO, name: str, project: Project, scale: Scale | None = None, progress: Progress = silent
) -> ScorerFile:
    """Read an open file from its start; it is left open. Raises Rejected with every fault, and Refused where the file cannot be
    read at all or its values are on another scale than the rubric's and none is declared."""
    rejections: list[Rejection] = []
    rows = list(sound_rows(file, name, rejections, progress))
    progress(COMPARING, 0, len(rows))
    tasks = study_tasks(project)
    scored = list(rows_of_responses(rows, tasks, rejections))
    rejections += changed_ids(rows, tasks)
    if rejections:
        raise Rejected(name, sorted(rejections, key=lambda rejection: rejection.record))
    if scale is None:
        refuse_another_scale(by_criterion(scored), name)
    progress(COMPARING, len(rows), len(rows))
    from_mmie = any(row.from_mmie for row in rows)
    losses = losses_of_mmie(project) if from_mmie else {}
    return ScorerFile(
        name=name,
        sha256=hashed(file),
        from_mmie=from_mmie,
        runs=list(dict.fromkeys(row.run for row in rows)),
        points=[points_of(one, scale, one.row.from_mmie and losses.get(one.task) == "cut") for one in scored],
        unknown={row.key[:3] for row in rows} - tasks.keys(),
        dropped=frozenset(task for task, loss in losses.items() if loss == "dropped"),
    )


def sound_rows(file: BinaryIO, name: str, rejections: list[Rejection], progress: Progress) -> Iterator[ScorerRow]:
    size = file.seek(0, os.SEEK_END)
    for number, (row, faults) in enumerate(read_rows(file, name)):
        rejections += faults
        if len(rejections) > MOST_REJECTIONS:
            rejections[MOST_REJECTIONS:] = [Rejection.of(rejections[MOST_REJECTIONS].record, too_many_faults())]
            return
        if number % STEP == 0:
            progress(READING, file.tell(), size)
        if row is not None:
            yield row
    progress(READING, size, size)


def study_tasks(project: Project) -> dict[Response, list[StudyTask]]:
    """The tasks of each response, one for each rubric with which it is judged."""
    rubrics = {rubric.pk: rubric for rubric in Rubric.objects.with_content().filter(projects=project)}
    columns = ("response__query__external_id", "response__system", "response__sample", "pk", "rubric")
    tasks: defaultdict[Response, list[StudyTask]] = defaultdict(list)
    for *key, pk, rubric in Task.objects.study(project).values_list(*columns):
        tasks[tuple(key)].append(StudyTask(pk, rubrics[rubric]))
    return dict(tasks)


def rows_of_responses(
    rows: list[ScorerRow], tasks: dict[Response, list[StudyTask]], rejections: list[Rejection]
) -> Iterator[Scored]:
    criteria = {
        rubric.pk: {criterion.key: criterion for criterion in rubric.criteria.all()}
        for of_response in tasks.values()
        for _pk, rubric in of_response
    }
    for row in rows:
        of_response = tasks.get(row.key[:3], [])
        named = [(task, criteria[task.rubric.pk].get(row.criterion)) for task in of_response]
        if row.criterion and of_response and not any(criterion for _task, criterion in named):
            known = ", ".join(sorted({OVERALL, *(key for task in of_response for key in criteria[task.rubric.pk])}))
            fault = Fault("criterion", _("unknown; expected %(known)s") % {"known": known}, row.criterion)
            rejections.append(Rejection.of(row.number, fault))
        for task, criterion in named:
            if criterion or not row.criterion:
                yield Scored(row, task.pk, criterion, *range_of(task.rubric, criterion))


def changed_ids(rows: list[ScorerRow], tasks: dict[Response, list[StudyTask]]) -> Iterator[Rejection]:
    """The rows of ids that the project does not have, where it has one that is nearly the same and not in the file."""
    of_project, of_file = {response[0] for response in tasks}, {row.id for row in rows}
    if of_file <= of_project:
        return
    near_misses = NearMisses(of_project)
    for row in rows:
        if row.id not in of_project and (near := [name for name in near_misses.of(row.id) if name not in of_file]):
            yield Rejection.of(row.number, unknown_id(row.id, near))


def range_of(rubric: Rubric, criterion: Criterion | None) -> tuple[float, float]:
    """The overall's range, the criterion's scale, or 0 to 1 for a penalty."""
    if criterion is None:
        return float(rubric.overall_min), float(rubric.overall_max)
    return (float(rubric.scale_min), float(rubric.scale_max)) if criterion.is_rated else (0.0, 1.0)


def by_criterion(scored: list[Scored]) -> dict[str, list[Placed]]:
    groups: defaultdict[str, list[Placed]] = defaultdict(list)
    for one in scored:
        if placed := one.placed:
            groups[one.row.criterion].append(placed)
    return groups


def points_of(one: Scored, scale: Scale | None, cut: bool) -> Points:
    written, placed = one.row.written, one.placed
    value, state = point(placed, scale) if placed else (None, ScorerScore.State.UNREADABLE)
    return Points(
        one.row.run,
        one.task,
        one.criterion,
        written.score,
        value,
        state.value,
        written.unreadable,
        written.several_numbers,
        cut,
    )


def losses_of_mmie(project: Project) -> dict[int, str]:
    """The tasks whose records MMIE's script drops or cuts, by what people were shown."""
    rows = Task.objects.study(project).values_list("pk", "response__query__blocks", "response__blocks")
    losses = {pk: loss_of(as_blocks(question), as_blocks(response)) for pk, question, response in rows.iterator()}
    return {pk: loss for pk, loss in losses.items() if loss}


def as_blocks(stored: Blocks) -> list[Block]:
    return [Block(block["text"], block["image"]) for block in stored]


def hashed(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
