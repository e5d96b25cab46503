"""What each kind of job does, as its options say."""

from collections.abc import Callable
from typing import Any, BinaryIO, cast

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.flow import adjudicate
from annotation.flow.agree import copies
from annotation.flow.images import renditions
from annotation.flow.load import items, load_score_file
from annotation.flow.progress import PREPARING, Progress
from annotation.importers.archive import open_upload
from annotation.importers.formats import layout, read_columns
from annotation.models import Image, Job

BATCH = 100
OPTIONS = {"language": str, "dry_run": bool, "format": str, "columns": list}


def run_step(job: Job, progress: Progress) -> dict[str, Any]:
    """Do what the job is for, and return its report. Raises Refused, also where another version of Sixpoint queued the job
    and this one does not understand it; whatever `progress` raises ends the step.
    """
    check_options(job)
    if job.kind not in STEPS:
        raise not_understood(job.kind)
    return STEPS[job.kind](job, progress)


def check_options(job: Job) -> None:
    if not isinstance(job.options, dict):
        raise not_understood(job.options)
    for name, value in job.options.items():
        if name not in OPTIONS or not isinstance(value, OPTIONS[name]):
            raise not_understood(f"{name}={value}")
    if any(not isinstance(line, str) for line in job.options.get("columns", [])):
        raise not_understood(f"columns={job.options['columns']}")


def not_understood(what: Any) -> Refused:
    return Refused(
        _("Another version of Sixpoint queued this job, and this one does not understand %(what)s. Start the job anew.")
        % {"what": str(what)[:200]}
    )


def load_items(job: Job, progress: Progress) -> dict[str, Any]:
    with default_storage.open(job.upload) as file:
        report = items.load_package(
            package=open_upload(cast(BinaryIO, file), job.file_name),
            project=job.project,
            by=job.made_by,
            dry_run=job.options.get("dry_run", False),
            layout=layout(job.options.get("format", "sixpoint"), read_columns(job.options.get("columns", []))),
            progress=progress,
        )
    return report.as_dict()


def load_scores(job: Job, progress: Progress) -> dict[str, Any]:
    with default_storage.open(job.upload) as file:
        report = load_score_file(
            file=cast(BinaryIO, file),
            name=job.file_name,
            project=job.project,
            by=job.made_by,
            dry_run=job.options.get("dry_run", False),
            progress=progress,
        )
    adjudicate.ask_further_where_due(project=job.project)
    warnings = [] if job.options.get("dry_run", False) else copies.load_warnings(job.project)
    return report.as_dict() | {"warnings": warnings}


def prepare_images(job: Job, progress: Progress) -> dict[str, Any]:
    """Make the sizes that pages show, so that nobody waits for them. Of those that are there, only the existence is checked."""
    of_project = Image.objects.filter(project=job.project).order_by("pk")
    total, done, missing, last = of_project.count(), 0, 0, 0
    # some at a time: SQLite lets nobody write who is still reading from before another's writing
    while batch := list(of_project.filter(pk__gt=last)[:BATCH]):
        for image in batch:
            try:
                renditions.prepare(image)
            except renditions.NoOriginal:  # the log says which
                missing += 1
            done, last = done + 1, image.pk
            progress(PREPARING, done, total)
    return {"images": done - missing, "missing": missing}


STEPS: dict[str, Callable[[Job, Progress], dict[str, Any]]] = {
    Job.Kind.LOAD_ITEMS: load_items,
    Job.Kind.LOAD_SCORES: load_scores,
    Job.Kind.PREPARE_IMAGES: prepare_images,
}
