"""Puts a backup back, into an installation in which nothing is yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.flow.backup import database
from annotation.flow.backup.files import changed_in_storage, put_secrets_back, put_stored_back
from annotation.flow.backup.manifest import DATABASES, SECRETS, BadManifest, Manifest
from annotation.flow.backup.verify import damage
from annotation.flow.progress import Progress, silent

MOST_SHOWN = 20
NO_DATA = {"cache", "locks", "receiving"}  # folders of DATA_DIR that any command makes


@dataclass(frozen=True)
class Restored:
    manifest: Manifest
    files: int
    waiting_migrations: int  # of this version, which the backup's had not


def restore(*, folder: Path, progress: Progress = silent) -> Restored:
    """Fill the database, the storage and DATA_DIR of the settings. Raises Refused: before anything is written where the backup is
    damaged, is of another kind of database or of a later version, or something is there already; else it says what to empty.
    """
    try:
        manifest = Manifest.read(folder)
    except BadManifest as error:
        raise Refused(f"{folder}: {error}") from error
    refuse_other_kind(manifest)
    refuse_later(manifest)
    refuse_data()
    if problems := damage(folder, manifest):
        raise Refused("\n".join([_("The backup is damaged; nothing was restored."), *problems[:MOST_SHOWN]]))
    try:
        files = put_stored_back(folder, manifest, progress)  # first: a database without its files would look whole
        database.put_back(folder / DATABASES[manifest.database])
        put_secrets_back(folder, manifest)
    except OSError as error:
        raise not_whole(f"{error.filename or folder}: {error.strerror}") from error
    except Refused as error:
        raise not_whole(str(error)) from error
    if problems := [*changed_in_storage(manifest), *changed_tables(manifest)]:
        raise not_whole("\n".join(problems[:MOST_SHOWN]))
    return Restored(manifest, files, waiting_migrations())


def not_whole(problem: str) -> Refused:
    return Refused(
        _("Restored in part only: empty the database and the storage, then begin anew. %(problem)s") % {"problem": problem}
    )


def refuse_other_kind(manifest: Manifest) -> None:
    if manifest.database != connection.vendor:
        told = {"backup": manifest.database, "here": connection.vendor}
        raise Refused(
            _("The backup is of %(backup)s, and DATABASE_URL names %(here)s: it goes back into the same kind of database only.")
            % told
        )


def waiting_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def refuse_later(manifest: Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if unknown := sorted(set(manifest.migrations) - known):
        told = {"version": manifest.code_version, "migration": unknown[0]}
        raise Refused(
            _("The backup is of a later version of Sixpoint (%(version)s) than this one, which has no migration %(migration)s.")
            % told
        )


def refuse_data() -> None:
    """Raises Refused where a table, a stored file or other data are."""
    if not database.is_empty():
        raise Refused(_("The database has tables: restore into an empty one."))
    for name in data_there():
        raise Refused(_("%(name)s is there already: restore into an empty DATA_DIR and storage.") % {"name": name})


def data_there() -> Iterator[str]:
    """Names of files; the database's are not among them, which is asked itself, nor a key that protects nothing yet."""
    folders, files = listed("")
    yield from (name for name in files if not name.startswith("."))
    for name in folders:
        yield from files_below(name)
    known = {*SECRETS[:1], *(Path(str(connection.settings_dict["NAME"])).name + end for end in ("", "-wal", "-shm"))}
    for path in Path(settings.DATA_DIR).iterdir():
        if path.is_file() and path.name not in known and not path.name.startswith("."):
            yield str(path)
        elif path.is_dir() and path.name not in NO_DATA:
            yield from (str(below) for below in path.rglob("*") if below.is_file())


def files_below(folder: str) -> Iterator[str]:
    folders, files = listed(folder)
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from files_below(f"{folder}/{name}")


def listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def changed_tables(manifest: Manifest) -> Iterator[str]:
    rows = database.rows()
    for table in sorted(rows.keys() | manifest.rows.keys()):
        if rows.get(table) != manifest.rows.get(table):
            told = {"table": table, "rows": rows.get(table), "expected": manifest.rows.get(table)}
            yield _("%(table)s: %(rows)s rows, expected %(expected)s") % told
