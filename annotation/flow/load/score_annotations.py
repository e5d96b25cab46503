"""Turns the rows of a score file into judgements: which task they are of, and what its rubric says of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from annotation.errors import Fault, ValidationError
from annotation.flow.score import submission
from annotation.flow.score.submission import Submission
from annotation.importers.scores import Row
from annotation.models import Task

Reject = Callable[[Row, str, str], None]
Tasks = Mapping[str, Mapping[tuple[str, int], list[Task]]]  # by the query's id, then by the response's system and sample
OVERALL = "overall"  # the criterion under which a holistic rubric's overall stands


@dataclass(frozen=True)
class ImportedAnnotation:
    """What one annotator says of one task. What the file leaves out is None."""

    task: Task
    annotator: str
    row: Row  # the first of them
    said: Submission
    submitted_at: datetime | None
    active_seconds: int | None


def annotations_of(rows: list[Row], tasks: Tasks, reject: Reject) -> Iterable[ImportedAnnotation]:
    """What the rows of one annotator and response say, per task; each fault is told to `reject`."""
    by_task: dict[int, tuple[Task, list[Row]]] = {}
    sound = all(row.sound for row in rows)
    for row in rows:
        try:
            task = find_task(row, tasks)
        except Fault as fault:
            reject(row, fault.field, fault.error)
            sound = False
        else:
            by_task.setdefault(task.pk, (task, []))[1].append(row)
    for task, of_task in by_task.values():
        if found := annotation_of(task, of_task, sound, reject):
            yield found


def find_task(row: Row, tasks: Tasks) -> Task:
    of_query = tasks.get(row.id)
    if not of_query:
        raise Fault("id", _("there is no %(id)s in the project") % {"id": row.id})
    there = of_query.get((row.model, row.sample))
    if not there:
        raise Fault(
            "model",
            _("there is no answer of %(system)s, sample %(sample)s, to %(id)s")
            % {"system": row.model, "sample": row.sample, "id": row.id},
        )
    named = [task for task in there if row.rubric in (None, "", task.rubric.name)]
    known = ", ".join(sorted(task.rubric.name for task in there))
    if not named:
        raise Fault("rubric", _("expected %(known)s") % {"known": known})
    if len(named) > 1:
        raise Fault("rubric", _("this response is judged more than once: expected one of %(known)s") % {"known": known})
    return named[0]


def annotation_of(task: Task, rows: list[Row], sound: bool, reject: Reject) -> ImportedAnnotation | None:
    """The judgement, or None when anything is wrong with it or was before."""
    faults: list[tuple[Row, str, str]] = []
    of_criterion: dict[str, Row] = {}
    body = body_of(task, rows, of_criterion, faults)
    sound = sound and not faults
    try:
        said = submission.read(task, body, complete=True, imported=True)
    except ValidationError as error:
        # beside a row that is at fault, what is missing may be that row's
        faults += [fault for fault in faults_by_row(error.fields, rows[0], of_criterion) if sound or fault[1] != "criterion"]
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
        said=said,
        submitted_at=datetime.fromisoformat(max(times)) if times else None,
        active_seconds=said.active_seconds if timed else None,
    )


def body_of(task: Task, rows: list[Row], of_criterion: dict[str, Row], faults: list[tuple[Row, str, str]]) -> dict[str, Any]:
    """The rows as the body of a submission; `of_criterion` is filled with the row of each criterion."""
    kinds = {criterion.key: criterion.is_rated for criterion in task.rubric.criteria.all()}
    body: dict[str, Any] = {"scores": {}, "penalties": []}
    for row in rows:
        key = row.criterion
        if key is None:
            continue
        first = of_criterion.setdefault(key, row)
        if first is not row:
            faults.append((row, "criterion", _("a second score, after that of record %(number)s") % {"number": first.number}))
        elif key != OVERALL and key not in kinds:
            faults.append((row, "criterion", _("unknown; expected %(known)s") % {"known": ", ".join(kinds)}))
        elif row.score is None:
            continue
        elif key == OVERALL:
            body[OVERALL] = row.score
        elif kinds[key]:
            body["scores"][key] = row.score
        elif row.score not in (0, 1):
            faults.append((row, "score", _("is a penalty: expected 1 or 0")))
        elif row.score == 1:
            body["penalties"].append(key)
    body["feedback"] = "\n".join(dict.fromkeys(row.comment for row in rows if row.comment))
    body["active_seconds"] = max(row.active_seconds or 0 for row in rows)
    return body


def faults_by_row(fields: Mapping[str, str], first: Row, of_criterion: Mapping[str, Row]) -> Iterable[tuple[Row, str, str]]:
    """The faults of a submission as faults of the rows."""
    for field, error in fields.items():
        key = field.removeprefix("scores.")
        row = of_criterion.get(key)
        if field == "feedback":
            yield first, "comment", _("all comments on one response together: %(fault)s") % {"fault": error}
        elif row is None:
            yield first, "criterion", _("%(criterion)s is missing") % {"criterion": key}
        elif row.score is not None:
            yield row, "score", error
