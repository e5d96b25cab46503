"""Deletes files that nothing refers to: those of killed loads and releases, images without a row, uploads of jobs long ended, and
what killed servers left on this machine. With them go the rows that have had their time.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from annotation.flow.batches import batched
from annotation.flow.images.store import files_in, remove
from annotation.flow.images.unused import delete_unused
from annotation.flow.jobs.expired import delete_expired
from annotation.flow.jobs.queue import end_lost
from annotation.flow.release import sweep
from annotation.flow.turns import take_turns
from annotation.models import Image, Job
from rubrics.versioning import delete_unused_images

RETRY_PERIOD = timedelta(days=7)  # in which a job may be tried again with its upload
UNFINISHED = timedelta(hours=1)  # a copy that takes longer was given up
RECEIVING = timedelta(days=1)  # and so was an upload
BATCH = 900


@dataclass
class Cleaned:
    """The names of files, and of whole folders with a slash at the end."""

    files: list[str] = field(default_factory=list)
    lost_jobs: int = 0
    rows: dict[str, int] = field(default_factory=dict)  # by what they were


def clean(*, dry_run: bool = False) -> Cleaned:
    """Delete files and rows and end lost jobs, or with dry_run only list the files and count the rows.

    It looks at the name of every stored file; loads wait only while it looks again at those that have no row, and deletes.
    """
    rows = delete_expired(dry_run=dry_run)
    left = left_on_this_machine()
    if not dry_run:
        for path in left:
            path.unlink(missing_ok=True)
    without_a_row = list(images_without_a_row((*stored_below("originals"), *stored_below("shown"))))
    with take_turns():
        lost_jobs = 0 if dry_run else end_lost()
        images = images_without_a_row(without_a_row)  # a load that ended meanwhile may have stored their rows
        files = sorted([*images, *files_in("pending"), *unfinished_copies(), *uploads_of_no_job()])
        if not dry_run:
            remove(files)
        folders = sweep(dry_run=dry_run)
        # last: their files go with the next cleaning, so that a backup which has begun still finds them
        rows["unused_images"] = delete_unused(dry_run=dry_run)
    rows["unused_example_images"] = delete_unused_images(dry_run=dry_run)
    here = [path.relative_to(settings.DATA_DIR).as_posix() for path in left]
    return Cleaned([*here, *files, *folders], lost_jobs, rows)


def images_without_a_row(names: Iterable[str]) -> Iterator[str]:
    for files in batched(names, BATCH):
        hashes = {name: PurePosixPath(name).name.split(".")[0].split("-")[0] for name in files}
        stored = set(Image.objects.filter(sha256__in=hashes.values()).values_list("sha256", flat=True))
        yield from (name for name, digest in hashes.items() if digest not in stored)


def left_on_this_machine() -> list[Path]:
    """Parts of uploads and of cached values in DATA_DIR that no process goes on to write."""
    uploads = old_files(Path(settings.FILE_UPLOAD_TEMP_DIR), RECEIVING)
    values = [path for path in old_files(Path(settings.DATA_DIR, "cache"), UNFINISHED) if path.suffix != ".djcache"]
    return sorted([*uploads, *values])


def old_files(folder: Path, age: timedelta) -> Iterator[Path]:
    before = (timezone.now() - age).timestamp()
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(FileNotFoundError):  # its process ended just now
            if path.is_file() and path.stat().st_mtime < before:
                yield path


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
