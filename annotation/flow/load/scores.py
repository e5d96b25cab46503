"""Loads existing human scores, all or nothing: each annotation becomes a first judgement in a slot of its own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import Refused, Rejected, storable
from annotation.flow.batches import batched
from annotation.flow.images.store import take_turns
from annotation.flow.load.report import ScoreReport
from annotation.flow.load.score_annotations import ImportedAnnotation, Tasks, annotations_of
from annotation.flow.load.score_annotators import Annotators, annotators_named, enrol
from annotation.flow.load.score_rows import SortedRows, sorted_rows
from annotation.flow.load.score_slots import delete_drafts, free_slot, lock_slots, new_slot, store_slots
from annotation.flow.progress import ENDING, STORING, Progress, silent
from annotation.flow.score.store import NewRevision, store_submissions
from annotation.importers.scores import Row, check_score_file
from annotation.models import Annotation, Assignment, Event, Project, Revision, Score, Task, User
from annotation.sql.analyze import StatisticsRefresh
from rubrics.models import Rubric

BATCH = 500  # annotations that are looked up and stored together


@dataclass
class ScoreLoad:
    """One load of scores. From batch to batch, only the report and the last position of a slot change."""

    project: Project
    by: User | None
    rubrics: dict[int, Rubric]
    last_position: int
    now: datetime
    report: ScoreReport


def load_scores(
    *, path: Path, project: Project, by: User | None = None, dry_run: bool = False, progress: Progress = silent
) -> ScoreReport:
    """Load a file of scores. Raises Rejected with every fault, and Refused where the file cannot be read at all."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from error
    with file:
        return load_score_file(file=file, name=storable(path.name), project=project, by=by, dry_run=dry_run, progress=progress)


def load_score_file(
    *, file: BinaryIO, name: str, project: Project, by: User | None = None, dry_run: bool = False, progress: Progress = silent
) -> ScoreReport:
    """As load_scores, from an open file, which is read from its start and left open."""
    check_score_file(name)
    report = ScoreReport()
    with sorted_rows(file, name, report, progress) as rows:
        total = rows.count()
        progress(STORING, 0, total)
        with transaction.atomic():
            take_turns()
            load_rows(rows, total, begin_load(project, by, report), progress)
            if report.rejected:
                raise Rejected(name, sorted(report.rejected, key=lambda rejection: rejection.record))
            if report.annotations:
                data = {"file": name, **report.counts}
                Event.objects.create(project=project, verb=Event.Verb.SCORES_LOADED, by=by, data=data)
            progress(ENDING, 1, 1)
            if dry_run:
                transaction.set_rollback(True)
    return report


def begin_load(project: Project, by: User | None, report: ScoreReport) -> ScoreLoad:
    """Lock the project, as loads into one project take turns, and read what every batch needs."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    return ScoreLoad(
        project=project,
        by=by,
        rubrics={rubric.pk: rubric for rubric in Rubric.objects.with_content().filter(projects=project)},
        last_position=Assignment.objects.filter(project=project).aggregate(last=Max("position"))["last"] or 0,
        now=timezone.now(),
        report=report,
    )


def load_rows(rows: SortedRows, total: int, load: ScoreLoad, progress: Progress) -> None:
    done, statistics = 0, StatisticsRefresh(Annotation, Revision, Score)
    for batch in batched(rows, BATCH):
        load_batch(batch, load)
        done += len(batch)
        statistics.after(done)
        progress(STORING, done, total)


def load_batch(batch: list[list[Row]], load: ScoreLoad) -> None:
    """Check the annotations, each given by its rows; store them unless the file has had a fault."""
    report = load.report
    tasks = tasks_of(batch, load)
    annotators = annotators_named({rows[0].annotator for rows in batch}, load.project)
    annotations: list[ImportedAnnotation] = []
    for rows in batch:
        for row in rows:
            if fault := annotators.faults.get(row.annotator):
                report.reject(row, "annotator", fault)
        annotations += annotations_of(rows, tasks, report.reject)
    annotations = [annotation for annotation in annotations if annotation.annotator in annotators.users]
    if not report.rejected:
        enrol(annotators.newcomers, project=load.project, by=load.by)
        report.annotators += len(annotators.newcomers)
    slots = lock_slots({annotation.task.pk for annotation in annotations})
    new = new_annotations(annotations, annotators, report)
    if not report.rejected:
        store_annotations(new, annotators, slots, load)


def tasks_of(batch: list[list[Row]], load: ScoreLoad) -> Tasks:
    """The tasks of the queries that the rows name, so that a missing response can be told from a missing query."""
    ids = {rows[0].id for rows in batch}
    tasks: dict[str, defaultdict[tuple[str, int], list[Task]]] = {}
    for task in Task.objects.study(load.project).filter(response__query__external_id__in=ids).select_related("response__query"):
        task.rubric = load.rubrics[task.rubric_id]
        response = task.response
        of_query = tasks.setdefault(response.query.external_id, defaultdict(list))
        of_query[response.system, response.sample].append(task)
    return tasks


def new_annotations(
    annotations: list[ImportedAnnotation], annotators: Annotators, report: ScoreReport
) -> list[ImportedAnnotation]:
    """Those that are not stored yet. One that is stored and the same is skipped, one that differs is rejected."""
    stored, answers = stored_judgements(annotations, [user.pk for user in annotators.users.values() if user.pk is not None])
    new = []
    for annotation in annotations:
        revision = stored.get((annotation.task.pk, annotators.users[annotation.annotator].pk))
        if revision is None:
            new.append(annotation)
        elif column := difference(annotation, revision, answers[revision.pk]):
            error = _("differs from what %(name)s has said of this response already") % {"name": annotation.annotator}
            report.reject(annotation.row, column, error)
        else:
            report.skipped += 1
    return new


def stored_judgements(
    annotations: Iterable[ImportedAnnotation], users: list[int]
) -> tuple[dict[tuple[int, int], Revision], dict[int, set[tuple[Any, ...]]]]:
    """The users' first revisions by task and user, and by revision its answers: criterion, level, not applicable."""
    tasks = {annotation.task.pk for annotation in annotations}
    first = Revision.objects.filter(number=1, annotation__task__in=tasks, annotation__annotator__in=users)
    stored = {
        (revision.annotation.task_id, revision.annotation.annotator_id): revision
        for revision in first.select_related("annotation")
    }
    answers: defaultdict[int, set[tuple[Any, ...]]] = defaultdict(set)
    scores = Score.objects.filter(revision__in=stored.values())
    for revision, *answer in scores.values_list("revision", "criterion", "level", "not_applicable"):
        answers[revision].add(tuple(answer))
    return stored, answers


def difference(annotation: ImportedAnnotation, stored: Revision, answers: set[tuple[Any, ...]]) -> str | None:
    """The column in which the file differs from what is stored. What the file leaves out is not compared."""
    submission = annotation.submission
    imported = {(criterion.pk, level.pk if level else None, na) for criterion, level, na in submission.answers()}
    if imported != answers or submission.holistic != stored.holistic:
        return "score"
    if submission.feedback and submission.feedback != stored.feedback:
        return "comment"
    if annotation.submitted_at and annotation.submitted_at != stored.submitted_at:
        return "submitted_at"
    if annotation.active_seconds is not None and annotation.active_seconds != stored.active_seconds:
        return "active_seconds"
    return None


def store_annotations(
    annotations: list[ImportedAnnotation], annotators: Annotators, open_slots: dict[int, list[Assignment]], load: ScoreLoad
) -> None:
    """Store each in a slot of its task that is open, or else in a new one."""
    tasks = {annotation.task.pk for annotation in annotations}
    numbers = dict(Assignment.objects.filter(task__in=tasks).values_list("task").annotate(highest=Max("number")))
    revisions = []
    for annotation in annotations:
        task, user, time = annotation.task, annotators.users[annotation.annotator], annotation.submitted_at or load.now
        slot = free_slot(open_slots[task.pk], user)
        if slot is None:
            load.last_position += 1
            numbers[task.pk] = numbers.get(task.pk, 0) + 1
            slot = new_slot(task, project=load.project, number=numbers[task.pk], position=load.last_position)
            load.report.slots += 1
        slot.annotator, slot.claimed_at, slot.submitted_at, slot.lease_expires_at = user, time, time, None
        revisions.append(NewRevision(slot, user, annotation.submission, time))
    slots = [revision.slot for revision in revisions]
    store_slots(slots)
    store_submissions(revisions)
    delete_drafts(slots)
    load.report.annotations += len(annotations)
    load.report.scores += sum(len(annotation.submission.answers()) for annotation in annotations)
