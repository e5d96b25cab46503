"""Takes the images of a load in: first looked at, then stored, each once by its hash.

The database cannot roll files back. So their names are written down under pending/ before they are stored; a load that is
killed leaves that list behind, and the next one takes away what no row stands for.
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
from django.db import connection
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.flow.batches import batched
from annotation.flow.images.renditions import original_name
from annotation.imaging.inspect import BadImage, Picture, examine
from annotation.importers.archive import Package
from annotation.models import Image, Project

BATCH = 500
THREADS = min(os.cpu_count() or 1, 8)  # Pillow decodes outside of Python's lock
LISTED = re.compile(r"originals/[0-9a-f]{2}/([0-9a-f]{64})\.\w{3,4}")


def take_turns() -> None:
    """Inside a transaction: loads, of whatever project, and whoever cleans wait for each other. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Image._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


@dataclass
class ImageStore:
    """The images of one load. Memory grows with the different ones: some 500 bytes each."""

    package: Package
    begun: dict[str, Future[Picture | BadImage]] = field(default_factory=dict)  # by path, until they are known
    known: dict[str, str | BadImage] = field(default_factory=dict)  # by path
    pictures: dict[str, Picture] = field(default_factory=dict)  # by hash
    paths: dict[str, str] = field(default_factory=dict)  # by hash, the first that led to it
    keeps_files: bool = True  # False where nothing is to be stored after all
    journal: str = field(default_factory=lambda: uuid4().hex)
    written: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)

    def begin(self, paths: Iterable[str], pool: ThreadPoolExecutor) -> None:
        """Have what has not been looked at yet read and decoded, while other things go on."""
        for path in sorted(set(paths) - self.known.keys() - self.begun.keys()):
            self.begun[path] = pool.submit(self.examined, path)

    def look_at(self, path: str) -> None:
        """Wait until an image that was begun is decoded."""
        found = self.begun.pop(path).result()
        if isinstance(found, BadImage):
            self.known[path] = found
            return
        self.known[path] = found.sha256
        self.pictures.setdefault(found.sha256, found)
        self.paths.setdefault(found.sha256, path)

    def examined(self, path: str) -> Picture | BadImage:
        try:
            return examine(self.package.image(path))
        except BadImage as error:
            return error

    def digest(self, path: str) -> str:
        """The hash of an image that was looked at. Raises BadImage."""
        found = self.known[path]
        if isinstance(found, BadImage):
            raise found
        return found

    def store(self, project: Project, digests: Collection[str]) -> int:
        """Make rows and files of the images that the project does not have; says how many."""
        added = 0
        for some in batched(sorted(set(digests)), BATCH):
            there = set(Image.objects.filter(project=project, sha256__in=some).values_list("sha256", flat=True))
            new = [self.pictures[digest] for digest in some if digest not in there]
            Image.objects.bulk_create([Image(project=project, **vars(picture)) for picture in new])
            if self.keeps_files:
                self.write(new)
            added += len(new)
        return added

    def write(self, pictures: list[Picture]) -> None:
        names = {picture.sha256: original_name(picture.sha256, picture.format) for picture in pictures}
        with ThreadPoolExecutor(THREADS) as pool:
            there = dict(zip(names, pool.map(default_storage.exists, names.values()), strict=True))
            new = [picture for picture in pictures if not there[picture.sha256]]
            if not new:
                return
            listed = "\n".join(names[picture.sha256] for picture in new)
            self.lists.append(default_storage.save(f"pending/{self.journal}-{len(self.lists)}", ContentFile(listed)))
            self.written += [names[picture.sha256] for picture in new]
            list(pool.map(lambda picture: self.write_one(names[picture.sha256], picture), new))

    def write_one(self, name: str, picture: Picture) -> None:
        path = self.paths[picture.sha256]
        try:
            content = self.package.image(path)
        except BadImage as error:
            raise Refused(str(error)) from error
        if hashlib.sha256(content).hexdigest() != picture.sha256:
            raise Refused(_("%(path)s changed while it was read") % {"path": path})
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
    """Take away what killed loads left; says which files. The caller has the turn (take_turns), so that none is under way."""
    taken: list[str] = []
    for listing in files_in("pending"):
        with default_storage.open(listing) as file:
            names = {match.group(1): match.group() for match in LISTED.finditer(file.read().decode())}
        kept = set(Image.objects.filter(sha256__in=names).values_list("sha256", flat=True))
        taken += [name for digest, name in sorted(names.items()) if digest not in kept and default_storage.exists(name)]
        remove(name for digest, name in names.items() if digest not in kept)
        default_storage.delete(listing)
    return taken


def files_in(folder: str) -> list[str]:
    """The files of a folder of the storage; none where it is not there."""
    try:
        _folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    return sorted(f"{folder}/{file}" for file in files)
