"""The history of the database: one line without a gap, and every step can be taken back."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

from tests.codebase.sources import ROOT
from tests.databases import own_database

APPS = ("annotation", "rubrics")


@pytest.fixture(scope="module")
def history() -> dict[str, dict[str, Migration]]:
    """Each app's migrations by name, in order."""
    on_disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return {app: {name: on_disk[app, name] for of, name in sorted(on_disk) if of == app} for app in APPS}


def test_the_migrations_are_numbered_without_a_gap(history: Any) -> None:
    for app in APPS:
        names = list(history[app])
        assert [name[:5] for name in names] == [f"{number:04}_" for number in range(1, len(names) + 1)]


def test_an_app_begins_with_its_tables_and_its_triggers(history: Any) -> None:
    assert {app: list(history[app])[:2] for app in APPS} == {app: ["0001_initial", "0002_triggers"] for app in APPS}


def test_a_later_migration_holds_one_operation_and_has_a_name(history: Any) -> None:
    later = {f"{app}.{name}": migration for app in APPS for name, migration in list(history[app].items())[2:]}
    assert [name for name, migration in later.items() if len(migration.operations) != 1 or "auto" in name] == []


def test_a_migration_stands_on_the_one_before(history: Any) -> None:
    for app in APPS:
        names = list(history[app])
        before = [[name for of, name in migration.dependencies if of == app] for migration in history[app].values()]
        assert before == [[], *([name] for name in names[:-1])]


def test_a_migration_can_be_taken_back(history: Any) -> None:
    assert [f"{app}.{name}" for app in APPS for name, migration in history[app].items() if not reversible(migration)] == []


def reversible(migration: Migration) -> bool:
    return all(operation.reversible for operation in migration.operations)


def test_what_ran_forwards_runs_backwards_and_forwards_again(tmp_path: Path) -> None:
    with own_database(tmp_path) as database:
        manage(tmp_path, database, "migrate", "rubrics", "zero")  # and all that stands on it
        manage(tmp_path, database, "migrate")
        manage(tmp_path, database, "migrate", "--check")  # which fails where something is left to do


def manage(folder: Path, database: dict[str, str], *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments, "--skip-checks"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(folder), **database},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
