"""Backups as processes: made while annotators submit, killed, restored elsewhere and compared row by row and file by file."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from annotation.flow.backup.manifest import Manifest
from annotation.flow.backup.verify import verify
from tests.backups import elsewhere, files, manage, ran, refusal, tables, with_programs
from tests.databases import DEMO, own_database
from tests.installation import ROOT

AGREEMENT = ("agreement", "--project", "demo", "--json")


@dataclass(frozen=True)
class BackedUp:
    environment: dict[str, str]
    data: Path
    backup: Path
    told: dict[str, Any]


RELEASE = """
from annotation.flow.jobs import queue
from annotation.flow.release import Options
from annotation.models import Project
queue.run_later = lambda job: None
job = queue.start_release(project=Project.objects.get(slug="demo"), options=Options(check_size=8))
queue.carry_out.func(job.pk, job.attempt)
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackedUp]:
    """The demo with a stored release, and a backup of it. Tests change neither."""
    folder = tmp_path_factory.mktemp("demo")
    with own_database(folder / "data", of=DEMO) as database:
        environment = with_programs({**os.environ, "DATA_DIR": str(folder / "data"), **database})
        assert ran(environment, "shell", "-v0", "-c", RELEASE).returncode == 0
        told = manage(environment, "backup", str(folder / "backup"), "--json")
        yield BackedUp(environment, folder / "data", folder / "backup", told)


def test_what_is_restored_elsewhere_is_what_was_there(demo: BackedUp, tmp_path: Path) -> None:
    with elsewhere(tmp_path / "data") as environment:
        assert manage(environment, "restore", str(demo.backup), "--json") == {
            "backup": str(demo.backup),
            "database": demo.told["database"],
            "made_at": demo.told["made_at"],
            "has_secret_key": True,
            "rows": demo.told["rows"],
            "files": len([path for path in (demo.backup / "stored").rglob("*") if path.is_file()]),
            "migrations": 0,
        }
        assert tables(environment) == tables(demo.environment)
        assert files(tmp_path / "data") == files(demo.data)
        assert any(name.startswith("images/releases/") for name in files(demo.data))
        assert manage(environment, *AGREEMENT) == manage(demo.environment, *AGREEMENT)
        restored = Path(environment["DATA_DIR"])
        assert [oct((restored / name).stat().st_mode & 0o777) for name in (".", "secret_key")] == ["0o700", "0o600"]
        # and it is a whole installation: a row that comes next gets a key of its own
        added = manage(environment, "add_member", "new", "--project", "demo", "--role", "annotator", "--create", "--json")
        assert added["username"] == "new"


def test_a_backup_is_for_its_owner_alone_and_says_what_it_holds(demo: BackedUp) -> None:
    modes = {(path.is_dir(), oct(path.stat().st_mode & 0o777)) for path in (demo.backup, *demo.backup.rglob("*"))}
    assert modes == {(True, "0o700"), (False, "0o600")}
    paths = [path for path in demo.backup.rglob("*") if path.is_file() and path != demo.backup / "manifest.json"]
    assert demo.told == {
        "backup": str(demo.backup),
        "database": "postgresql" if "DATABASE_URL" in demo.environment else "sqlite",
        "made_at": demo.told["made_at"],
        "has_secret_key": True,
        "missing": [],
        "damaged": [],
        "rows": sum(len(rows) for name, rows in tables(demo.environment).items() if not name.startswith("sqlite_")),
        "files": len(paths),
        "linked": 0,
        "bytes": sum(path.stat().st_size for path in paths),
    }
    assert not list(demo.backup.parent.glob("*.part"))


def test_a_backup_is_verified_without_a_database_and_without_django(demo: BackedUp) -> None:
    code = (
        "import sys; from pathlib import Path; from annotation.flow.backup.verify import verify; print(verify(Path(sys.argv[1])))"
    )
    without = f"{code}; assert 'django' not in sys.modules"
    nothing = {"PATH": with_programs(demo.environment)["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", without, str(demo.backup)], cwd=ROOT, env=nothing, capture_output=True, text=True
    )
    assert done.stdout == "[]\n", done.stderr
    nowhere = {**demo.environment, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere"}
    whole = {"backup": str(demo.backup), "problems": []}
    assert manage(nowhere, "verify_backup", str(demo.backup), "--json") == whole


def test_a_backup_goes_into_no_folder_and_no_installation_that_has_something(demo: BackedUp, tmp_path: Path) -> None:
    assert refusal(demo.environment, "backup", str(demo.backup)) == f"CommandError: {demo.backup} is not empty"
    (tmp_path / "new.part").mkdir()  # none that a killed backup left
    assert refusal(demo.environment, "backup", str(tmp_path / "new")) == (
        f"CommandError: {tmp_path / 'new.part'} is there already: delete it if no other backup writes into it"
    )
    restoring = refusal(demo.environment, "restore", str(demo.backup))
    assert restoring == "CommandError: The database has tables: restore into an empty one."
    with elsewhere(tmp_path / "data") as environment:
        (tmp_path / "data" / "images" / "originals" / "ab").mkdir(parents=True)
        (tmp_path / "data" / "images" / "originals" / "ab" / "picture.png").touch()
        assert refusal(environment, "restore", str(demo.backup)) == (
            "CommandError: originals/ab/picture.png is there already: restore into an empty DATA_DIR and storage."
        )


def test_a_backup_of_the_other_kind_of_database_is_refused(demo: BackedUp, tmp_path: Path) -> None:
    here, other = demo.told["database"], f"sqlite:///{tmp_path}/other.sqlite3"
    if here == "sqlite":
        other = "postgres://nobody@127.0.0.1:1/nowhere"  # refused before it is asked
    environment = {**demo.environment, "DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": other}
    there = {"sqlite": "postgresql", "postgresql": "sqlite"}[here]
    message = f"The backup is of {here}, and DATABASE_URL names {there}: it goes back into the same kind of database only."
    assert refusal(environment, "restore", str(demo.backup)) == f"CommandError: {message}"


def test_a_backup_that_is_damaged_or_of_a_later_version_is_not_restored(demo: BackedUp, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(demo.backup, copy)
    [victim, *_others] = sorted((copy / "stored").rglob("*.png"))
    victim.write_bytes(victim.read_bytes() + b"!")
    with elsewhere(tmp_path / "data") as environment:
        name = victim.relative_to(copy)
        assert refusal(environment, "restore", str(copy)) == f"{name}: changed since the backup was made"
        manifest = Manifest.read(copy)
        later = replace(manifest, migrations=[*manifest.migrations, "annotation.9999_later"], code_version="9.9")
        (copy / "manifest.json").write_bytes(later.written())
        assert refusal(environment, "restore", str(copy)) == (
            "CommandError: The backup is of a later version of Sixpoint (9.9) than this one, "
            "which has no migration annotation.9999_later."
        )
        assert tables(environment) == {}
        assert files(tmp_path / "data").keys() <= {"secret_key"}


def test_files_that_an_earlier_backup_has_are_shared_with_it(demo: BackedUp, tmp_path: Path) -> None:
    again = demo.backup.with_name("again")
    told = manage(demo.environment, "backup", str(again), "--since", str(demo.backup), "--json")
    stored = [path for path in (demo.backup / "stored").rglob("*") if path.is_file()]
    assert told["linked"] == len(stored) > 0
    assert {path.stat().st_ino for path in stored} == {
        path.stat().st_ino for path in (again / "stored").rglob("*") if path.is_file()
    }
    assert verify(again) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from annotation.flow.backup import make
def killed(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)
make.{step} = killed
make.backup(folder=Path({folder!r}))
"""


@pytest.mark.parametrize("step", ["copy_database", "copy_stored", "finish", "sync"])
def test_a_backup_that_is_killed_gets_no_name_and_the_next_deletes_what_it_left(
    demo: BackedUp, tmp_path: Path, step: str
) -> None:
    folder = tmp_path / "backups" / "monday"
    killed = ran(demo.environment, "shell", "-v0", "-c", KILLED.format(step=step, folder=str(folder)))
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert [path.name for path in folder.parent.iterdir()] == ["monday.part"]
    manage(demo.environment, "backup", str(folder.with_name("tuesday")), "--json")
    assert [path.name for path in folder.parent.iterdir()] == ["tuesday"]
