"""The check of a backup: against its manifest, and of its database as far as that goes without a server."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from annotation.exporters.manifest import NAME
from annotation.exporters.verify import files_in, printable
from annotation.flow.backup.contents import IMAGES, count_rows
from annotation.flow.backup.manifest import DATABASES, STORED, BadManifest, Manifest

ORIGINALS = f"{STORED}/originals/"


def verify(folder: Path) -> list[str]:
    """What is wrong with a backup, empty where nothing is: damage, and what the installation itself lacked when it was made."""
    try:
        manifest = Manifest.read(folder)
    except BadManifest as error:
        return [str(error)]
    lacking = [f"{name}: missing in the storage when the backup was made" for name in manifest.missing]
    broken = [f"{name}: damaged in the storage when the backup was made" for name in manifest.damaged]
    return [*damage(folder, manifest), *lacking, *broken]


def damage(folder: Path, manifest: Manifest) -> list[str]:
    """The differences between the folder and its manifest, and what is wrong with the database in it."""
    problems = [problem for name, digest in manifest.files.items() if (problem := check_file(folder, name, digest))]
    unlisted = set(files_in(folder)) - set(manifest.files) - {NAME}
    problems += [f"{printable(name)}: not in the manifest" for name in sorted(unlisted)]
    if manifest.database not in DATABASES or DATABASES[manifest.database] not in manifest.files:
        return [*problems, f"{NAME}: expected a database of a kind that this version knows, not {manifest.database}"]
    database = folder / DATABASES[manifest.database]
    if any(problem.startswith(f"{database.name}:") for problem in problems):
        return problems
    return [*problems, *(check_sqlite(database, manifest) if manifest.database == "sqlite" else check_dump(database))]


def check_file(folder: Path, name: str, digest: str) -> str | None:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        return f"{name}: leaves the folder"
    try:
        with path.open("rb") as file:
            actual = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return f"{name}: missing"
    except OSError as error:
        return f"{name}: {error.strerror}"
    return None if actual == digest else f"{name}: changed since the backup was made"


def opened(database: Path) -> sqlite3.Connection:
    """For reading alone, without a file beside it."""
    return sqlite3.connect(f"file:{quote(str(database.resolve()))}?mode=ro&immutable=1", uri=True)


def check_sqlite(database: Path, manifest: Manifest) -> list[str]:
    def query(statement: str) -> list[tuple]:
        return connection.execute(statement).fetchall()

    try:
        with closing(opened(database)) as connection:
            problems = [f"{database.name}: {problem}" for (problem,) in query("PRAGMA integrity_check") if problem != "ok"]
            problems += [f"{database.name}: a row of {row[0]} refers to none" for row in query("PRAGMA foreign_key_check")]
            rows = count_rows("sqlite", query)
            problems += [
                f"{database.name}: {table}: {rows.get(table)} rows, in the manifest {manifest.rows.get(table)}"
                for table in sorted(rows.keys() | manifest.rows.keys())
                if rows.get(table) != manifest.rows.get(table)
            ]
            return [*problems, *lost_images([digest for digest, _format in query(IMAGES)], manifest)]
    except sqlite3.DatabaseError as error:
        return [f"{database.name}: {error}"]


def lost_images(digests: list[str], manifest: Manifest) -> Iterator[str]:
    """Those that the database names and the manifest does not."""
    copied = {name.removeprefix(ORIGINALS)[3:67] for name in manifest.files if name.startswith(ORIGINALS)}
    lacking = {name.removeprefix("originals/")[3:67] for name in manifest.missing}
    return (f"{digest}: an image that the database names is missing" for digest in digests if digest not in copied | lacking)


def check_dump(dump: Path) -> list[str]:
    """Whether pg_restore reads all of it; where it is not installed, or older than the dump, the hash alone speaks for it."""
    tool = shutil.which("pg_restore")
    if tool is None:
        return []
    line, english = [tool, "--file=/dev/null", str(dump)], os.environ | {"LC_ALL": "C"}
    done = subprocess.run(line, env=english, capture_output=True, text=True, errors="replace")  # noqa: S603 -- the program's own path
    if done.returncode == 0 or "unsupported version" in done.stderr:
        return []
    return [f"{dump.name}: {' '.join(done.stderr.split())}"]
