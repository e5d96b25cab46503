"""A person has one name, however it is spelled: what is typed in other letters, widths or with spaces is the same name."""

import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotation.flow.setup.projects import add_member
from annotation.models import User, normal_form
from tests.annotation.models.spellings import NAMES, spellings
from tests.codebase.sources import ROOT
from tests.databases import own_database
from tests.factories import make_project, make_user


@given(st.text())
def test_a_normal_form_is_its_own_normal_form(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


def test_every_character_has_a_normal_form_that_stays() -> None:
    characters = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    assert [one for one in characters if normal_form(normal_form(one)) != normal_form(one)] == []


@given(st.sampled_from(NAMES).flatmap(lambda name: st.tuples(st.just(name), spellings(name))))
def test_spellings_have_the_normal_form_of_the_name(name_and_spelling: tuple[str, str]) -> None:
    name, spelling = name_and_spelling
    assert normal_form(spelling) == normal_form(name)


@pytest.mark.django_db
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(NAMES).flatmap(lambda name: st.tuples(st.just(name), spellings(name))))
def test_the_database_takes_one_person_for_all_spellings_of_a_name(db: Any, name_and_spelling: tuple[str, str]) -> None:
    name, spelling = name_and_spelling
    with transaction.atomic():
        user = User.objects.create(username=name)
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(username=spelling)
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.bulk_create([User(username=spelling)])
        assert list(User.objects.named(spelling)) == [user]
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_rename_writes_the_normal_form_too() -> None:
    user = make_user("ana")
    user.username = "Béa"
    user.save()
    assert list(User.objects.values_list("username", "normal_username")) == [("Béa", "béa")]


@pytest.mark.django_db
def test_the_admin_takes_names_of_all_scripts_that_commands_take(admin_client: Client) -> None:
    fields = {"usable_password": "false", "username": "राम"}
    assert admin_client.post("/admin/annotation/user/add/", fields).status_code == 302
    assert list(User.objects.exclude(username="admin").values_list("username", flat=True)) == ["राम"]
    answer = admin_client.post("/admin/annotation/user/add/", {**fields, "username": "ra m"})
    assert answer.context["adminform"].form.errors == {
        "username": ['`" "` may not stand in a username: expected letters of any script, digits and @ . + - _']
    }


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", ["FAY", "ｆａｙ"])
def test_the_admin_refuses_a_name_that_signs_in_as_somebody_else(admin_client: Client, spelling: str) -> None:
    make_user("Fay")
    fields = {"username": spelling, "usable_password": "true", "password1": "a-good-one-77", "password2": "a-good-one-77"}
    answer = admin_client.post("/admin/annotation/user/add/", fields)
    assert list(answer.context["adminform"].form.errors) == ["username"]


@pytest.mark.django_db
def test_a_superuser_needs_a_name_of_their_own() -> None:
    make_user("Fay")
    with pytest.raises(CommandError, match="already taken"):
        call_command("createsuperuser", "--noinput", username="ｆａｙ", email="fay@example.org")


@pytest.mark.django_db
def test_a_member_is_found_by_any_spelling() -> None:
    fay = make_user("Fay")
    assert add_member(username=" ｆＡy", project=make_project(), role="annotator", create=True).user == fay


[BEFORE] = [path.stem for path in (ROOT / "annotation" / "migrations").glob("*_user_normal_username.py")]
SETUP = f"""
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
then = MigrationExecutor(connection).loader.project_state([("annotation", "{BEFORE}")])
User = then.apps.get_model("annotation", "User")
User.objects.bulk_create(User(username=name) for name in ("Fay", "fay", "ana", "ANA", "bo"))
User.objects.update(normal_username=None)
"""
SHOW = "from annotation.models import User; print(sorted(User.objects.values_list('username', 'normal_username')))"


def test_people_who_would_sign_in_with_the_same_name_are_named_and_nothing_changes(tmp_path: Path) -> None:
    with own_database(tmp_path) as database:

        def ran(*arguments: str) -> "subprocess.CompletedProcess[str]":
            environment = {**os.environ, "DATA_DIR": str(tmp_path), **database}
            command = [sys.executable, "manage.py", *arguments]
            return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

        ran("migrate", "annotation", BEFORE, "--skip-checks")
        ran("shell", "-v0", "-c", SETUP)
        refused = ran("migrate", "--skip-checks")
        assert refused.returncode == 1, refused.stdout
        assert "Traceback" not in refused.stderr
        assert refused.stderr.splitlines()[1:3] == ["  ANA, ana", "  Fay, fay"]
        rename = "from annotation.models import User; User.objects.filter(username='{}').update(username='{}')"
        for old, new in (("ANA", "ana2"), ("Fay", "Fay2")):
            assert ran("shell", "-v0", "-c", rename.format(old, new)).returncode == 0
        assert ran("migrate", "--skip-checks").returncode == 0
        people = [("Fay2", "fay2"), ("ana", "ana"), ("ana2", "ana2"), ("bo", "bo"), ("fay", "fay")]
        assert ran("shell", "-v0", "-c", SHOW).stdout.strip() == str(people)


def test_the_names_of_these_tests_can_be_usernames() -> None:
    for name in NAMES:
        User.username_validator(name)
        assert unicodedata.normalize("NFKC", name) == name
