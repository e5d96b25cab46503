"""Loads as processes: killed at any moment they leave everything or nothing, and two at once do not harm each other."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from PIL import Image

from tests.databases import own_database
from tests.installation import ROOT, RUBRICS, command

KILLS, RECORDS, IMAGES = 20, 600, 60
TABLES = ("query", "response", "image", "task", "assignment")
EVERYTHING = [RECORDS, RECORDS, IMAGES, RECORDS, 3 * RECORDS]
ONE_MORE = [1, 1, 0, 1, 3]

# Starts a load for each line of arguments, as a process of its own that has everything imported: most of the time of a load
# is the start of Python, and a kill then would show nothing.
LOADER = """
import os, sys
from django.core.management import call_command, load_command_class
load = load_command_class("annotation", "load_items")
for line in sys.stdin:
    process = os.fork()
    if not process:
        os.dup2(2, 1)
        call_command(load, *line.split())
        os._exit(0)
    print(process, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
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


@contextmanager
def loader(environment: dict[str, str]) -> Iterator[Callable[..., int]]:
    """Loads with these arguments, and answers how it ended; it is killed after `kill_after` seconds, if these are named."""
    starter = subprocess.Popen(
        command("shell", "-v0", "-c", LOADER),
        cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert starter.stdin
    assert starter.stdout
    told, asked = starter.stdout, starter.stdin

    def load(*arguments: str, kill_after: float | None = None) -> int:
        print(*arguments, file=asked, flush=True)
        process = int(told.readline())
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):  # it had ended
                os.kill(process, signal.SIGKILL)
        return int(told.readline())

    with starter:
        yield load


def rows(environment: dict[str, str]) -> list[int]:
    counts = ", ".join(f"(SELECT count(*) FROM annotation_{table})" for table in TABLES)
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
    arguments = (str(items), "--project", "study")
    moments, left, ends = random.Random(6), [], []
    with loader(environment) as load:
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
