from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def sign_in(client: Client, password: str = PASSWORD, username: str = "ana") -> Any:
    return client.post("/accounts/login/", {"login": username, "password": password})


def test_the_right_password_signs_in_and_leads_home(client: Client) -> None:
    make_user("ana")
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


def test_a_wrong_password_and_an_unknown_name_get_the_same_message(client: Client) -> None:
    make_user("ana")
    wrong = sign_in(client, "wrong").context["form"].errors
    assert wrong == sign_in(client, "wrong", "zoe").context["form"].errors
    assert client.get("/").status_code == 302


def test_ten_failures_lock_sign_in_even_with_the_right_password(client: Client) -> None:
    make_user("ana")
    codes = [sign_in(client, f"wrong {number}").status_code for number in range(10)]
    assert codes == [200] * 9 + [429]
    assert sign_in(client).status_code == 429
    assert client.get("/").status_code == 302


def test_the_admin_has_no_sign_in_of_its_own(client: Client) -> None:
    assert client.get("/admin/login/")["Location"].startswith("/accounts/login/")


def test_nobody_signs_up(client: Client) -> None:
    assert client.get("/accounts/signup/").status_code == 404


@pytest.mark.parametrize("spelling", ["ana", " ANA ", "ａｎａ"])
def test_the_name_may_be_typed_in_any_spelling(client: Client, spelling: str) -> None:
    user = make_user("Ana")
    assert sign_in(client, username=spelling).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


class Counted(MD5PasswordHasher):
    calls = 0

    def encode(self, password: str, salt: str) -> str:
        Counted.calls += 1
        return super().encode(password, salt)


@pytest.mark.parametrize("who", ["known", "unknown", "without a password", "inactive"])
def test_a_wrong_password_costs_one_hash_whoever_it_is_for(client: Client, settings: Any, who: str) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
    user = make_user("ana", password=None if who == "without a password" else PASSWORD)
    if who == "without a password":
        user.set_unusable_password()
    user.is_active = who != "inactive"
    user.save()
    Counted.calls = 0
    assert sign_in(client, "wrong", "zoe" if who == "unknown" else "ana").status_code == 200
    assert Counted.calls == 1


def test_every_response_has_the_content_security_policy(client: Client) -> None:
    policy = client.get("/accounts/login/")["Content-Security-Policy"]
    assert dict(part.split(" ", 1) for part in policy.split("; ")) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
