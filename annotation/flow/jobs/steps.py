"""What each kind of job does, as its options say."""

from collections.abc import Callable
from typing import Any, BinaryIO, cast

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.flow import adjudicate
from annotation.flow.agree import copies
from annotation.flow.check import keep_scorer_file, parse_scale
from annotation.flow.images.prepare import prepare_images
from annotation.flow.load import copy, items, load_score_file
from annotation.flow.overlap import set_overlap
from annotation.flow.progress import Progress
from annotation.flow.release import Options, make
from annotation.importers.archive import open_upload
from annotation.importers.formats import layout, read_columns
from annotation.importers.times import parse_zone
from annotation.models import Job, Project

OPTIONS = {
    "language": str, "dry_run": bool, "pool": bool, "format": str, "time_zone": str, "columns": list, "release": dict,
    "scorer": str, "scale": str, "trained_on": int, "overlap": dict, "source": str,
}  # fmt: skip


def run_step(job: Job, progress: Progress) -> dict[str, Any]:
    """Do what the job is for, and return its report. Raises Refused, also where another version of Sixpoint queued the job
    and this one does not understand it; whatever `progress` raises ends the step.
    """
    check_options(job)
    if job.kind not in STEPS:
        raise not_understood(job.kind)
    if job.project.archived_at and job.kind != Job.Kind.PREPARE_IMAGES:
        raise Refused(_("The project is archived and can only be read."))
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
            pool=job.options.get("pool", False),
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
            zone=parse_zone(job.options.get("time_zone", "")),
            progress=progress,
        )
    adjudicate.ask_further_where_due(project=job.project)
    warnings = [] if job.options.get("dry_run", False) else copies.load_warnings(job.project)
    return report.as_dict() | {"warnings": warnings}


def make_sizes(job: Job, progress: Progress) -> dict[str, Any]:
    return {**prepare_images(project=job.project, progress=progress)}


def make_release(job: Job, progress: Progress) -> dict[str, Any]:
    values = job.options.get("release", {})
    try:
        options = Options.from_values(values)
    except TypeError as error:
        raise not_understood(f"release={values}") from error
    made = make(job=job, options=options, progress=progress)
    return {"release": made.version, "released": made.manifest["counts"]["released"], "split": made.manifest["split"]}


def check_scorer(job: Job, progress: Progress) -> dict[str, Any]:
    with default_storage.open(job.upload) as file:
        kept = keep_scorer_file(
            file=cast(BinaryIO, file),
            name=job.file_name,
            project=job.project,
            scorer=job.options.get("scorer", ""),
            scale=parse_scale(job.options.get("scale", "")),
            trained_on=job.options.get("trained_on"),
            by=job.made_by,
            progress=progress,
        )
    return kept.as_dict()


def change_overlap(job: Job, progress: Progress) -> dict[str, Any]:
    changes = job.options.get("overlap", {})
    fitted = set_overlap(project=job.project, changes=changes, by=job.made_by, progress=progress)
    adjudicate.ask_further_where_due(project=job.project)  # with fewer annotators, more responses are judged in full
    return fitted.as_dict()


def copy_from(job: Job, progress: Progress) -> dict[str, Any]:
    source = Project.objects.filter(slug=job.options.get("source", "")).first()
    if source is None:
        raise not_understood(f"source={job.options.get('source')}")
    return copy.copy_data(project=job.project, source=source, by=job.made_by, progress=progress)


STEPS: dict[str, Callable[[Job, Progress], dict[str, Any]]] = {
    Job.Kind.LOAD_ITEMS: load_items,
    Job.Kind.LOAD_SCORES: load_scores,
    Job.Kind.PREPARE_IMAGES: make_sizes,
    Job.Kind.RELEASE: make_release,
    Job.Kind.CHECK_SCORER: check_scorer,
    Job.Kind.SET_OVERLAP: change_overlap,
    Job.Kind.COPY_DATA: copy_from,
}
