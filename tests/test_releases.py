"""Releases as processes: killed at any moment they leave a whole release or none, a full disk leaves none, and two at once take
turns."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from annotation.exporters import verify
from tests.databases import DEMO, own_database
from tests.installation import ROOT, command
from tests.killed import processes

KILLS = 10
OPTIONS = ("--project", "demo", "--check-size", "8", "--new-split")

# by the command, or with "job" by a job
MAKE = """
from django.core.management import call_command, load_command_class
from annotation.flow.jobs import queue
from annotation.flow.release import Options
from annotation.models import Project
release = load_command_class("annotation", "release")
queue.run_later = lambda job: None

def act(line):
    if line == "job":
        options = Options(check_size=8, new_split=True)
        job = queue.start_release(project=Project.objects.get(slug="demo"), options=options)
        queue.carry_out.func(job.pk, job.attempt)
    else:
        call_command(release, *line.split())
"""
LEASES = "from annotation.models import Job; Job.objects.under_way().update(lease_expires_at='2000-01-01T00:00Z')"


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Of an installation with the demo; nothing is served."""
    with own_database(tmp_path / "data", of=DEMO) as database:
        yield {**os.environ, "DATA_DIR": str(tmp_path / "data"), **database}


def manage(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(command(*arguments), cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(environment: dict[str, str], statement: str) -> list[Any]:
    if "DATABASE_URL" in environment:
        with psycopg.connect(environment["DATABASE_URL"].replace("postgres://", "postgresql://")) as connection:
            return [row[0] for row in connection.execute(statement).fetchall()]
    with closing(sqlite3.connect(Path(environment["DATA_DIR"], "sixpoint.sqlite3"))) as database:
        return [row[0] for row in database.execute(statement).fetchall()]


def labels(environment: dict[str, str]) -> list[int]:
    """How many labels each release has."""
    return rows(environment, "SELECT (SELECT count(*) FROM annotation_label WHERE release_id = r.id) FROM annotation_release r")


def content(folder: Path) -> dict[str, bytes]:
    """Every file by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_command_that_is_killed_leaves_a_whole_release_or_none(environment: dict[str, str], tmp_path: Path) -> None:
    moments, ends, out = random.Random(6), [], tmp_path / "releases" / "out"
    with processes(environment, MAKE) as make:
        start = time.monotonic()
        assert make("--out", str(tmp_path / "first"), *OPTIONS) == 0
        took, first = time.monotonic() - start, content(tmp_path / "first")
        whole = labels(environment)[0]
        for kill in range(KILLS):
            before = len(labels(environment))
            ends.append(make("--out", str(out), *OPTIONS, kill_after=moments.uniform(0, 1.1) * took))
            made = labels(environment)
            if (len(made) - before, out.exists()) == (1, False):  # killed between the commit and the folder's name
                assert make("--out", str(out), *OPTIONS) == 1  # refused, as the folder has its name and its files again
            assert (len(made) - before, out.exists()) in ((0, False), (1, True))
            assert set(made) == {whole}
            if out.exists():
                assert content(out) == first
                out.rename(tmp_path / f"made-{kill}")
        assert -signal.SIGKILL in ends
        assert set(ends) <= {0, -signal.SIGKILL}
        assert make("--out", str(out), *OPTIONS) == 0
    assert content(out) == first
    assert list(out.parent.iterdir()) == [out]
    assert set(labels(environment)) == {whole}


def stored(environment: dict[str, str]) -> list[Path]:
    """The folders of releases that are in the storage, or were made for it."""
    images = Path(environment["DATA_DIR"], "images")
    return sorted(path for part in ("making", "releases") for path in (images / part).glob("*") if path.is_dir())


def test_a_job_that_is_killed_leaves_a_whole_release_or_none(environment: dict[str, str], tmp_path: Path) -> None:
    moments, ends, images = random.Random(7), [], Path(environment["DATA_DIR"], "images")
    with processes(environment, MAKE) as make:
        assert make("--out", str(tmp_path / "first"), *OPTIONS) == 0
        first = content(tmp_path / "first")
        start = time.monotonic()
        assert make("job") == 0
        took = time.monotonic() - start
        for _kill in range(KILLS):
            ends.append(make("job", kill_after=moments.uniform(0, 1.1) * took))
            in_rows = rows(environment, "SELECT folder FROM annotation_releasefiles")
            assert len(set(labels(environment))) == 1
            assert len(labels(environment)) == len(in_rows) + 1
            assert [content(images / folder) == first for folder in in_rows] == [True] * len(in_rows)
        assert -signal.SIGKILL in ends
        assert set(ends) <= {0, -signal.SIGKILL}
        manage(environment, "shell", "-v0", "-c", LEASES)
        left = json.loads(manage(environment, "clean", "--json"))
        assert sorted(stored(environment)) == sorted(images / folder for folder in in_rows)
        assert make("job") == 0
    newest = rows(environment, "SELECT folder FROM annotation_releasefiles ORDER BY id DESC")[0]
    assert content(images / newest) == first
    assert left["lost_jobs"] == rows(environment, "SELECT count(*) FROM annotation_job WHERE outcome = 'lost'")[0]


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[None]:
    """Mounted on the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)], check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def disks() -> list[int]:
    """Sizes of disks, in kilobytes, that are too small; none where this process may mount nothing. There the tests of the flow
    remain, in which a write fails."""
    try:
        with tempfile.TemporaryDirectory() as folder, small_disk(Path(folder), 4):
            return [4, 60, 200, 500]
    except (OSError, subprocess.CalledProcessError):
        return []


DISKS = disks()


@pytest.mark.parametrize("kilobytes", DISKS)
def test_a_full_disk_is_told_by_the_command_and_nothing_is_left(
    environment: dict[str, str], tmp_path: Path, kilobytes: int
) -> None:
    with small_disk(tmp_path / "disk", kilobytes):
        releasing = command("release", *OPTIONS, "--out", str(tmp_path / "disk" / "out"))
        done = subprocess.run(releasing, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert (done.returncode, list((tmp_path / "disk").iterdir()), labels(environment)) == (1, [], [])
        assert "No space left on device" in done.stderr
    assert manage(environment, "release", *OPTIONS, "--out", str(tmp_path / "out")) == ""
    assert verify(tmp_path / "out") == []


@pytest.mark.parametrize("kilobytes", DISKS[1:2])
def test_a_full_disk_is_told_by_the_job_and_nothing_is_left(environment: dict[str, str], kilobytes: int) -> None:
    with small_disk(Path(environment["DATA_DIR"], "images", "making"), kilobytes), processes(environment, MAKE) as make:
        assert make("job") == 0
        [message] = rows(environment, "SELECT message FROM annotation_job WHERE kind = 'release'")
        assert (message, stored(environment), labels(environment)) == (
            "the files of the release cannot be written: No space left on device",
            [],
            [],
        )


def test_releases_that_are_made_at_once_take_turns(environment: dict[str, str], tmp_path: Path) -> None:
    names, way = ("one", "two", "three"), {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    releasing = [command("release", "--project", "demo", "--out", str(tmp_path / name), "--json") for name in names]
    processes: list[Any] = [subprocess.Popen(one, cwd=ROOT, env=environment, **way) for one in releasing]
    answers = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], [error for _out, error in answers]
    assert sorted(json.loads(out)["release"] for out, _error in answers) == [1, 2, 3]
    assert [verify(tmp_path / name) for name in names] == [[], [], []]
    assert len(set(labels(environment))) == 1


WITHOUT_DJANGO = """
import sys
from pathlib import Path
from annotation.exporters import verify
assert "django" not in sys.modules
sys.exit("; ".join(verify(Path(sys.argv[1]))))
"""


def test_a_release_is_verified_without_a_database_and_without_django(environment: dict[str, str], tmp_path: Path) -> None:
    manage(environment, "release", *OPTIONS, "--out", str(tmp_path / "out"))
    nowhere = {**environment, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere", "DATA_DIR": str(tmp_path / "empty")}
    assert json.loads(manage(nowhere, "verify_release", str(tmp_path / "out"), "--json"))["problems"] == []
    labels_file = tmp_path / "out" / "labels.jsonl"
    written = labels_file.read_bytes()
    labels_file.write_bytes(written[:99] + bytes([written[99] ^ 1]) + written[100:])
    told = "labels.jsonl: changed since it was released"
    done = subprocess.run(command("verify_release", str(tmp_path / "out")), cwd=ROOT, env=nowhere, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, f"CommandError: {told}\n")
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    plain = [*command("shell")[:1], "-c", WITHOUT_DJANGO, str(tmp_path / "out")]
    done = subprocess.run(plain, cwd=ROOT, env=bare, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, f"{told}\n")
