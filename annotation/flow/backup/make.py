"""Makes a backup: first the database as it is at one moment, then the files that it names.

All is written into DIR.part, which gets its name when it is whole. What a killed backup leaves the next one beside it deletes.
"""

import os
import shutil
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.exporters.manifest import NAME
from annotation.flow.backup.database import copy_database
from annotation.flow.backup.files import Copied, Earlier, copy_secrets, copy_stored, digest_of, has_secret_key, keep
from annotation.flow.backup.manifest import DATABASES, BadManifest, Manifest
from annotation.flow.progress import Progress, silent
from annotation.flow.release.publish import locked

UNFINISHED = "unfinished"  # a file by which a folder is known as a backup's that has not ended


@dataclass(frozen=True)
class Made:
    manifest: Manifest
    linked: int  # files that it shares with the earlier backup
    size: int  # in bytes, with those

    def as_dict(self) -> dict[str, Any]:
        named = asdict(self.manifest)
        told = {name: named[name] for name in ("database", "made_at", "has_secret_key", "missing", "damaged")}
        rows, files = sum(self.manifest.rows.values()), len(self.manifest.files)
        return {**told, "rows": rows, "files": files, "linked": self.linked, "bytes": self.size}


def backup(*, folder: Path, since: Path | None = None, progress: Progress = silent) -> Made:
    """Write a backup into a folder that is empty or not there; `since` is an earlier one, to share files with. Raises Refused.

    Nobody waits for it: people go on to work, and what they do after its beginning is not in it.
    """
    refuse_filled(folder)
    earlier = read_earlier(since) if since else None
    part = folder.with_name(f"{folder.name}.part")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        delete_killed(folder.parent)
        part.mkdir(mode=0o700)
    except FileExistsError as error:
        raise Refused(_("%(folder)s is there already: delete it if no other backup writes into it") % {"folder": part}) from error
    except OSError as error:
        raise Refused(f"{error.filename}: {error.strerror}") from error
    try:
        with locked(part):
            (part / UNFINISHED).touch()
            made = fill(part, earlier, progress)
            (part / UNFINISHED).unlink()
            refuse_filled(folder)
            part.replace(folder)
            sync(folder.parent)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise Refused(f"{error.filename or folder}: {error.strerror}") from error
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return made


def refuse_filled(folder: Path) -> None:
    try:
        if folder.exists() and any(folder.iterdir()):
            raise Refused(_("%(out)s is not empty") % {"out": folder})
    except OSError as error:
        raise Refused(f"{folder}: {error.strerror}") from error


def read_earlier(folder: Path) -> Earlier:
    try:
        return Earlier(folder, Manifest.read(folder))
    except BadManifest as error:
        raise Refused(f"{folder}: {error}") from error


def delete_killed(folder: Path) -> None:
    """Delete what backups left here that were killed: nobody has it locked."""
    for part in folder.glob("*.part"):
        if (part / UNFINISHED).is_file():
            try:
                with locked(part):
                    shutil.rmtree(part)
            except BlockingIOError:
                continue  # that backup is under way


def fill(folder: Path, earlier: Earlier | None, progress: Progress) -> Made:
    made_at, database = timezone.now(), folder / DATABASES[connection.vendor]
    contents = copy_database(database)
    manifest = Manifest(
        database=connection.vendor,
        made_at=made_at.isoformat(),
        code_version=settings.VERSION,
        migrations=contents.migrations,
        rows=contents.rows,
        has_secret_key=has_secret_key(),
    )
    with database.open("r+b") as file:
        files = {database.name: digest_of(file), **copy_secrets(folder)}
        keep(file)
    copied = copy_stored(contents, folder, earlier, progress)
    return finish(folder, manifest, files, copied)


def finish(folder: Path, manifest: Manifest, files: dict[str, str], copied: Copied) -> Made:
    complete = replace(manifest, files=files | copied.files, missing=copied.missing, damaged=copied.damaged)
    with (folder / NAME).open("xb") as file:
        file.write(complete.written())
        keep(file)
    for place in (*(path for path in folder.rglob("*") if path.is_dir()), folder):
        sync(place)
    return Made(complete, copied.linked, sum((folder / name).stat().st_size for name in complete.files))


def sync(folder: Path) -> None:
    """Else a power cut could take the names in it."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
