"""What the command line says of itself, and of a database that is not migrated."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import CommandError

from config import manage
from config.command import JsonCommand
from config.manage import APPS, CommandLine
from tests.codebase.sources import ROOT

OWN = sorted((name, app) for name, app in get_commands().items() if app in APPS)


def test_the_help_has_sixpoints_commands_first_with_a_line_each_and_djangos_after() -> None:
    first, others = CommandLine(["manage.py"]).main_help_text().split("Django and its parts:\n")
    lines = re.findall(r"^  (\w+)  +(\S.*)$", first, re.MULTILINE)
    assert lines == [(name, " ".join(str(load_command_class(app, name).help).split())) for name, app in OWN]
    assert re.findall(r"\S+", others) == sorted(set(get_commands()) - {name for name, _app in OWN})


def test_the_list_for_completion_is_djangos() -> None:
    assert CommandLine(["manage.py"]).main_help_text(commands_only=True).split() == sorted(get_commands())


@pytest.mark.parametrize(("name", "app"), OWN, ids=[name for name, _app in OWN])
def test_every_command_and_every_option_has_help(name: str, app: str) -> None:
    command = load_command_class(app, name)
    actions = command.create_parser("manage.py", name)._actions
    assert command.help
    assert [action.option_strings or action.dest for action in actions if not action.help] == []


def test_a_command_refuses_a_database_that_is_not_migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.command.is_migrated", lambda: False)
    with pytest.raises(CommandError, match=r"^The database is not up to date: run manage\.py migrate$"):
        JsonCommand().check_migrations()


@pytest.mark.django_db
def test_the_tests_database_is_migrated() -> None:
    assert manage.is_migrated()


@pytest.mark.parametrize(
    "command",
    [
        ["create_project", "pilot", "--rubric", "mmie-sa"],
        ["worker"],
        ["createsuperuser", "--noinput", "--username", "uma", "--email", "uma@example.org"],
    ],
    ids=["own", "worker", "django's"],
)
def test_an_empty_database_is_told_in_one_line(tmp_path: Path, command: list[str]) -> None:
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "DATABASE_URL": "", "DJANGO_SUPERUSER_PASSWORD": "open-for-tests"}
    ran = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    last = ran.stderr.strip().splitlines()
    assert (ran.returncode, [line.removeprefix("CommandError: ") for line in last]) == (
        1,
        ["The database is not up to date: run manage.py migrate"],
    )
