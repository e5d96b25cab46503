"""Takes existing human scores in, all or nothing: each becomes a first judgement, in a slot of its own."""

import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import MOST_REJECTIONS, Refused, Rejected, Rejection, storable, too_many
from annotation.flow.batches import batched
from annotation.flow.images.store import take_turns
from annotation.flow.load.score_people import People, enrol, people_of
from annotation.flow.load.score_report import Loading, ScoreReport
from annotation.flow.load.score_rows import ImportedAnnotation, Tasks, annotations_of
from annotation.flow.load.score_slots import drop_drafts, free_slot, lock_slots, new_slot
from annotation.flow.progress import ENDING, READING, STORING, Progress, silent
from annotation.flow.score.store import NewRevision, store_submissions
from annotation.importers.scores import Row, check_score_file, read_rows
from annotation.models import Annotation, Assignment, Event, Project, Revision, Score, Task, User
from annotation.sql.analyze import StatisticsRefresh
from rubrics.models import Rubric

BATCH = 500  # annotations that are looked up and stored together


STEP = 10_000  # rows between two words of progress


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
    """As load_scores, of an open file that can be read again from its start."""
    check_score_file(name)
    report = ScoreReport()
    # the rows of an annotation may stand anywhere in the file: they are sorted in a database without a name, which lies
    # on the disk and is gone when it is closed
    with closing(sqlite3.connect("")) as kept:
        store_rows(file, name, kept, report, progress)
        total = count(kept)
        progress(STORING, 0, total)
        with transaction.atomic():
            take_turns()
            load_stored_rows(kept, total, project, by, report, progress)
            if report.rejected:
                raise Rejected(name, sorted(report.rejected, key=lambda rejection: rejection.record))
            if report.annotations:
                told = {"file": name, **report.counts}
                Event.objects.create(project=project, verb=Event.Verb.SCORES_LOADED, by=by, data=told)
            progress(ENDING, 1, 1)
            if dry_run:
                transaction.set_rollback(True)
    return report


def store_rows(file: BinaryIO, name: str, kept: sqlite3.Connection, report: ScoreReport, progress: Progress) -> None:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)

    def rows() -> Iterator[Row]:
        for number, (row, rejections) in enumerate(read_rows(file, name)):
            report.rejected += rejections
            if len(report.rejected) > MOST_REJECTIONS:
                fault = too_many()
                report.rejected.append(Rejection(report.rejected[-1].record + 1, fault.field, fault.error))
                return
            if number % STEP == 0:
                progress(READING, file.tell(), size)
            if row:
                yield row

    kept.execute(f"CREATE TABLE rows ({', '.join(Row._fields)})")
    kept.executemany(f"INSERT INTO rows VALUES ({', '.join('?' * len(Row._fields))})", rows())  # noqa: S608 question marks
    progress(READING, size, size)


def annotations(kept: sqlite3.Connection) -> Iterator[list[Row]]:
    """The rows of one annotator and response together."""
    rows = map(Row._make, kept.execute("SELECT * FROM rows ORDER BY id, model, sample, annotator, number"))
    for _key, of_one in groupby(rows, key=lambda row: (row.id, row.model, row.sample, row.annotator)):
        yield list(of_one)


def count(kept: sqlite3.Connection) -> int:
    [[found]] = kept.execute("SELECT COUNT(*) FROM (SELECT DISTINCT id, model, sample, annotator FROM rows)")
    return int(found)


def load_stored_rows(
    kept: sqlite3.Connection, total: int, project: Project, by: User | None, report: ScoreReport, progress: Progress
) -> None:
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)  # loads of one project take turns
    loading = Loading(
        project=project,
        rubrics={rubric.pk: rubric for rubric in Rubric.objects.with_content().filter(projects=project)},
        last=Assignment.objects.filter(project=project).aggregate(last=Max("position"))["last"] or 0,
        now=timezone.now(),
        by=by,
        report=report,
    )
    done, plans = 0, StatisticsRefresh(Annotation, Revision, Score)
    for batch in batched(annotations(kept), BATCH):
        load_batch(batch, loading)
        done += len(batch)
        plans.after(done)
        progress(STORING, done, total)


def load_batch(batch: list[list[Row]], loading: Loading) -> None:
    """Find every fault of these annotations, and store them unless there has been one."""
    report = loading.report
    tasks = tasks_of(batch, loading)
    people = people_of({rows[0].annotator for rows in batch}, loading.project)
    found: list[ImportedAnnotation] = []
    for rows in batch:
        for row in rows:
            if fault := people.faults.get(row.annotator):
                report.reject(row, "annotator", fault)
        found += annotations_of(rows, tasks, report.reject)
    found = [one for one in found if one.annotator in people.users]
    if not report.rejected:
        enrol(people.newcomers, loading)
    slots = lock_slots(found)
    new = without_those_there(found, people, report)
    if not report.rejected:
        store(new, people, slots, loading)


def tasks_of(batch: list[list[Row]], loading: Loading) -> Tasks:
    ids = {rows[0].id for rows in batch}
    # by id alone, so that an answer that is not there can be told from a query that is not
    chosen = Task.objects.study(loading.project).filter(response__query__external_id__in=ids).select_related("response__query")
    found: dict[str, defaultdict[tuple[str, int], list[Task]]] = {}
    for task in chosen:
        task.rubric = loading.rubrics[task.rubric_id]
        response = task.response
        found.setdefault(response.query.external_id, defaultdict(list))[response.system, response.sample].append(task)
    return found


def without_those_there(found: list[ImportedAnnotation], people: People, report: ScoreReport) -> list[ImportedAnnotation]:
    """Those that are new. One that is there and the same is skipped, one that differs is rejected."""
    users = [user.pk for user in people.users.values() if user.pk is not None]
    first = Revision.objects.filter(
        number=1, annotation__task__in={one.task.pk for one in found}, annotation__annotator__in=users
    ).select_related("annotation")
    there = {(revision.annotation.task_id, revision.annotation.annotator_id): revision for revision in first}
    answers: defaultdict[int, set[tuple[Any, ...]]] = defaultdict(set)
    columns = ("revision", "criterion", "level", "not_applicable")
    for revision, *answer in Score.objects.filter(revision__in=there.values()).values_list(*columns):
        answers[revision].add(tuple(answer))
    new = []
    for one in found:
        revision = there.get((one.task.pk, people.users[one.annotator].pk))
        if revision is None:
            new.append(one)
        elif column := difference(one, revision, answers[revision.pk]):
            report.reject(
                one.row, column, _("differs from what %(name)s has said of this response already") % {"name": one.annotator}
            )
        else:
            report.skipped += 1
    return new


def difference(found: ImportedAnnotation, there: Revision, answers: set[tuple[Any, ...]]) -> str | None:
    """The column in which the file says something else. What it leaves out is not compared."""
    said = found.said
    given = {(criterion.pk, level.pk if level else None, na) for criterion, level, na in said.answers()}
    if given != answers or said.holistic != there.holistic:
        return "score"
    if said.feedback and said.feedback != there.feedback:
        return "comment"
    if found.submitted_at and found.submitted_at != there.submitted_at:
        return "submitted_at"
    if found.active_seconds is not None and found.active_seconds != there.active_seconds:
        return "active_seconds"
    return None


def store(new: list[ImportedAnnotation], people: People, slots: dict[int, list[Assignment]], loading: Loading) -> None:
    tasks = {one.task.pk for one in new}
    highest = dict(Assignment.objects.filter(task__in=tasks).values_list("task").annotate(highest=Max("number")))
    sent = []
    for one in new:
        user, at = people.users[one.annotator], one.submitted_at or loading.now
        slot = free_slot(slots[one.task.pk], user) or new_slot(one.task, highest, loading)
        slot.annotator, slot.claimed_at, slot.submitted_at, slot.lease_expires_at = user, at, at, None
        sent.append(NewRevision(slot, user, one.said, at))
    # an upsert is the one update of many rows to many values that neither grows with their square nor asks once a row
    taken = ["annotator", "claimed_at", "submitted_at", "lease_expires_at"]
    Assignment.objects.bulk_create([one.slot for one in sent], update_conflicts=True, unique_fields=["id"], update_fields=taken)
    store_submissions(sent)
    drop_drafts(sent)
    loading.report.annotations += len(sent)
    loading.report.scores += sum(len(one.submission.answers()) for one in sent)
