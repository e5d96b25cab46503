"""Databases of tests' own. To migrate takes seconds: one is migrated for the whole run, and the others are copies of it."""

import atexit
import fcntl
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg

from tests.data_folder import FOLDER, RUN

ROOT = Path(__file__).resolve().parent.parent
FILE = "sixpoint.sqlite3"  # in DATA_DIR, as the settings name it
TEMPLATE = f"migrated_{RUN.rpartition('-')[2]}"


@contextmanager
def own_database(folder: Path) -> Iterator[dict[str, str]]:
    """A migrated one. What the environment must say besides `folder` as DATA_DIR: which database, where it is PostgreSQL."""
    folder.mkdir(exist_ok=True)
    if "DATABASE_URL" in os.environ:
        with created(f"installation_{uuid4().hex}", of=template()) as name:
            yield {"DATABASE_URL": address(name)}
    else:
        with closing(sqlite3.connect(folder / FILE)) as database:
            fill(database)
        yield {}


@contextmanager
def process_database() -> Iterator[str]:
    """The name, as Django's settings take it, of a database that lasts as long as this: in memory on SQLite."""
    if "DATABASE_URL" in os.environ:
        with created(f"test_{uuid4().hex}", of=template()) as name:
            yield name
    else:
        name = "file:tests?mode=memory&cache=shared"
        with closing(sqlite3.connect(name, uri=True)) as database:
            fill(database)
            yield name


def fill(database: sqlite3.Connection) -> None:
    """Make it a copy of the migrated one."""
    with closing(sqlite3.connect(template())) as source:
        source.backup(database)


def template() -> str:
    """The migrated database: the address of a file, or a name on PostgreSQL. Whichever process asks first makes it."""
    folder = Path(RUN, "migrated")
    folder.mkdir(exist_ok=True)
    environment = {**os.environ, "DATA_DIR": str(folder)}
    postgres = "DATABASE_URL" in os.environ
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            if postgres:
                administer(f"CREATE DATABASE {TEMPLATE}")
                environment["DATABASE_URL"] = address(TEMPLATE)
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "--skip-checks", "-v0"], cwd=ROOT, env=environment, check=True
            )
            (folder / "made").touch()
    return TEMPLATE if postgres else str(folder / FILE)


@contextmanager
def created(name: str, *, of: str) -> Iterator[str]:
    administer(f"CREATE DATABASE {name} TEMPLATE {of}")
    try:
        yield name
    finally:
        administer(f"DROP DATABASE {name} WITH (FORCE)")


def administer(statement: str) -> None:
    url = os.environ["DATABASE_URL"].replace("postgres://", "postgresql://")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def address(name: str) -> str:
    return os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + quote(name)


if RUN == FOLDER and "DATABASE_URL" in os.environ:  # a file goes with its folder, a database would stay
    atexit.register(administer, f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")
