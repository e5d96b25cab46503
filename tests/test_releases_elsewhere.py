"""A release on another database and on another instance: the same bytes, and the same agreement to the last digit."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from annotation.flow.release.content import steady
from tests.databases import DEMO, own_database
from tests.installation import ROOT, RUBRICS, command
from tests.postgres import server

KEY = "of this test, for a project's own is random"
COPY_KEY = f"from annotation.models import Project; Project.objects.update(pseudonym_key={KEY!r})"


def manage(environment: dict[str, str], *arguments: str) -> Any:
    """What the command prints with --json."""
    as_json = () if arguments[0] in ("shell", "migrate") else ("--json",)
    done = subprocess.run(command(*arguments, *as_json), cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) if as_json else done.stdout


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def released(folder: Path, database: dict[str, str]) -> list[dict[str, bytes]]:
    """The demo and the pilot beside it, each released twice."""
    plain = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment = {**plain, "DATA_DIR": str(folder / "data"), **database}
    manage(environment, "migrate", "-v0")
    manage(environment, "load_demo")
    manage(environment, "shell", "-v0", "-c", COPY_KEY)
    projects = manage(environment, "shell", "-v0", "-c", PROJECTS).split()
    for project in projects:
        for time in "12":
            manage(environment, "release", "--project", project, "--out", str(folder / f"{project}-{time}"), "--new-split")
    return [content(folder / f"{project}-{time}") for project in projects for time in "12"]


PROJECTS = "from annotation.models import Project; print(*Project.objects.order_by('slug').values_list('slug', flat=True))"


@pytest.mark.once
def test_a_release_is_the_same_byte_for_byte_twice_and_on_both_databases(tmp_path: Path) -> None:
    on_sqlite = released(tmp_path / "sqlite", {})
    with server() as url:
        on_postgresql = released(tmp_path / "postgresql", {"DATABASE_URL": url})
    assert [list(files) for files in on_sqlite] != []
    assert on_sqlite[::2] == on_sqlite[1::2]
    assert on_postgresql == on_sqlite


def without_kappas(groups: list[dict[str, Any]]) -> list[Any]:
    rows = [row for group in groups for row in group["criteria"]]
    return [{name: figure for name, figure in row.items() if not name.endswith("kappa")} for row in rows]


def test_a_release_that_is_carried_to_another_instance_has_the_same_agreement(tmp_path: Path) -> None:
    out, items = tmp_path / "release", tmp_path / "items"
    with own_database(tmp_path / "one", of=DEMO) as database:
        here = {**os.environ, "DATA_DIR": str(tmp_path / "one"), **database}
        manage(here, "release", "--project", "demo", "--out", str(out))
        manage(here, "export_items", "--project", "demo", "--out", str(items))
        agreement = manage(here, "agreement", "--project", "demo", "--resamples", "100", "--by", "category,system")
    rubrics = json.loads((out / "manifest.json").read_text())["rubrics"]
    with own_database(tmp_path / "two") as database:
        there = {**os.environ, "DATA_DIR": str(tmp_path / "two"), **database}
        manage(there, "load_rubric", *RUBRICS)
        frozen = [argument for rubric in rubrics for argument in ("--rubric", f"{rubric['slug']}@{rubric['version']}")]
        manage(there, "create_project", "demo", *frozen)
        manage(there, "load_items", str(items / "items.jsonl"), "--project", "demo")
        manage(there, "load_scores", str(out / "ratings.csv"), "--project", "demo")
        carried = manage(there, "agreement", "--project", "demo", "--resamples", "100", "--by", "category,system")
        released_there = manage(there, "release", "--project", "demo", "--out", str(tmp_path / "again"))
    # pooled kappas add over pairs in the order of the names, which are pseudonyms there: all digits that a release states
    assert steady(carried["groups"]) == steady(agreement["groups"])
    assert without_kappas(carried["groups"]) == without_kappas(agreement["groups"])
    assert len(agreement["groups"]) > 1
    assert released_there["agreement"] == json.loads((out / "manifest.json").read_text())["agreement"]
