"""A database that is away for a while: locked, where it is SQLite, else without connections."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.databases import FILE, administer


@contextmanager
def database_away(environment: dict[str, str]) -> Iterator[None]:
    """The database of the installation with this environment."""
    if name := environment.get("DATABASE_URL", "").rpartition("/")[2]:
        administer(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        administer(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        try:
            yield
        finally:
            administer(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        return
    with closing(sqlite3.connect(Path(environment["DATA_DIR"], FILE), isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        yield
        database.execute("ROLLBACK")
