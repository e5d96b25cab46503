"""The caller's own sessions, by session and by token."""

import pytest
from django.test import Client

from annotation.flow.accounts.tokens import new_token
from tests.annotation.flow.accounts.test_sessions import signed_in
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PATH = "/api/v1/sessions/"


def test_a_call_lists_and_ends_the_callers_sessions() -> None:
    here, there, bo = signed_in(), signed_in(), signed_in("bo")
    assert [(row["is_this"], row["browser"]) for row in here.get(PATH).json()] == [
        (True, "Firefox, Linux"),
        (False, "Firefox, Linux"),
    ]
    assert here.post(PATH, {}, content_type="application/json").json() == {"ended": 1}
    token = Client(headers={"authorization": f"Token {new_token(user=make_user('ana', password=None), days=1)}"})
    assert [row["is_this"] for row in token.get(PATH).json()] == [False]
    assert token.post(PATH, {}, content_type="application/json").json() == {"ended": 1}
    assert [client.get("/").status_code for client in (here, there, bo)] == [302, 302, 200]


@pytest.mark.parametrize("session", [1, "nobody's"])
def test_what_is_no_session_is_refused(session: object) -> None:
    assert signed_in().post(PATH, {"session": session}, content_type="application/json").status_code == 400
