"""Starts jobs, has a worker run them, and keeps account of them: their progress, how they ended, who asked to stop.

The queue is django-tasks'. It has no progress, and a task whose worker is killed stays "running" in it for ever. So a job has a
row and a lease of its own, and jobs whose lease has run out are ended by the next worker, clean or retry.
"""

import logging
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from annotation.errors import AlreadyDone, Refused, Rejected
from annotation.flow.check import check_scorer_name, parse_scale
from annotation.flow.jobs.steps import run_step
from annotation.flow.overlap import read_overlap
from annotation.flow.progress import COMPUTING, ENDING, SEARCHING, STORING
from annotation.flow.release import Options, refuse_options
from annotation.flow.setup.copy import copy_project
from annotation.importers.archive import check_name
from annotation.importers.formats import layout, read_columns
from annotation.importers.scores import check_score_file
from annotation.importers.times import parse_zone
from annotation.models import Event, Job, Project, User
from annotation.models.jobs import JobQuerySet

logger = logging.getLogger("sixpoint")
LEASE = timedelta(seconds=60)
SECONDS_BETWEEN_NOTES = 1.0  # of progress
# While it stores, in one transaction, searches or computes, a job cannot renew its lease: so it gets as long as it may wait for
# another writer, and as its rows may take.
SILENT = (STORING, SEARCHING, COMPUTING)
WAITING, PER_ROW = timedelta(minutes=5), timedelta(milliseconds=5)
FINAL = (Job.Outcome.DONE, Job.Outcome.REFUSED)  # a job that ended so is not tried again


class Cancelled(Exception):
    """Somebody asked the job to stop."""


def start(
    *,
    project: Project,
    kind: str,
    by: User | None = None,
    upload: BinaryIO | None = None,
    file_name: str = "",
    options: dict[str, Any] | None = None,
) -> Job:
    """Queue a job, with the file that it loads. Raises Refused for a file or options that a worker would refuse unread."""
    file_name = PurePosixPath(file_name).name[-255:]
    options = {"language": translation.get_language() or "en", **(options or {})}
    stored = ""
    if upload is not None:
        check_upload(kind, file_name, options)
        stored = default_storage.save(f"uploads/{uuid4().hex}{PurePosixPath(file_name).suffix.lower()}", File(upload))
    with transaction.atomic():
        job = Job.objects.create(project=project, kind=kind, made_by=by, options=options, file_name=file_name, upload=stored)
        run_later(job)
    return job


def prepare_later(*, project: Project, by: User | None = None) -> None:
    """Queue the job that makes the sizes of the project's images, to be called after each load of some."""
    if not Job.objects.waiting().filter(project=project, kind=Job.Kind.PREPARE_IMAGES).exists():
        start(project=project, kind=Job.Kind.PREPARE_IMAGES, by=by)


def start_release(*, project: Project, options: Options, by: User | None = None) -> Job:
    """Queue a job that makes a release. Raises Refused for options that a worker would refuse unread."""
    refuse_options(options)
    return start(project=project, kind=Job.Kind.RELEASE, by=by, options={"release": options.as_values()})


def start_overlap(*, project: Project, changes: Mapping[str, Any], by: User | None = None) -> Job:
    """Queue a job that changes the annotators per response. Raises ValidationError for what a worker would refuse unread."""
    numbers = read_overlap(changes, project)
    return start(project=project, kind=Job.Kind.SET_OVERLAP, by=by, options={"overlap": numbers})


@transaction.atomic
def start_copy(*, source: Project, slug: str, title: str, data: bool, by: User) -> tuple[Project, Job | None]:
    """Copy a project and, with `data`, queue the job that copies its data. Raises ValidationError."""
    made = copy_project(source=source, slug=slug, title=title, by=by)
    if not data:
        return made, None
    return made, start(project=made, kind=Job.Kind.COPY_DATA, by=by, options={"source": source.slug})


def check_upload(kind: str, file_name: str, options: dict[str, Any]) -> None:
    if kind == Job.Kind.LOAD_SCORES:
        check_score_file(file_name)
        parse_zone(options.get("time_zone", ""))
    elif kind == Job.Kind.CHECK_SCORER:
        check_scorer_name(options.get("scorer"))
        parse_scale(options.get("scale", ""))
    else:
        check_name(file_name)
        layout(options.get("format", "sixpoint"), read_columns(options.get("columns", [])))


def run_later(job: Job) -> None:
    carry_out.enqueue(job.pk, job.attempt)


@task()
def carry_out(pk: int, attempt: int) -> None:
    """What the worker calls."""
    end_lost()
    waiting = Job.objects.waiting().filter(pk=pk, attempt=attempt)
    if waiting.update(started_at=Now(), lease_expires_at=Now() + LEASE) == 1:
        job = Job.objects.select_related("project", "made_by").get(pk=pk)
        with translation.override(language_of(job)):
            run(job)


def language_of(job: Job) -> str:
    """The language of who started the job; English where another version has written the options."""
    language = job.options.get("language") if isinstance(job.options, dict) else None
    return language if isinstance(language, str) and translation.check_for_language(language) else "en"


def run(job: Job) -> None:
    """Run the job, and store how it ended. An error that nobody expected goes to the log, not to the person."""
    try:
        report = run_step(job, ProgressReporter(job))
    except Cancelled:
        end(job, Job.Outcome.CANCELLED)
    except Rejected as error:
        message = _("The file was refused whole; nothing was stored.")
        end(job, Job.Outcome.REFUSED, message=f"{message} {error.advice}".strip(), report=error.report())
    except Refused as error:
        end(job, Job.Outcome.REFUSED, message=str(error))
    except Exception:
        logger.exception("job %s failed", job.pk)
        end(job, Job.Outcome.FAILED, message=_("Something went wrong on our side, and stands in the server's log."))
    else:
        end(job, Job.Outcome.DONE, report=report)
        if report.get("images") and job.kind == Job.Kind.LOAD_ITEMS and not job.options.get("dry_run"):
            prepare_later(project=job.project, by=job.made_by)


def end(job: Job, outcome: str, **result: Any) -> None:
    """End the attempt if it is still under way: one that was taken for lost changes nothing any more."""
    attempt = Job.objects.under_way().filter(pk=job.pk, attempt=job.attempt)
    ended = attempt.update(ended_at=Now(), outcome=outcome, **result) == 1
    if ended and job.upload and outcome in FINAL:
        default_storage.delete(job.upload)


class ProgressReporter:
    """Stores the progress of a job once a second, and renews its lease. Raises Cancelled when somebody asked to stop."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.noted = 0.0

    def __call__(self, phase: str, done: int, total: int) -> None:
        if phase == ENDING and not self.lasts():  # taken for lost meanwhile: what it stored must not count
            raise Cancelled
        if connection.in_atomic_block:  # nobody would see it before the end, and the lease lasts until then
            return
        now = time.monotonic()
        if now - self.noted < SECONDS_BETWEEN_NOTES and done:
            return
        self.noted = now
        self.note(phase, done, total)

    def note(self, phase: str, done: int, total: int) -> None:
        lease = WAITING + PER_ROW * total if phase in SILENT else LEASE
        progress = {"phase": phase, "done": done, "total": total, "lease_expires_at": Now() + lease}
        if self.attempt().filter(cancel_asked_at=None).update(**progress) != 1:
            raise Cancelled

    def lasts(self) -> bool:
        """Whether the attempt is under way; in a transaction it cannot be taken for lost before that ends."""
        attempt = self.attempt().select_for_update() if connection.in_atomic_block else self.attempt()
        return attempt.first() is not None

    def attempt(self) -> JobQuerySet:
        return Job.objects.under_way().filter(pk=self.job.pk, attempt=self.job.attempt)


@transaction.atomic
def cancel(*, job: Job, by: User | None = None) -> None:
    """Ask a job to stop: one that waits ends at once, one under way when it next reports progress. Raises AlreadyDone."""
    ended = Job.objects.waiting().filter(pk=job.pk).update(ended_at=Now(), outcome=Job.Outcome.CANCELLED)
    if not ended and not Job.objects.under_way().filter(pk=job.pk, cancel_asked_at=None).update(cancel_asked_at=Now()):
        raise AlreadyDone(_("It has ended, or was asked to stop already."))
    record_event(job, Event.Verb.JOB_CANCELLED, by)


def record_event(job: Job, verb: Event.Verb, by: User | None) -> None:
    Event.objects.create(project=job.project, verb=verb, by=by, data={"job": job.pk, "kind": job.kind, "file": job.file_name})


def retry(*, job: Job, by: User | None = None) -> None:
    """Once more, with the same file. Raises AlreadyDone, and Refused where the file is gone."""
    end_lost()
    ended = Job.objects.filter(pk=job.pk, attempt=job.attempt, ended_at__isnull=False).exclude(outcome__in=FINAL)
    if not ended.exists():
        raise AlreadyDone(_("It is under way, or done."))
    if job.upload and not default_storage.exists(job.upload):
        raise Refused(_("%(file)s is not kept any more: upload it again") % {"file": job.file_name})
    with transaction.atomic():
        reset = ended.update(
            attempt=job.attempt + 1,
            started_at=None,
            lease_expires_at=None,
            cancel_asked_at=None,
            ended_at=None,
            outcome="",
            phase="",
            done=0,
            total=0,
            message="",
            report=None,
        )
        if reset != 1:
            raise AlreadyDone(_("It is under way, or done."))
        job.refresh_from_db()
        record_event(job, Event.Verb.JOB_RETRIED, by)
        run_later(job)


def queue_again() -> None:
    """Queue the jobs that wait though the queue has no task for them.

    Their worker ended between taking the task and starting the job, or the task names a function that is not there any more.
    """
    for job in Job.objects.waiting().filter(made_at__lt=timezone.now() - LEASE):
        queued = DBTaskResult.objects.ready().filter(args_kwargs={"args": [job.pk, job.attempt], "kwargs": {}})
        if not queued.exists():
            run_later(job)


def end_lost() -> int:
    """End the jobs whose worker was killed. Returns how many there were."""
    return Job.objects.lost().update(ended_at=timezone.now(), outcome=Job.Outcome.LOST)
