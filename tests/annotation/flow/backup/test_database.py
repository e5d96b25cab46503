"""PostgreSQL's programs; tests/test_backups.py copies databases and puts them back."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from annotation.errors import Refused
from annotation.flow.backup import database


def test_a_program_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match=r"pg_dump is not found: install PostgreSQL's programs, of the server's version or newer"):
        database.client("pg_dump")


@pytest.mark.parametrize(("shown", "version"), [("pg_dump (PostgreSQL) 17.2 (Debian 17.2-1)", "17"), ("what?", "what?")])
def test_a_pg_dump_older_than_the_server_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: str, version: str
) -> None:
    tool = tmp_path / "pg_dump"
    tool.write_text(f"#!/bin/sh\necho '{shown}'\n")
    tool.chmod(0o700)
    monkeypatch.setattr(database, "connection", SimpleNamespace(pg_version=180_001))
    with pytest.raises(Refused) as refused:
        database.refuse_older(str(tool))
    told = f"{tool} is of PostgreSQL {version}, the server of 18: install the client programs of 18"
    assert " ".join(str(refused.value).split()) == told
    monkeypatch.setattr(database, "connection", SimpleNamespace(pg_version=170_009))
    if version == "17":
        database.refuse_older(str(tool))


def test_a_password_is_not_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "pg_dump"
    tool.write_text('#!/bin/sh\necho "$@ $PGPASSWORD" >&2\nexit 1\n')
    tool.chmod(0o700)
    where = {"HOST": "db", "PORT": "", "NAME": "study", "USER": "sixpoint", "PASSWORD": "hidden", "OPTIONS": {}}
    monkeypatch.setattr(database, "connection", SimpleNamespace(settings_dict=where))
    with pytest.raises(Refused) as refused:
        database.run(str(tool), "--format=custom")
    assert str(refused.value) == "-U sixpoint -h db --no-password --dbname=study --format=custom hidden"
