"""Loads into any project and the cleaning of files take turns, for a load stores files before the database knows of them.

Whose turn it is holds a lock that goes with its process, however that ends: of a file on SQLite, which one machine has, and of
the database on PostgreSQL. It keeps no other writer waiting.
"""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import DatabaseError, connection

from annotation.flow.progress import WAITING, Progress, silent

LOCK = 5_915_015  # among the database's advisory locks, whose names are numbers
SECONDS_BETWEEN_TRIES = 0.2


@contextmanager
def take_turns(progress: Progress = silent) -> Iterator[None]:
    """Wait for the turn, and have it inside. What `progress` raises ends the waiting."""
    with locked_database(progress) if connection.vendor == "postgresql" else locked_file(progress):
        yield


@contextmanager
def locked_file(progress: Progress) -> Iterator[None]:
    place = settings.DATA_DIR / "locks" / "loads"
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("w") as file:  # to close it gives the lock back

        def lock() -> bool:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        wait_for(lock, progress)
        yield


@contextmanager
def locked_database(progress: Progress) -> Iterator[None]:
    wait_for(lambda: asked("SELECT pg_try_advisory_lock(%s)"), progress)
    try:
        yield
    finally:
        with suppress(DatabaseError):  # the connection is gone, and the lock with it
            asked("SELECT pg_advisory_unlock(%s)")


def wait_for(lock: Callable[[], bool], progress: Progress) -> None:
    while not lock():
        progress(WAITING, 0, 0)
        time.sleep(SECONDS_BETWEEN_TRIES)


def asked(statement: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [LOCK])
        return bool(cursor.fetchone()[0])
