"""What a database names, read from a copy or a snapshot of it, so that all of it is of one moment."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Query = Callable[[str], Sequence[Sequence[Any]]]  # the rows that a statement gives

TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename",
}
MIGRATIONS = "SELECT app || '.' || name FROM django_migrations ORDER BY app, name"
IMAGES = "SELECT DISTINCT sha256, format FROM annotation_image ORDER BY sha256, format"
RELEASES = "SELECT folder, sizes FROM annotation_releasefiles ORDER BY folder"
# of jobs that are to be carried out, or may be tried again
UPLOADS = """SELECT upload FROM annotation_job
WHERE upload <> '' AND (ended_at IS NULL OR outcome NOT IN ('done', 'refused')) ORDER BY upload"""


@dataclass(frozen=True)
class Contents:
    migrations: list[str]
    rows: dict[str, int]  # by table
    images: list[tuple[str, str]]  # SHA-256 and format
    released: list[str]  # names in the storage
    uploads: list[str]


def read_contents(kind: str, query: Query) -> Contents:
    return Contents(
        migrations=[name for (name,) in query(MIGRATIONS)],
        rows=count_rows(kind, query),
        images=[(digest, format) for digest, format in query(IMAGES)],
        released=[f"{folder}/{name}" for folder, sizes in query(RELEASES) for name in json.loads(sizes)],
        uploads=[name for (name,) in query(UPLOADS)],
    )


def count_rows(kind: str, query: Query) -> dict[str, int]:
    return {table: query(f'SELECT count(*) FROM "{table}"')[0][0] for (table,) in query(TABLES[kind])}  # noqa: S608 -- its own name
