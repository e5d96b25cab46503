"""Deletes files that nothing refers to: those of killed loads, images without a row, uploads of jobs long ended."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from annotation.flow.batches import batched
from annotation.flow.images.store import files_in, remove, take_turns
from annotation.flow.jobs.queue import end_lost
from annotation.models import Image, Job

RETRY_PERIOD = timedelta(days=7)  # in which a job may be tried again with its upload
UNFINISHED = timedelta(hours=1)  # a copy that takes longer was given up
BATCH = 900


@dataclass
class Cleaned:
    files: list[str] = field(default_factory=list)
    lost_jobs: int = 0


def clean(*, dry_run: bool = False) -> Cleaned:
    """Delete the files and end lost jobs, or with dry_run only list the files. Loads wait meanwhile.

    It looks at the name of every stored file.
    """
    with transaction.atomic():
        take_turns()
        files = sorted([*images_without_a_row(), *files_in("pending"), *unfinished_copies(), *uploads_of_no_job()])
        if not dry_run:
            remove(files)
    return Cleaned(files, 0 if dry_run else end_lost())


def images_without_a_row() -> Iterator[str]:
    for folder in ("originals", "shown"):
        for files in batched(stored_below(folder), BATCH):
            hashes = {name: PurePosixPath(name).name.split(".")[0].split("-")[0] for name in files}
            stored = set(Image.objects.filter(sha256__in=hashes.values()).values_list("sha256", flat=True))
            yield from (name for name, digest in hashes.items() if digest not in stored)


def unfinished_copies() -> Iterator[str]:
    """Copies of images that were never finished."""
    an_hour_ago = timezone.now() - UNFINISHED
    return (name for name in files_in("making") if default_storage.get_modified_time(name) < an_hour_ago)


def stored_below(folder: str) -> Iterator[str]:
    try:
        folders, _files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from files_in(folder)
    for below in sorted(folders):
        yield from stored_below(f"{folder}/{below}")


def uploads_of_no_job() -> Iterator[str]:
    """Uploads of jobs that ended long ago, and old ones without a job: a young one's job may be stored in a moment."""
    uploads = files_in("uploads")
    a_week_ago = timezone.now() - RETRY_PERIOD
    in_use = set(Job.objects.filter(upload__in=uploads).exclude(ended_at__lt=a_week_ago).values_list("upload", flat=True))
    for name in uploads:
        if name not in in_use and (has_job(name) or default_storage.get_modified_time(name) < a_week_ago):
            yield name


def has_job(name: str) -> bool:
    return Job.objects.filter(upload=name).exists()
