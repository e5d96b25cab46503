"""Has long steps carried out by a worker, and keeps account of them: how far they are, how they ended, who asked to stop.

The queue is django-tasks'. It says nothing of progress, and a task whose worker is killed stays "running" in it for ever: so a
job has a row and a lease of its own, and whoever comes by ends those that have run out.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast
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
from annotation.flow.images import renditions
from annotation.flow.load import items, load_score_file
from annotation.flow.progress import ENDING, PREPARING, STORING
from annotation.importers.archive import check_name, open_upload
from annotation.importers.formats import layout, read_columns
from annotation.importers.scores import check_score_file
from annotation.models import Image, Job, Project, User
from annotation.models.jobs import JobQuerySet

logger = logging.getLogger("sixpoint")
LEASE = timedelta(seconds=60)
BATCH = 100
EVERY = 1.0  # second between two notes of progress
# While it stores, in one transaction, a job is not heard of: for as long as it may wait for another load, and for its rows.
WAITING, PER_ROW = timedelta(minutes=5), timedelta(milliseconds=5)


ENDED_FOR_GOOD = (Job.Outcome.DONE, Job.Outcome.REFUSED)


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
    """Queue a job, with the file that it is about. Raises Refused for a file that no worker would look at."""
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


def check_upload(kind: str, file_name: str, options: dict[str, Any]) -> None:
    if kind == Job.Kind.LOAD_SCORES:
        check_score_file(file_name)
    else:
        check_name(file_name)
        layout(options.get("format", "sixpoint"), read_columns(options.get("columns", [])))


def run_later(job: Job) -> None:
    carry_out.enqueue(job.pk, job.attempt)


@task()
def carry_out(pk: int, attempt: int) -> None:
    """What the worker calls."""
    end_lost()
    taken = Job.objects.waiting().filter(pk=pk, attempt=attempt)
    if taken.update(started_at=Now(), lease_expires_at=Now() + LEASE) == 1:
        job = Job.objects.select_related("project", "made_by").get(pk=pk)
        with translation.override(job.options.get("language", "en")):
            finish(job)


def finish(job: Job) -> None:
    """Carry the job out, and write down how it ended. Whatever goes wrong is for the log, not for the person."""
    try:
        report = STEPS[job.kind](job, ProgressReporter(job))
    except Cancelled:
        end(job, Job.Outcome.CANCELLED)
    except Rejected as error:
        report = {"rejected": [asdict(rejection) for rejection in error.rejections]}
        end(job, Job.Outcome.REFUSED, message=_("The file was refused whole; nothing was stored."), report=report)
    except Refused as error:
        end(job, Job.Outcome.REFUSED, message=str(error))
    except Exception:
        logger.exception("job %s failed", job.pk)
        end(job, Job.Outcome.FAILED, message=_("Something went wrong on our side, and stands in the server's log."))
    else:
        end(job, Job.Outcome.DONE, report=report)
        if report.get("images") and job.kind == Job.Kind.LOAD_ITEMS and not job.options.get("dry_run"):
            start(project=job.project, kind=Job.Kind.PREPARE_IMAGES, by=job.made_by)


def end(job: Job, outcome: str, **told: Any) -> None:
    """Only the attempt that is under way ends a job: one that was thought lost has no say any more."""
    mine = Job.objects.under_way().filter(pk=job.pk, attempt=job.attempt)
    ended = mine.update(ended_at=Now(), outcome=outcome, **told) == 1
    if ended and job.upload and outcome in ENDED_FOR_GOOD:  # else it may be tried again
        default_storage.delete(job.upload)


class ProgressReporter:
    """Progress of a job: noted once a second, with the lease renewed. Raises Cancelled when somebody asked to stop."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.noted = 0.0

    def __call__(self, phase: str, done: int, total: int) -> None:
        if phase == ENDING and not self.mine().exists():  # found lost meanwhile: what it stored must not count
            raise Cancelled
        if connection.in_atomic_block:  # nobody would see it before the end, and the lease was taken for as long
            return
        now = time.monotonic()
        if now - self.noted < EVERY and done:
            return
        self.noted = now
        self.note(phase, done, total)

    def note(self, phase: str, done: int, total: int) -> None:
        lease = WAITING + PER_ROW * total if phase == STORING else LEASE
        told = {"phase": phase, "done": done, "total": total, "lease_expires_at": Now() + lease}
        if self.mine().filter(cancel_asked_at=None).update(**told) != 1:
            raise Cancelled

    def mine(self) -> JobQuerySet:
        return Job.objects.under_way().filter(pk=self.job.pk, attempt=self.job.attempt)


def load_items(job: Job, watch: ProgressReporter) -> dict[str, Any]:
    with default_storage.open(job.upload) as file:
        report = items.load_package(
            package=open_upload(cast(BinaryIO, file), job.file_name),
            project=job.project,
            by=job.made_by,
            dry_run=bool(job.options.get("dry_run")),
            layout=layout(job.options.get("format", "sixpoint"), read_columns(job.options.get("columns", []))),
            progress=watch,
        )
    return report.as_dict()


def load_scores(job: Job, watch: ProgressReporter) -> dict[str, Any]:
    with default_storage.open(job.upload) as file:
        return load_score_file(
            file=cast(BinaryIO, file),
            name=job.file_name,
            project=job.project,
            by=job.made_by,
            dry_run=bool(job.options.get("dry_run")),
            progress=watch,
        ).as_dict()


def prepare_images(job: Job, watch: ProgressReporter) -> dict[str, Any]:
    """Make the sizes that pages show, so that nobody waits for them. Those that are there cost a look each."""
    of_project = Image.objects.filter(project=job.project).order_by("pk")
    total, done, missing, last = of_project.count(), 0, 0, 0
    # some at a time: SQLite lets nobody write who is still reading from before another's writing
    while some := list(of_project.filter(pk__gt=last)[:BATCH]):
        for image in some:
            try:
                renditions.prepare(image)
            except renditions.NoOriginal:  # the log says which
                missing += 1
            done, last = done + 1, image.pk
            watch(PREPARING, done, total)
    return {"images": done - missing, "missing": missing}


STEPS: dict[str, Callable[[Job, ProgressReporter], dict[str, Any]]] = {
    Job.Kind.LOAD_ITEMS: load_items,
    Job.Kind.LOAD_SCORES: load_scores,
    Job.Kind.PREPARE_IMAGES: prepare_images,
}


def cancel(*, job: Job) -> None:
    """Ask a job to stop: one that waits ends at once, one under way as soon as it looks. Raises AlreadyDone."""
    if Job.objects.waiting().filter(pk=job.pk).update(ended_at=Now(), outcome=Job.Outcome.CANCELLED):
        return
    if not Job.objects.under_way().filter(pk=job.pk, cancel_asked_at=None).update(cancel_asked_at=Now()):
        raise AlreadyDone(_("It has ended, or was asked to stop already."))


def retry(*, job: Job) -> None:
    """Once more, with the same file. Raises AlreadyDone, and Refused where the file is gone."""
    end_lost()
    ended = Job.objects.filter(pk=job.pk, attempt=job.attempt, ended_at__isnull=False).exclude(outcome__in=ENDED_FOR_GOOD)
    if not ended.exists():
        raise AlreadyDone(_("It is under way, or done."))
    if job.upload and not default_storage.exists(job.upload):
        raise Refused(_("%(file)s is not kept any more: upload it again") % {"file": job.file_name})
    with transaction.atomic():
        again = ended.update(
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
        if again != 1:
            raise AlreadyDone(_("It is under way, or done."))
        job.refresh_from_db()
        run_later(job)


def queue_again() -> None:
    """Jobs that wait though nothing of them is in the queue: their worker ended between taking them and beginning."""
    for job in Job.objects.waiting().filter(made_at__lt=timezone.now() - LEASE):
        queued = DBTaskResult.objects.ready().filter(args_kwargs={"args": [job.pk, job.attempt], "kwargs": {}})
        if not queued.exists():
            run_later(job)


def end_lost() -> int:
    """End the jobs whose worker was killed; says how many there were."""
    return Job.objects.lost().update(ended_at=timezone.now(), outcome=Job.Outcome.LOST)
