"""Turns the rows of a score file into annotations: finds the task of each, and reads them against its rubric."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from annotation.errors import Fault, ValidationError, quoted
from annotation.flow.score import submission
from annotation.flow.score.submission import Submission
from annotation.importers.near_misses import unknown_id
from annotation.importers.scores import Row
from annotation.models import Task

Reject = Callable[[Row, Fault], None]
Near = Callable[[str], list[str]]  # the ids in the project that are nearly the one
Tasks = Mapping[str, Mapping[tuple[str, int], list[Task]]]  # by the query's id, then by the response's system and sample
OVERALL = "overall"  # the criterion under which a holistic rubric's overall stands


@dataclass(frozen=True)
class ImportedAnnotation:
    """What one annotator says of one task. What the file leaves out is None."""

    task: Task
    annotator: str
    row: Row  # the first of them
    submission: Submission
    submitted_at: datetime | None
    active_seconds: int | None


def annotations_of(rows: list[Row], tasks: Tasks, near: Near, reject: Reject) -> Iterable[ImportedAnnotation]:
    """An annotation per task, from the rows of one annotator and response; `reject` is called with each fault."""
    by_task: dict[int, tuple[Task, list[Row]]] = {}
    sound = all(row.sound for row in rows)
    for row in rows:
        try:
            task = find_task(row, tasks, near)
        except Fault as fault:
            reject(row, fault)
            sound = False
        else:
            by_task.setdefault(task.pk, (task, []))[1].append(row)
    for task, of_task in by_task.values():
        if annotation := annotation_of(task, of_task, sound, reject):
            yield annotation


def find_task(row: Row, tasks: Tasks, near: Near) -> Task:
    """The task of the row's response, by the row's rubric where there are several. Raises Fault."""
    of_query = tasks.get(row.id)
    if not of_query:
        raise unknown_id(row.id, near(row.id))
    of_response = of_query.get((row.model, row.sample))
    if not of_response:
        error = _("there is no answer of %(system)s, sample %(sample)s, to %(id)s")
        told = {"system": row.model, "sample": row.sample, "id": row.id}
        raise Fault("model", error % told, row.model, kind=error)
    matching = [task for task in of_response if row.rubric in (None, "", task.rubric.name)]
    rubrics = ", ".join(sorted(task.rubric.name for task in of_response))
    if not matching:
        raise Fault("rubric", _("expected %(known)s") % {"known": rubrics}, row.rubric)
    if len(matching) > 1:
        error = _("this response is judged more than once: expected one of %(known)s") % {"known": rubrics}
        raise Fault("rubric", error)
    return matching[0]


def annotation_of(task: Task, rows: list[Row], sound: bool, reject: Reject) -> ImportedAnnotation | None:
    """The annotation, or None where anything is wrong with it or where the rows were not `sound` before."""
    faults: list[tuple[Row, Fault]] = []
    row_of_criterion: dict[str, Row] = {}
    body = body_of(task, rows, row_of_criterion, faults)
    sound = sound and not faults
    try:
        judgement = submission.read(task, body, complete=True, imported=True)
    except ValidationError as error:
        # where another row is at fault, a criterion that is missing may be that row's
        by_row = faults_by_row(error.fields, rows[0], row_of_criterion)
        faults += [(row, fault) for row, fault in by_row if sound or fault.field != "criterion"]
        sound = False
    for fault in faults:
        reject(*fault)
    if not sound:
        return None
    times = [row.submitted_at for row in rows if row.submitted_at]
    timed = any(row.active_seconds is not None for row in rows)
    return ImportedAnnotation(
        task=task,
        annotator=rows[0].annotator,
        row=rows[0],
        submission=judgement,
        submitted_at=datetime.fromisoformat(max(times)) if times else None,
        active_seconds=judgement.active_seconds if timed else None,
    )


def body_of(task: Task, rows: list[Row], row_of_criterion: dict[str, Row], faults: list[tuple[Row, Fault]]) -> dict[str, Any]:
    """The rows as the body of a submission. Fills `row_of_criterion` by the criterion's key, and adds to `faults`."""
    is_rated = {criterion.key: criterion.is_rated for criterion in task.rubric.criteria.all()}
    body: dict[str, Any] = {"scores": {}, "penalties": []}
    for row in rows:
        key = row.criterion
        if key is None:
            continue
        first = row_of_criterion.setdefault(key, row)
        if first is not row:
            faults.append((row, second_score(row, first)))
        elif key != OVERALL and key not in is_rated:
            faults.append((row, Fault("criterion", _("unknown; expected %(known)s") % {"known": ", ".join(is_rated)}, key)))
        elif row.score is None:
            continue
        elif key == OVERALL:
            body[OVERALL] = row.score
        elif is_rated[key]:
            body["scores"][key] = row.score
        elif row.score not in (0, 1):
            faults.append((row, Fault("score", _("is a penalty: expected 1 or 0"), row.score)))
        elif row.score == 1:
            body["penalties"].append(key)
    body["feedback"] = "\n".join(dict.fromkeys(row.comment for row in rows if row.comment))
    body["active_seconds"] = max(row.active_seconds or 0 for row in rows)
    return body


def second_score(row: Row, first: Row) -> Fault:
    if row.spelling == first.spelling:
        error = _("a second score, after that of record %(number)s")
    else:
        error = _("a second score of %(name)s, who is %(spelling)s in record %(number)s")
    told = {"number": first.number, "name": quoted(row.spelling), "spelling": quoted(first.spelling)}
    return Fault("criterion", error % told, row.criterion, kind=error)


def faults_by_row(fields: Mapping[str, str], first: Row, row_of_criterion: Mapping[str, Row]) -> Iterable[tuple[Row, Fault]]:
    """The faults of a submission, by field, as faults of the rows; what belongs to no row is the first row's."""
    for field, error in fields.items():
        key = field.removeprefix("scores.")
        row = row_of_criterion.get(key)
        if field == "feedback":
            told = {"fault": error}
            yield first, Fault("comment", _("all comments on one response together: %(fault)s") % told, first.comment)
        elif row is None:
            yield first, Fault("criterion", _("%(criterion)s is missing") % {"criterion": key})
        elif row.score is not None:
            yield row, Fault("score", error, row.score)
