"""Loads as processes: killed at any moment they leave everything or nothing, and two at once do not harm each other."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from PIL import Image

from tests.databases import own_database
from tests.installation import ROOT, RUBRICS, command
from tests.killed import processes

KILLS, RECORDS, IMAGES, KILLS_OF_SCORES = 20, 600, 60, 8
TABLES = ("query", "response", "image", "task", "assignment")
TABLES_OF_SCORES = ("user", "membership", "annotation", "revision", "score")
RATED, OF_IMAGES = (
    ("text_quality", "method_quality", "creativity"),
    ("image_quality", "text_image_coherence", "stylistic_consistency"),
)
EVERYTHING = [RECORDS, RECORDS, IMAGES, RECORDS, 3 * RECORDS]
ONE_MORE = [1, 1, 0, 1, 3]

LOAD = """
from django.core.management import call_command, load_command_class
commands = {name: load_command_class("annotation", name) for name in ("load_items", "load_scores")}
act = lambda line: call_command(commands[line.split()[0]], *line.split()[1:])
"""


def write(folder: Path) -> Path:
    for number in range(IMAGES):
        Image.new("RGB", (320, 240), (number, 99, 200)).save(folder / f"{number}.png")
    records: list[dict[str, Any]] = [
        {
            "id": f"PBL-{number}",
            "model": "s",
            "question": [{"text": f"Q {number}", "image": f"{number % IMAGES}.png"}],
            "answer": [{"text": f"A {number}"}],
        }
        for number in range(RECORDS)
    ]
    (folder / "items.json").write_text(json.dumps(records))
    return folder / "items.json"


def without_images(folder: Path) -> Path:
    (folder / "more.json").write_text(json.dumps([{"id": "PBL-more", "model": "s", "question": [], "answer": "A"}]))
    return folder / "more.json"


@pytest.fixture
def environment(tmp_path: Path) -> Any:
    """Of an installation that has its rubrics; nothing is served."""
    with own_database(tmp_path / "data") as database:
        named = {**os.environ, "DATA_DIR": str(tmp_path / "data"), **database}
        manage(named, "load_rubric", *RUBRICS)
        yield named


def manage(environment: dict[str, str], *arguments: str) -> str:
    return subprocess.run(command(*arguments), cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


def begin(environment: dict[str, str], items: Path, project: str = "study") -> "subprocess.Popen[bytes]":
    load = command("load_items", str(items), "--project", project)
    return subprocess.Popen(load, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def write_scores(folder: Path) -> Path:
    """Of two annotators, where each response has three slots: one stays open."""
    lines = [
        f"PBL-{number},s,{name},{key},{value}"
        for number in range(RECORDS)
        for name in ("uma", "vic")
        for key, value in (dict.fromkeys(RATED, "4") | dict.fromkeys(OF_IMAGES, "na")).items()
    ]
    (folder / "scores.csv").write_text("\n".join(["id,model,annotator,criterion,score", *lines, ""]))
    return folder / "scores.csv"


def rows(environment: dict[str, str], tables: Sequence[str] = TABLES) -> list[int]:
    counts = ", ".join(f"(SELECT count(*) FROM annotation_{table})" for table in tables)
    if "DATABASE_URL" in environment:
        with psycopg.connect(environment["DATABASE_URL"].replace("postgres://", "postgresql://")) as connection:
            return list(connection.execute(f"SELECT {counts}").fetchone() or ())
    with closing(sqlite3.connect(Path(environment["DATA_DIR"], "sixpoint.sqlite3"))) as database:
        return list(database.execute(f"SELECT {counts}").fetchone())


def files(environment: dict[str, str]) -> list[Path]:
    return [path for path in Path(environment["DATA_DIR"], "images").rglob("*") if path.is_file()]


def test_a_load_that_is_killed_leaves_everything_or_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    manage(environment, "create_project", "study", "--rubric", "mmie-pbl")
    items = write(tmp_path)
    arguments = ("load_items", str(items), "--project", "study")
    moments, left, ends = random.Random(6), [], []
    with processes(environment, LOAD) as load:
        start = time.monotonic()
        assert load(*arguments, "--dry-run") == 0
        took = time.monotonic() - start
        for _kill in range(KILLS):
            ends.append(load(*arguments, kill_after=moments.uniform(0, 1.1) * took))
            left.append(rows(environment))
    assert -signal.SIGKILL in ends
    assert set(ends) <= {0, -signal.SIGKILL}
    assert [state for state in left if state not in ([0] * 5, EVERYTHING)] == []
    assert len(left) == KILLS
    whole = left[-1] == EVERYTHING
    manage(environment, "load_items", str(without_images(tmp_path)), "--project", "study")
    assert len(files(environment)) == (IMAGES if whole else 0)
    manage(environment, "load_items", str(items), "--project", "study")
    assert rows(environment) == [count + more for count, more in zip(EVERYTHING, ONE_MORE, strict=True)]
    assert len(files(environment)) == IMAGES


def test_a_load_of_scores_that_is_killed_leaves_everything_or_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    manage(environment, "create_project", "study", "--rubric", "mmie-pbl")
    manage(environment, "load_items", str(write(tmp_path)), "--project", "study")
    before, scores = rows(environment, TABLES_OF_SCORES), 2 * RECORDS
    everything = [before[0] + 2, before[1] + 2, scores, scores, 6 * scores]
    arguments = ("load_scores", str(write_scores(tmp_path)), "--project", "study")
    moments, left, ends = random.Random(7), [], []
    with processes(environment, LOAD) as load:
        start = time.monotonic()
        assert load(*arguments, "--dry-run") == 0
        took = time.monotonic() - start
        assert rows(environment, TABLES_OF_SCORES) == before
        for _kill in range(KILLS_OF_SCORES):
            ends.append(load(*arguments, kill_after=moments.uniform(0, 1.3) * took))
            left.append(rows(environment, TABLES_OF_SCORES))
        assert load(*arguments) == 0
    assert -signal.SIGKILL in ends
    assert set(ends) <= {0, -signal.SIGKILL}
    assert [state for state in left if state not in (before, everything)] == []
    assert rows(environment, TABLES_OF_SCORES) == everything
    assert rows(environment) == EVERYTHING  # no slot was made


@pytest.mark.parametrize("way", ["clean", "load"])
def test_what_a_killed_load_had_stored_is_taken_away(environment: dict[str, str], tmp_path: Path, way: str) -> None:
    manage(environment, "create_project", "study", "--rubric", "mmie-pbl")
    process = begin(environment, write(tmp_path))
    while process.poll() is None and len(files(environment)) < 10:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert rows(environment) == [0] * 5
    left = len(files(environment))
    assert left >= 10
    if way == "clean":
        report = json.loads(manage(environment, "clean", "--json", "--dry-run"))
        assert (len(report["files"]), len(files(environment))) == (left, left)
        assert len(json.loads(manage(environment, "clean", "--json"))["files"]) == left
    else:
        manage(environment, "load_items", str(without_images(tmp_path)), "--project", "study")
    assert files(environment) == []


def test_two_loads_at_once_share_their_images(environment: dict[str, str], tmp_path: Path) -> None:
    items = write(tmp_path)
    for project in ("one", "other"):
        manage(environment, "create_project", project, "--rubric", "mmie-pbl")
    processes = [begin(environment, items, project) for project in ("one", "other")]
    assert [process.wait() for process in processes] == [0, 0]
    assert rows(environment) == [2 * count for count in EVERYTHING]
    assert len(files(environment)) == IMAGES
    assert json.loads(manage(environment, "clean", "--json"))["files"] == []
