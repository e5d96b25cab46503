from typing import Any

import pytest
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


def test_a_password_is_changed_by_who_knows_it(client: Client) -> None:
    user = make_user("ana")
    client.force_login(user)
    fields = {"oldpassword": PASSWORD, "password1": "a-better-one-77", "password2": "a-better-one-77"}
    assert client.post("/accounts/password/", fields).status_code == 302
    user.refresh_from_db()
    assert user.check_password("a-better-one-77")


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
