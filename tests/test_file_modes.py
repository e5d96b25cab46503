"""Nobody but the owner reads what an installation stores, whichever door wrote it; nginx's group reads the copies of images."""

import json
import os
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases import DEMO
from tests.factories import record
from tests.installation import ROOT, command, installation
from tests.test_worker import upload, wait_for, worker

RELEASE = """
import json
from annotation.flow.jobs import queue
from annotation.flow.release import Options
from annotation.models import Project
print(json.dumps(queue.start_release(project=Project.objects.get(slug="demo"), options=Options(check_size=8)).pk))
"""
PICTURE = """
import json
from annotation.flow.images.renditions import prepare
from annotation.models import Image
print(json.dumps(prepare(Image.objects.first())))
"""


@contextmanager
def umask_of_a_shell() -> Iterator[None]:
    """As processes find it that people start: what they start here must not get this one's."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    paths = (folder, *folder.rglob("*"))
    return {path.relative_to(folder).as_posix(): stat.filemode(path.stat().st_mode) for path in paths}


def expected(name: str, mode: str) -> str:
    """A folder of images may be passed through by a group and not listed; DATA_DIR lets the group in with ACCEL_PREFIX alone."""
    if mode.startswith("d"):
        return (
            "drwx--x---"
            if name.startswith("images") and not name.startswith(("images/releases", "images/making/"))
            else "drwx------"
        )
    return "-rw-r-----" if name.startswith("images/shown/") else "-rw-------"


def test_only_the_owner_reads_what_commands_the_server_and_the_worker_write(tmp_path: Path) -> None:
    data, out = tmp_path / "data", tmp_path / "out"
    with umask_of_a_shell(), installation(data, of=DEMO) as made:
        Path(data, "gunicorn.log").unlink()  # the test's own, made before the server starts
        lea = made.manage("add_member", "lea", "--project", "demo", "--role", "manager", "--create", "--token")["token"]
        upload(made, lea, json.dumps([record(1)]).encode(), project="demo")
        made.run(PICTURE)
        stored = modes(data)
        release = made.run(RELEASE)
        helper = worker(made)
        wait_for(made, lea, release, "done")
        assert made.api("GET", "/api/v1/projects/demo/agreement/", lea).status == 200  # fills the cache
        helper.terminate()
        helper.wait(timeout=30)
        made.manage("release", "--project", "demo", "--out", str(out), "--check-size", "8")
        stored |= modes(data)
        parts = ["originals/", "shown/", "uploads/", "releases/"]
        parts = ["secret_key", "demo_password", "cache/", "receiving", *(f"images/{part}" for part in parts)]
        if "DATABASE_URL" not in made.environment:
            parts += ["sixpoint.sqlite3", "sixpoint.sqlite3-wal"]
        assert [part for part in parts if not any(name.startswith(part) for name in stored)] == []
        assert stored == {name: expected(name, mode) for name, mode in stored.items()}
        assert set(modes(out).values()) == {"-rw-------", "drwx------"}


def test_an_older_installation_is_closed_at_the_next_start(tmp_path: Path) -> None:
    for name in ("images/originals/ab", "cache"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("secret_key", "sixpoint.sqlite3", "images/originals/ab/picture.png"):
        (tmp_path / name).write_text("x" * 50)
    with umask_of_a_shell():
        for path in (tmp_path, *tmp_path.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        assert started(tmp_path) == {
            ".": "drwx------",
            "cache": "drwx------",
            "images": "drwx--x---",
            "images/originals": "drwxr-xr-x",  # behind DATA_DIR nobody reaches it
            "images/originals/ab": "drwxr-xr-x",
            "images/originals/ab/picture.png": "-rw-r--r--",
            "receiving": "drwx------",
            "secret_key": "-rw-------",
            "sixpoint.sqlite3": "-rw-------",
        }
        assert started(tmp_path, ACCEL_PREFIX="/protected/")["."] == "drwx--x---"
        assert started(tmp_path)["."] == "drwx------"


def started(folder: Path, **environment: str) -> dict[str, str]:
    """The modes after a command that writes nothing itself."""
    variables = {**os.environ, "DATA_DIR": str(folder), "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere", **environment}
    checking = command("verify_release", str(folder))
    assert "manifest.json" in subprocess.run(checking, cwd=ROOT, env=variables, capture_output=True, text=True).stderr
    return modes(folder)
