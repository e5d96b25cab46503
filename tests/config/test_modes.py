import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.modes import keep_private, make_passage


@pytest.fixture(autouse=True)
def own_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> str:
    return stat.filemode(path.stat().st_mode)


def test_files_that_are_made_afterwards_are_their_owners_alone(tmp_path: Path) -> None:
    keep_private(tmp_path / "data", passage=False)
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    assert [mode(tmp_path / name) for name in ("data", "file", "folder")] == ["drwx------", "-rw-------", "drwx------"]


def test_what_the_owner_may_do_stays(tmp_path: Path) -> None:
    for name, before in (("read-only", 0o444), ("program", 0o755)):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(before)
    keep_private(tmp_path, passage=False)
    assert [mode(tmp_path / name) for name in ("read-only", "program")] == ["-r--------", "-rwx------"]


def test_what_a_link_leads_to_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "elsewhere").mkdir(mode=0o755)
    (tmp_path / "data" / "link").symlink_to(tmp_path / "elsewhere")
    keep_private(tmp_path / "data", passage=False)
    assert mode(tmp_path / "elsewhere") == "drwxr-xr-x"


def test_what_belongs_to_somebody_else_keeps_its_mode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    foreign = tmp_path / "foreign"
    foreign.touch(mode=0o644)
    monkeypatch.setattr(os, "geteuid", lambda: foreign.stat().st_uid + 1)
    keep_private(tmp_path, passage=True)
    assert (mode(foreign), mode(tmp_path)) == ("-rw-r--r--", "drwx--x---")


def test_the_group_may_pass_through_the_folders_that_are_made_for_it(tmp_path: Path) -> None:
    os.umask(0o077)
    (tmp_path / "shown").mkdir()
    make_passage(tmp_path / "shown" / "ab" / "cd")
    assert [mode(tmp_path / name) for name in ("shown", "shown/ab", "shown/ab/cd")] == ["drwx------", "drwx--x---", "drwx--x---"]
