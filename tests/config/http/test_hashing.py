"""A few passwords are hashed at once, in all processes together; a request beyond is asked to try again."""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, make_password
from django.test import Client

from config.http import hashing
from tests.factories import PASSWORD, make_user
from tests.installation import ROOT


class Quick(hashing.BoundedHasher):
    iterations = 10


@pytest.fixture(autouse=True)
def quick(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = tmp_path
    settings.PASSWORD_HASHERS = [f"{__name__}.Quick"]
    monkeypatch.setattr(hashing, "LONGEST_WAIT", 0.1)


def sign_in(client: Client) -> Any:
    return client.post("/accounts/login/", {"login": "ana", "password": PASSWORD})


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "places"), [("wait", hashing.AT_ONCE + hashing.WAITING), ("hash", hashing.AT_ONCE)])
def test_a_sign_in_beyond_the_bound_is_asked_to_try_again_and_counts_for_nothing(client: Client, kind: str, places: int) -> None:
    make_user("ana")
    with ExitStack() as held:
        assert all(hashing.lock(held, kind, places) for _place in range(places))
        answer = sign_in(client)
        assert (answer.status_code, answer["Retry-After"]) == (503, "3")
        assert "Sign-in is busy" in answer.content.decode()
        assert client.get("/accounts/login/").status_code == 200
    assert sign_in(client).status_code == 302


@pytest.mark.django_db
def test_a_change_of_password_is_bounded_too_and_changes_nothing(client: Client) -> None:
    user = make_user("ana")
    client.force_login(user)
    with ExitStack() as held:
        for _place in range(hashing.AT_ONCE):
            hashing.lock(held, "hash", hashing.AT_ONCE)
        fields = {"oldpassword": PASSWORD, "password1": "a-better-one-77", "password2": "a-better-one-77"}
        assert client.post("/accounts/password/", fields).status_code == 503
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_commands_do_not_wait() -> None:
    with ExitStack() as held:
        for _place in range(hashing.AT_ONCE):
            hashing.lock(held, "hash", hashing.AT_ONCE)
        assert check_password("x", make_password("x"))


def test_a_password_that_django_hashed_before_still_holds() -> None:
    assert check_password("x", PBKDF2PasswordHasher().encode("x", "salt", 10))


HOLD = """
import sys
from contextlib import ExitStack
import django
django.setup()
from config.http import hashing
with ExitStack() as held:
    print(all(hashing.lock(held, "hash", hashing.AT_ONCE) for _place in range(hashing.AT_ONCE)), flush=True)
    sys.stdin.read()
"""


def test_another_process_counts_and_one_that_is_killed_no_longer(tmp_path: Path) -> None:
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "True"
    token = hashing.serving.set(True)
    try:
        with pytest.raises(hashing.Busy):
            make_password("x")
        process.kill()
        process.communicate()
        assert make_password("x")
    finally:
        hashing.serving.reset(token)


def test_the_files_are_their_owners_alone(tmp_path: Path) -> None:
    with ExitStack() as held:
        hashing.lock(held, "hash", 1)
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (tmp_path / "hashing", *(tmp_path / "hashing").iterdir())}
    assert modes == {"hashing": "0o700", "hash-0": "0o600"}
