"""Checks the images of a load, and then stores each once by its hash.

The database cannot roll files back. So the names of files are listed under pending/ before they are stored; a load that is
killed leaves its lists behind, and the next load deletes the files on them that have no row.
"""

import hashlib
import os
import re
from collections.abc import Collection, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from annotation.errors import Refused, quoted
from annotation.flow.batches import batched
from annotation.flow.images.renditions import original_name
from annotation.flow.progress import WRITING, Progress, silent
from annotation.imaging.inspect import BadImage, Picture, examine
from annotation.importers.archive import Package
from annotation.models import Image, Project

BATCH = 500
THREADS = min(os.cpu_count() or 1, 8)  # Pillow decodes outside of Python's lock
LISTED = re.compile(r"originals/[0-9a-f]{2}/([0-9a-f]{64})\.\w{3,4}")


@dataclass
class ImageStore:
    """The images of one load. Memory grows by some 500 bytes for each different one."""

    package: Package
    begun: dict[str, Future[Picture | BadImage]] = field(default_factory=dict)  # by path, until they are decoded
    hashes: dict[str, str | BadImage] = field(default_factory=dict)  # by path
    pictures: dict[str, Picture] = field(default_factory=dict)  # by hash
    paths: dict[str, str] = field(default_factory=dict)  # by hash, the first path of the image
    new: set[str] = field(default_factory=set)  # hashes of those that the project gets
    journal: str = field(default_factory=lambda: uuid4().hex)  # the first part of the names of its lists
    written: list[str] = field(default_factory=list)  # names of files
    lists: list[str] = field(default_factory=list)  # names of the lists of files

    def begin(self, paths: Iterable[str], pool: ThreadPoolExecutor) -> None:
        """Start to read and decode the images that are new to this load, in threads of the pool."""
        for path in sorted(set(paths) - self.hashes.keys() - self.begun.keys()):
            self.begun[path] = pool.submit(self.examined, path)

    def look_at(self, path: str) -> None:
        """Wait until an image that was begun is decoded."""
        picture = self.begun.pop(path).result()
        if isinstance(picture, BadImage):
            self.hashes[path] = picture
            return
        self.hashes[path] = picture.sha256
        self.pictures.setdefault(picture.sha256, picture)
        self.paths.setdefault(picture.sha256, path)

    def examined(self, path: str) -> Picture | BadImage:
        try:
            return examine(self.package.image(path))
        except BadImage as error:
            return error

    def digest(self, path: str) -> str:
        """The hash of an image that was looked at. Raises BadImage."""
        digest = self.hashes[path]
        if isinstance(digest, BadImage):
            raise digest
        return digest

    def new_rows(self, project: Project, digests: Collection[str]) -> list[Image]:
        """Rows, not stored yet, of the images that the project does not have; none a second time."""
        rows: list[Image] = []
        for batch in batched(sorted(set(digests) - self.new), BATCH):
            existing = set(Image.objects.filter(project=project, sha256__in=batch).values_list("sha256", flat=True))
            new = [digest for digest in batch if digest not in existing]
            rows += [Image(project=project, **vars(self.pictures[digest])) for digest in new]
            self.new.update(new)
        return rows

    def write(self, progress: Progress = silent) -> None:
        """Store the files of the new images that the storage does not have. Raises Refused."""
        done = 0
        for batch in batched(sorted(self.new), BATCH):
            self.write_batch([self.pictures[digest] for digest in batch])
            done += len(batch)
            progress(WRITING, done, len(self.new))

    def write_batch(self, pictures: list[Picture]) -> None:
        names = {picture.sha256: original_name(picture.sha256, picture.format) for picture in pictures}
        with ThreadPoolExecutor(THREADS) as pool:
            exists = dict(zip(names, pool.map(default_storage.exists, names.values()), strict=True))
            new = [picture for picture in pictures if not exists[picture.sha256]]
            if not new:
                return
            listing = "\n".join(names[picture.sha256] for picture in new)
            self.lists.append(default_storage.save(f"pending/{self.journal}-{len(self.lists)}", ContentFile(listing)))
            self.written += [names[picture.sha256] for picture in new]
            list(pool.map(lambda picture: self.write_one(names[picture.sha256], picture), new))

    def write_one(self, name: str, picture: Picture) -> None:
        path = self.paths[picture.sha256]
        try:
            content = self.package.image(path)
        except BadImage as error:
            raise Refused(f"{quoted(path)}: {error}") from error
        if hashlib.sha256(content).hexdigest() != picture.sha256:
            raise Refused(_("%(path)s changed while it was read") % {"path": quoted(path)})
        default_storage.save(name, ContentFile(content))

    def done(self) -> None:
        remove(self.lists)

    def undo(self) -> None:
        remove(self.written)
        remove(self.lists)


def remove(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)


def sweep() -> list[str]:
    """Delete the files that killed loads left. Returns their names. It is the caller's turn, so no load is under way."""
    deleted: list[str] = []
    for listing in files_in("pending"):
        with default_storage.open(listing) as file:
            names = {match.group(1): match.group() for match in LISTED.finditer(file.read().decode())}
        in_use = set(Image.objects.filter(sha256__in=names).values_list("sha256", flat=True))
        deleted += [name for digest, name in sorted(names.items()) if digest not in in_use and default_storage.exists(name)]
        remove(name for digest, name in names.items() if digest not in in_use)
        default_storage.delete(listing)
    return deleted


def files_in(folder: str) -> list[str]:
    """The names of the files in a folder of the storage; none where there is no such folder."""
    try:
        _folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    return sorted(f"{folder}/{file}" for file in files)
