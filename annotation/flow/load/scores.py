"""Loads existing human scores, all or nothing: each annotation becomes a first judgement in a slot of its own.

As items do, they wait in staging tables until one transaction stores them all.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import Fault, Refused, Rejected, storable
from annotation.flow.batches import batched
from annotation.flow.load.overtaken import anew_if_overtaken, newest_event, refuse_overtaken
from annotation.flow.load.report import ScoreReport
from annotation.flow.load.score_annotations import ImportedAnnotation, Tasks, annotations_of
from annotation.flow.load.score_annotators import Annotators, annotators_named, enrol
from annotation.flow.load.score_rows import SortedRows, Spellings, sorted_rows
from annotation.flow.load.score_slots import STAGED, choose_slots, delete_drafts, take_slots
from annotation.flow.progress import COMPARING, ENDING, STORING, Progress, silent
from annotation.flow.score.store import revision_row, score_rows
from annotation.flow.staging import Staging, staging
from annotation.flow.turns import take_turns
from annotation.importers.near_misses import NearMisses
from annotation.importers.scores import Row, check_score_file
from annotation.models import Annotation, Event, Project, Query, Revision, Score, Task, User
from annotation.sql.analyze import analyze
from rubrics.models import Rubric

BATCH = 500  # annotations that are looked up and stored together


MANY = 500  # so many annotations change what PostgreSQL thinks of its tables


@dataclass
class ScoreLoad:
    """One load of scores. From batch to batch, only the report, the annotators and the staging tables change."""

    project: Project
    by: User | None
    rubrics: dict[int, Rubric]
    now: datetime
    report: ScoreReport
    staging: Staging
    since: int  # the newest event when it began
    spellings: Spellings
    annotators: Annotators = field(default_factory=Annotators)

    @cached_property
    def near_misses(self) -> NearMisses:
        """Of the queries' ids; only for a file that names one which is not there."""
        return NearMisses(Query.objects.filter(project=self.project).values_list("external_id", flat=True))


def load_scores(
    *,
    path: Path,
    project: Project,
    by: User | None = None,
    dry_run: bool = False,
    zone: tzinfo | None = None,
    progress: Progress = silent,
) -> ScoreReport:
    """Load a file of scores, in which times without a zone are in `zone`. Raises Rejected with every fault, and Refused where
    the file cannot be read at all."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from error
    with file:
        name = storable(path.name)
        return load_score_file(file=file, name=name, project=project, by=by, dry_run=dry_run, zone=zone, progress=progress)


def load_score_file(
    *,
    file: BinaryIO,
    name: str,
    project: Project,
    by: User | None = None,
    dry_run: bool = False,
    zone: tzinfo | None = None,
    progress: Progress = silent,
) -> ScoreReport:
    """As load_scores, from an open file, which is read from its start and left open."""
    check_score_file(name)
    read = ScoreReport()
    with sorted_rows(file, name, read, progress, zone) as rows, take_turns(progress):

        def load() -> ScoreReport:
            with staging(STAGED) as staged:
                different = [list(spellings) for spellings in rows.spellings.values() if len(spellings) > 1]
                report = replace(read, rejected=[*read.rejected], spellings=different)
                load_rows(rows, begin_load(project, by, report, staged, rows.spellings), name, dry_run, progress)
                return report

        return anew_if_overtaken(load)


def begin_load(project: Project, by: User | None, report: ScoreReport, staged: Staging, spellings: Spellings) -> ScoreLoad:
    return ScoreLoad(
        project=project,
        by=by,
        rubrics={rubric.pk: rubric for rubric in Rubric.objects.with_content().filter(projects=project)},
        now=timezone.now(),
        report=report,
        staging=staged,
        since=newest_event(project),
        spellings=spellings,
    )


def load_rows(rows: SortedRows, load: ScoreLoad, name: str, dry_run: bool, progress: Progress) -> None:
    """Load what was read. Raises Rejected, Overtaken."""
    total, done = rows.count(), 0
    for batch in batched(rows, BATCH):
        stage_batch(batch, load)
        done += len(batch)
        progress(COMPARING, done, total)
    report = load.report
    if report.rejected:
        raise Rejected(name, sorted(report.rejected, key=lambda rejection: rejection.record))
    load.staging.analyze()
    report.slots = choose_slots(load.project)
    if not dry_run:
        progress(STORING, 0, report.annotations)
        store(load, name, progress)


def store(load: ScoreLoad, name: str, progress: Progress) -> None:
    report = load.report
    with transaction.atomic():
        refuse_overtaken(load.project, load.since)
        enrol(load.annotators.newcomers, project=load.project, by=load.by)
        report.slots = take_slots(load.project)
        for model in STAGED:
            load.staging.store(model)
            if report.annotations >= MANY:
                analyze(model)  # for the triggers of the next table
        delete_drafts()
        if report.annotations:
            data = {"file": name, **report.counts}
            Event.objects.create(project=load.project, verb=Event.Verb.SCORES_LOADED, by=load.by, data=data)
        progress(STORING, report.annotations, report.annotations)
        progress(ENDING, 1, 1)


def stage_batch(batch: list[list[Row]], load: ScoreLoad) -> None:
    """Check the annotations, each given by its rows, and stage those that are new."""
    report, annotators = load.report, load.annotators
    tasks = tasks_of(batch, load)
    names = {rows[0].annotator for rows in batch} - annotators.known()
    annotators.add(annotators_named(names, load.project, load.spellings))
    annotations: list[ImportedAnnotation] = []
    for rows in batch:
        for row in rows:
            if fault := annotators.faults.get(row.annotator):
                report.reject(row, Fault("annotator", fault, row.spelling))
        annotations += annotations_of(rows, tasks, lambda unknown: load.near_misses.of(unknown), report.reject)
    annotations = [annotation for annotation in annotations if annotation.annotator in annotators.users]
    stage(new_annotations(annotations, annotators, report), load)
    report.annotators = len(annotators.newcomers)


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
    stored, answers = stored_judgements(annotations, [user.pk for user in annotators.users.values()])
    new = []
    for annotation in annotations:
        revision = stored.get((annotation.task.pk, annotators.users[annotation.annotator].pk))
        if revision is None:
            new.append(annotation)
        elif column := difference(annotation, revision, answers[revision.pk]):
            error = _("differs from what %(name)s has said of this response already")
            told = error % {"name": annotators.users[annotation.annotator].username}
            report.reject(annotation.row, Fault(column, told, getattr(annotation.row, column), kind=error))
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


def stage(imported: list[ImportedAnnotation], load: ScoreLoad) -> None:
    """Their slots are chosen when all are there."""
    annotations = [Annotation(task=one.task, annotator=load.annotators.users[one.annotator]) for one in imported]
    load.staging.add(Annotation, annotations)
    revisions = [
        revision_row(annotation, 1, one.submission, one.submitted_at or load.now)
        for annotation, one in zip(annotations, imported, strict=True)
    ]
    load.staging.add(Revision, revisions)
    scores = [row for revision, one in zip(revisions, imported, strict=True) for row in score_rows(revision, one.submission)]
    load.staging.add(Score, scores)
    load.report.annotations += len(annotations)
    load.report.scores += len(scores)
