"""What the tests of backups share: commands, an empty place elsewhere, and all that an installation stores."""

import json
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from tests.databases import FILE, address, created
from tests.installation import ROOT, command
from tests.postgres import installed


def with_programs(environment: dict[str, str]) -> dict[str, str]:
    """With pg_dump and pg_restore."""
    return {**environment, "PATH": f"{installed()}:{environment['PATH']}"}


def ran(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    line = command(*arguments)
    if arguments[0] == "verify_backup":
        line.remove("--skip-checks")  # it has none, and no such option
    return subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True)


def manage(environment: dict[str, str], *arguments: str) -> Any:
    done = ran(environment, *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refusal(environment: dict[str, str], *arguments: str) -> str:
    done = ran(environment, *arguments)
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    return done.stderr.strip().splitlines()[-1]


@contextmanager
def elsewhere(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of an installation in which nothing is, not even a table."""
    environment = with_programs({**os.environ, "DATA_DIR": str(folder)})
    if "DATABASE_URL" not in os.environ:
        yield environment
        return
    with created(f"restored_{uuid4().hex}", of="template0") as name:
        yield {**environment, "DATABASE_URL": address(name)}


def tables(environment: dict[str, str]) -> dict[str, list[Any]]:
    """All rows of all tables, sorted by their text, as their order in a table means nothing."""
    if "DATABASE_URL" in environment:
        with psycopg.connect(environment["DATABASE_URL"].replace("postgres://", "postgresql://")) as connection:
            names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            return {name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=str) for (name,) in names}
    with closing(sqlite3.connect(Path(environment["DATA_DIR"], FILE))) as database:
        found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: sorted(database.execute(f'SELECT * FROM "{name}"').fetchall(), key=str) for (name,) in found}


def files(folder: Path) -> dict[str, bytes]:
    """What must come back: not what is computed from it, nor what was under way."""
    parts = ("images/originals/*/*", "images/releases/**/*", "secret_key", "demo_password")
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for part in parts for path in folder.glob(part) if path.is_file()
    }
