"""Databases of tests' own. To migrate takes seconds: one is migrated for the whole run, and the others are copies of it.

The demo, which takes as long again, is made once too.
"""

import atexit
import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg

from tests.data_folder import FOLDER, RUN

ROOT = Path(__file__).resolve().parent.parent
FILE = "sixpoint.sqlite3"  # in DATA_DIR, as the settings name it


@dataclass(frozen=True)
class State:
    """What a database and its folder of data begin with. Commands make it once for the whole run, and the others are copies."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    on: "State | None" = None  # the state that the commands find

    @property
    def folder(self) -> Path:
        return Path(RUN, self.name)

    @property
    def database(self) -> str:
        """Its name on PostgreSQL."""
        return f"{self.name}_{RUN.rpartition('-')[2]}"


MIGRATED = State("migrated", (("migrate", "--skip-checks", "-v0"),))
DEMO = State("demo", (("load_demo", "--skip-checks"),), on=MIGRATED)


@contextmanager
def own_database(folder: Path, *, of: State = MIGRATED) -> Iterator[dict[str, str]]:
    """A copy of the state, its files in `folder`. What the environment must say besides `folder` as DATA_DIR: which database,
    where it is PostgreSQL."""
    make(of)
    copy_files(of, folder)
    if "DATABASE_URL" in os.environ:
        with created(f"installation_{uuid4().hex}", of=of.database) as name:
            yield {"DATABASE_URL": address(name)}
    else:
        with closing(sqlite3.connect(folder / FILE)) as database:
            fill(database, of)
        yield {}


@contextmanager
def process_database() -> Iterator[str]:
    """The name, as Django's settings take it, of a database that lasts as long as this: in memory on SQLite."""
    make(MIGRATED)
    if "DATABASE_URL" in os.environ:
        with created(f"test_{uuid4().hex}", of=MIGRATED.database) as name:
            yield name
    else:
        name = "file:tests?mode=memory&cache=shared"
        with closing(sqlite3.connect(name, uri=True)) as database:
            fill(database, MIGRATED)
            yield name


def fill(database: sqlite3.Connection, of: State) -> None:
    """Make it a copy of the state's."""
    with closing(sqlite3.connect(of.folder / FILE)) as source:
        source.backup(database)


def copy_files(of: State, folder: Path) -> None:
    """All but what an installation has for itself: its database, its cache and its secret key."""
    shutil.copytree(of.folder, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(f"{FILE}*", "cache", "secret_key"))


def make(state: State) -> None:
    """Make the state where it is not made yet: whichever process asks first does it."""
    if state.on:
        make(state.on)
    made = state.folder.with_suffix(".made")
    with state.folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            prepare(state)
            made.touch()


def prepare(state: State) -> None:
    state.folder.mkdir()
    environment = {**os.environ, "DATA_DIR": str(state.folder)}
    if "DATABASE_URL" in os.environ:
        administer(f"CREATE DATABASE {state.database} TEMPLATE {state.on.database if state.on else 'template1'}")
        environment["DATABASE_URL"] = address(state.database)
    elif state.on:
        with closing(sqlite3.connect(state.folder / FILE)) as database:
            fill(database, state.on)
    if state.on:
        copy_files(state.on, state.folder)
    for command in state.commands:
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)


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


def drop_states() -> None:
    """A file goes with its folder, a database would stay."""
    for lock in Path(RUN).glob("*.lock"):
        administer(f"DROP DATABASE IF EXISTS {State(lock.stem, ()).database} WITH (FORCE)")


if RUN == FOLDER and "DATABASE_URL" in os.environ:
    atexit.register(drop_states)
