"""Copies the database as it is at one moment, while others write, and puts a copy into an empty one."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.flow.backup.contents import Contents, count_rows, read_contents
from annotation.flow.backup.verify import opened


def copy_database(place: Path) -> Contents:
    """Write the copy, and read what it names. Raises Refused. The connection must not be in a transaction."""
    return copy_sqlite(place) if connection.vendor == "sqlite" else dump(place)


def copy_sqlite(place: Path) -> Contents:
    connection.ensure_connection()
    try:
        with closing(sqlite3.connect(place)) as copy:
            # All pages in one step, during which others write: it reads on what it began with. In several steps each writing
            # would make it begin anew.
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, and none beside it
            return read_contents("sqlite", lambda statement: copy.execute(statement).fetchall())
    except sqlite3.Error as error:
        raise Refused(f"{place}: {error}") from error


def dump(place: Path) -> Contents:
    tool = client("pg_dump")
    connection.ensure_connection()
    refuse_older(tool)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        [[snapshot]] = query("SELECT pg_export_snapshot()")  # pg_dump sees what this transaction sees
        run(tool, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={place}")
        return read_contents("postgresql", query)


def query(statement: str) -> Sequence[Sequence[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def is_empty() -> bool:
    return not connection.introspection.table_names()


def put_back(copy: Path) -> None:
    """Fill the empty database. Raises Refused; then it is empty as before."""
    if connection.vendor == "sqlite":
        put_sqlite_back(copy)
        return
    run(client("pg_restore"), "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", last=str(copy))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # a dump has no statistics, without which queries are planned for empty tables


def put_sqlite_back(copy: Path) -> None:
    connection.ensure_connection()
    try:
        with closing(opened(copy)) as source:
            source.backup(connection.connection)
    except sqlite3.Error as error:
        raise Refused(f"{connection.settings_dict['NAME']}: {error}") from error
    connection.close()  # what is asked next sees the tables that are there now


def rows() -> dict[str, int]:
    return count_rows(connection.vendor, query)


def client(name: str) -> str:
    """The path of one of PostgreSQL's programs. Raises Refused."""
    tool = shutil.which(name)
    if tool is None:
        told = {"tool": name}
        raise Refused(
            _("%(tool)s is not found: install PostgreSQL's programs, of the server's version or newer, and add them to PATH")
            % told
        )
    return tool


def refuse_older(tool: str) -> None:
    """pg_dump reads servers of its own version and of older ones."""
    shown = subprocess.run([tool, "--version"], capture_output=True, text=True).stdout  # noqa: S603 -- the program's own path
    version, server = re.search(r"(\d+)", shown), connection.pg_version // 10_000  # type: ignore[attr-defined]
    if version is None or int(version[1]) < server:
        told = {"tool": tool, "version": version[1] if version else shown.strip(), "server": server}
        raise Refused(
            _("%(tool)s is of PostgreSQL %(version)s, the server of %(server)s: install the client programs of %(server)s") % told
        )


def run(tool: str, *options: str, last: str = "") -> None:
    """With the server and database of the settings; a password is passed in the environment, which others do not see."""
    [_psql, *where, name], secrets = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    line = [tool, *where, "--no-password", f"--dbname={name}", *options, *filter(None, [last])]
    done = subprocess.run(line, env=os.environ | (secrets or {}), capture_output=True, text=True, errors="replace")  # noqa: S603
    if done.returncode:
        raise Refused(" ".join(done.stderr.split()))
