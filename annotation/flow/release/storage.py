"""The files of releases in the storage, under releases/NAME/: a job makes them in a folder of its own, and stores them when all
are whole.

The database cannot roll files back. So both folders bear the name of the attempt of the job that makes them: those of an attempt
that ended without a release are what a killed worker left, and are deleted by the next job, or by clean.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage

from annotation.flow.progress import STORING, Progress
from annotation.models import Job, ReleaseFiles

STORED = "releases"
NAME = re.compile(r"(\d+)-(\d+)-[0-9a-f]{32}")  # the job's key, its attempt


def new_name(job: Job) -> str:
    return f"{job.pk}-{job.attempt}-{uuid4().hex}"


def workshop() -> Path:
    """Where files are made: beside their place where the storage is a file system, so that they are moved and not copied."""
    try:
        return Path(default_storage.path("making"))
    except NotImplementedError:  # an object store
        return Path(settings.DATA_DIR, "making")


@contextmanager
def making(name: str) -> Iterator[Path]:
    """A new folder in the workshop; it is gone at the end, whatever happens but a kill."""
    folder = workshop() / name
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sizes_of(folder: Path) -> dict[str, int]:
    """The bytes of each file by its path in the folder, sorted."""
    files = {path.relative_to(folder).as_posix(): path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    return dict(sorted(files.items()))


def store_files(folder: Path, name: str, sizes: dict[str, int], progress: Progress) -> str:
    """Bring the files into the storage. Returns the name of their folder there."""
    stored = f"{STORED}/{name}"
    try:
        place = Path(default_storage.path(stored))
    except NotImplementedError:  # an object store
        for done, file in enumerate(sizes):
            progress(STORING, done, len(sizes))
            with (folder / file).open("rb") as content:
                default_storage.save(f"{stored}/{file}", File(content))
        return stored
    for done, file in enumerate(sizes):
        progress(STORING, done, len(sizes))
        with (folder / file).open("rb") as content:
            os.fsync(content.fileno())  # else a name could survive a power cut without what it names
    place.parent.mkdir(parents=True, exist_ok=True)
    folder.replace(place)
    return stored


def remove_folder(name: str) -> None:
    """Delete a folder of the storage with all that is in it, if it is there."""
    try:
        folders, files = default_storage.listdir(name)
    except FileNotFoundError:
        return
    for file in files:
        default_storage.delete(f"{name}/{file}")
    for folder in folders:
        remove_folder(f"{name}/{folder}")
    default_storage.delete(name)


def sweep(*, dry_run: bool = False) -> list[str]:
    """Delete the folders that killed workers left, or with dry_run only list them. Jobs whose lease has run out are ended before:
    one that is under way keeps its folders.
    """
    # The order matters: a folder's job is under way when the folder is listed, and has its row when it is not under way any more.
    made = folders_in_workshop()
    stored = folders_in_storage()
    under_way = set(Job.objects.under_way().filter(kind=Job.Kind.RELEASE).values_list("pk", "attempt"))
    in_use = set(ReleaseFiles.objects.filter(folder__in=[f"{STORED}/{name}" for name in stored]).values_list("folder", flat=True))
    lost_making = [name for name in made if attempt_of(name) not in under_way]
    lost_stored = [name for name in stored if attempt_of(name) not in under_way and f"{STORED}/{name}" not in in_use]
    if not dry_run:
        for name in lost_making:
            shutil.rmtree(workshop() / name, ignore_errors=True)
        for name in lost_stored:
            remove_folder(f"{STORED}/{name}")
    return [*(f"making/{name}/" for name in lost_making), *(f"{STORED}/{name}/" for name in lost_stored)]


def attempt_of(name: str) -> tuple[int, int]:
    match = NAME.fullmatch(name)
    return (int(match[1]), int(match[2])) if match else (0, 0)


def folders_in_workshop() -> list[str]:
    folder = workshop()
    return (
        sorted(path.name for path in folder.iterdir() if path.is_dir() and NAME.fullmatch(path.name)) if folder.is_dir() else []
    )


def folders_in_storage() -> list[str]:
    try:
        folders, _files = default_storage.listdir(STORED)
    except FileNotFoundError:
        return []
    return sorted(name for name in folders if NAME.fullmatch(name))
