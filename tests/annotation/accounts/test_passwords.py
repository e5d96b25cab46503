"""A change of password ends sessions and tokens, and is no place to guess."""

from typing import Any

import pytest
from django.test import Client
from knox.models import AuthToken

from annotation.flow.accounts.tokens import new_token
from annotation.flow.setup.projects import add_member
from annotation.models import Event, User
from tests.annotation.accounts.test_sign_in import sign_in
from tests.factories import PASSWORD, make_project, make_user

pytestmark = pytest.mark.django_db
NEW = "a-better-one-77"


@pytest.fixture
def ana(client: Client) -> User:
    user = make_user("ana")
    client.force_login(user)
    return user


def change(client: Client, old: str = PASSWORD, **more: str) -> Any:
    return client.post("/accounts/password/", {"oldpassword": old, "password1": NEW, "password2": NEW} | more)


def test_a_password_is_changed_by_who_knows_it(client: Client, ana: User) -> None:
    answer = change(client)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    ana.refresh_from_db()
    assert ana.check_password(NEW)


def test_a_wrong_old_password_changes_nothing_and_is_told(client: Client, ana: User) -> None:
    token = new_token(user=ana, days=1)
    answer = change(client, "wrong")
    assert answer.context["form"].errors == {"oldpassword": ["This is not your current password."]}
    ana.refresh_from_db()
    assert (ana.check_password(PASSWORD), AuthToken.objects.count(), bool(token)) == (True, 1, True)


@pytest.mark.parametrize(("path", "field"), [("/accounts/password/", "oldpassword"), ("/accounts/confirm/", "password")])
def test_ten_wrong_old_passwords_lock_the_name_out(client: Client, ana: User, path: str, field: str) -> None:
    codes = [client.post(path, {field: "wrong", "password1": NEW, "password2": NEW}).status_code for _attempt in range(10)]
    assert codes == [200] * 9 + [429]
    assert change(client).status_code == 429
    assert sign_in(Client()).status_code == 429
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


def test_other_sessions_end_and_this_one_goes_on(client: Client, ana: User) -> None:
    other = Client()
    other.force_login(ana)
    change(client)
    assert (client.get("/").status_code, other.get("/").status_code) == (200, 302)


@pytest.mark.parametrize(("fields", "left"), [({}, 0), ({"keep_tokens": "on"}, 2)])
def test_tokens_are_revoked_unless_they_are_to_be_kept(client: Client, ana: User, fields: dict[str, str], left: int) -> None:
    bo = make_user("bo")
    for user in (ana, ana, bo):
        new_token(user=user, days=1)
    assert change(client, **fields).status_code == 302
    assert (AuthToken.objects.filter(user=ana).count(), AuthToken.objects.filter(user=bo).count()) == (left, 1)


def test_the_projects_of_the_person_have_an_event_of_the_tokens_that_ended(client: Client, ana: User) -> None:
    add_member(username="ana", project=make_project(), role="annotator")
    new_token(user=ana, days=1)
    change(client)
    assert list(Event.objects.filter(verb="tokens_revoked").values_list("by", "data__tokens")) == [(ana.pk, 1)]


def test_the_form_asks_about_tokens_where_there_are_some(client: Client, ana: User) -> None:
    fields = [list(client.get("/accounts/password/").context["form"].fields)]
    new_token(user=ana, days=1)
    form = client.get("/accounts/password/").context["form"]
    fields.append(list(form.fields))
    assert fields == [["oldpassword", "password1", "password2"], ["oldpassword", "password1", "password2", "keep_tokens"]]
    assert form["keep_tokens"].label == "Keep my API token: scripts go on"


def test_a_password_from_an_administrator_ends_sessions_and_tokens(client: Client, admin_client: Client, ana: User) -> None:
    new_token(user=ana, days=1)
    fields = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    assert admin_client.post(f"/admin/annotation/user/{ana.pk}/password/", fields).status_code == 302
    assert (client.get("/").status_code, AuthToken.objects.count()) == (302, 0)
