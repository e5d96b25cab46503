"""Copies the files that a database names, from the storage into a backup and back.

Those of images and releases never change under their names, and no row that names one is deleted: what a snapshot names is there
before it and stays, whatever loads, jobs and `clean` do meanwhile. An upload goes when its job is done.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage

from annotation.flow.backup.contents import Contents
from annotation.flow.backup.manifest import SECRETS, STORED, Manifest
from annotation.flow.images.renditions import original_name
from annotation.flow.progress import WRITING, Progress

PIECE = 1024 * 1024


@dataclass
class Copied:
    files: dict[str, str] = field(default_factory=dict)  # SHA-256 by path in the backup
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    linked: int = 0


@dataclass(frozen=True)
class Earlier:
    """A backup from before, whose files of the same names are the same."""

    folder: Path
    manifest: Manifest

    def link(self, name: str, place: Path) -> str | None:
        """Give the file a second name, and return its hash; None where that cannot be done."""
        digest = self.manifest.files.get(name)
        if digest is None:
            return None
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            os.link(self.folder / name, place)
        except OSError:  # it is gone, or on another disk
            return None
        return digest


def copy_stored(contents: Contents, folder: Path, earlier: Earlier | None, progress: Progress) -> Copied:
    """Copy what the storage holds of the contents, or link what an earlier backup has of it."""
    copied, originals = Copied(), {original_name(digest, format): digest for digest, format in contents.images}
    uploads = set(contents.uploads)
    names = [*originals, *contents.released, *contents.uploads]
    for done, name in enumerate(names, 1):
        place = f"{STORED}/{name}"
        if earlier and name not in uploads and (digest := earlier.link(place, folder / place)):
            copied.files[place] = digest
            copied.linked += 1
        else:
            try:
                with default_storage.open(name) as file:
                    copied.files[place] = copy(file, folder / place)
            except FileNotFoundError:
                if name not in uploads:  # else its job was done meanwhile
                    copied.missing.append(name)
        if name in originals and copied.files.get(place, originals[name]) != originals[name]:
            copied.damaged.append(name)
        progress(WRITING, done, len(names))
    return copied


def copy_secrets(folder: Path) -> dict[str, str]:
    """Their hashes, by name."""
    digests = {}
    for name in SECRETS:
        path = Path(settings.DATA_DIR, name)
        if path.is_file():
            with path.open("rb") as file:
                digests[name] = copy(file, folder / name)
    return digests


def has_secret_key() -> bool:
    """Whether the key in use is the file's; else somebody sets it in the environment."""
    path = Path(settings.DATA_DIR, "secret_key")
    return path.is_file() and path.read_text() == settings.SECRET_KEY


def put_secrets_back(folder: Path, manifest: Manifest) -> None:
    for name in SECRETS:
        if name in manifest.files:
            with (folder / name).open("rb") as file:
                part = Path(settings.DATA_DIR, f".{name}.part")
                part.unlink(missing_ok=True)
                copy(file, part)
                part.replace(Path(settings.DATA_DIR, name))


def put_stored_back(folder: Path, manifest: Manifest, progress: Progress) -> int:
    names = [name for name in manifest.files if name.startswith(f"{STORED}/")]
    for done, name in enumerate(names, 1):
        with (folder / name).open("rb") as file:
            default_storage.save(name.removeprefix(f"{STORED}/"), File(file))
        progress(WRITING, done, len(names))
    return len(names)


def changed_in_storage(manifest: Manifest) -> Iterator[str]:
    """The files of a backup that the storage does not have as they are there."""
    for name, digest in manifest.files.items():
        if name.startswith(f"{STORED}/"):
            stored = name.removeprefix(f"{STORED}/")
            try:
                with default_storage.open(stored) as file:
                    if digest_of(file) != digest:
                        yield stored
            except FileNotFoundError:
                yield stored


def copy(source: IO[bytes] | File, place: Path) -> str:
    """Write the file, down to the disk. Returns its SHA-256."""
    place.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with place.open("xb") as target:
        while piece := source.read(PIECE):
            digest.update(piece)
            target.write(piece)
        keep(target)
    return digest.hexdigest()


def digest_of(source: IO[bytes] | File) -> str:
    digest = hashlib.sha256()
    while piece := source.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def keep(file: IO[bytes]) -> None:
    """Else the name could survive a power cut without what it names."""
    file.flush()
    os.fsync(file.fileno())
