"""States are shared, and nobody sees what another does with a copy."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from tests.databases import DEMO, FILE, own_database

CHANGE, TITLE = (
    "UPDATE annotation_project SET title = 'Changed' WHERE slug = 'demo'",
    "SELECT title FROM annotation_project WHERE slug = 'demo'",
)


def execute(folder: Path, database: dict[str, str], statement: str) -> Any:
    if database:
        with psycopg.connect(database["DATABASE_URL"].replace("postgres://", "postgresql://")) as connection:
            done = connection.execute(statement)
            return done.fetchall() if done.description else None
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        return connection.execute(statement).fetchall()


def files(folder: Path) -> list[Path]:
    return sorted(path.relative_to(folder) for path in (folder / "images").rglob("*") if path.is_file())


def test_a_copy_of_the_demo_is_whole_and_what_changes_in_it_changes_in_no_other(tmp_path: Path) -> None:
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    with own_database(first, of=DEMO) as one, own_database(second, of=DEMO) as other:
        stored = files(first)
        assert len(stored) >= 32  # the demo's images
        execute(first, one, CHANGE)
        for path in stored:
            (first / path).write_bytes(b"")
        assert execute(first, one, TITLE) == [("Changed",)]
        with own_database(third, of=DEMO) as later:
            for folder, database in ((second, other), (third, later)):
                assert execute(folder, database, TITLE) == [("Demo: nine queries, four systems",)]
                assert files(folder) == stored
                assert all((folder / path).stat().st_size for path in stored)
