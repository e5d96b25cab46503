"""A person's sessions are theirs alone, known again, and ended by themselves."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from annotation.errors import Refused
from annotation.flow.accounts.passwords import change_password
from annotation.flow.accounts.sessions import end_sessions, id_of, seen, sessions_of
from annotation.models import User
from tests.annotation.accounts.test_sign_in import sign_in
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def signed_in(name: str = "ana", agent: str = FIREFOX) -> Client:
    if not User.objects.filter(username=name).exists():
        make_user(name)  # which sets the password, and so ends sessions
    client = Client(headers={"user-agent": agent})
    sign_in(client, PASSWORD, name)
    return client


def key(client: Client) -> Any:
    return client.session.session_key


def test_only_the_persons_own_live_sessions_are_listed() -> None:
    first, second, other = signed_in(), signed_in(agent="curl"), signed_in("bo")
    gone = signed_in()
    Session.objects.filter(session_key=key(gone)).update(expire_date=timezone.now())
    rows = sessions_of(make_user("ana", password=None), key(second))
    assert [(row.id, row.browser, row.is_this) for row in rows] == [
        (id_of(key(second)), "", True),
        (id_of(key(first)), "Firefox, Linux", False),
    ]
    assert all(key(client) not in str(rows) for client in (first, second, other))


def test_sessions_of_a_former_password_are_not_live() -> None:
    signed_in()
    ana = make_user("ana", password=None)
    change_password(user=ana, password="another-one-77")
    assert sessions_of(ana, None) == []


def test_all_others_end_or_the_one_that_is_named_and_nobody_elses() -> None:
    first, second, third, other = signed_in(), signed_in(), signed_in(), signed_in("bo")
    ana = make_user("ana", password=None)
    assert end_sessions(by=ana, this=key(first), only=id_of(key(third))) == 1
    for nobodys in (id_of(key(third)), id_of(key(other)), "x"):
        with pytest.raises(Refused, match="has ended already"):
            end_sessions(by=ana, this=key(first), only=nobodys)
    assert end_sessions(by=ana, this=key(first)) == 1
    assert [client.get("/").status_code for client in (first, second, third, other)] == [200, 302, 302, 200]


def test_a_session_is_written_for_having_been_seen_every_quarter_of_an_hour() -> None:
    def after(minutes: int) -> bool:
        before = (timezone.now() - timedelta(minutes=minutes)).isoformat()
        session: Any = {"seen_at": before}
        seen(session)
        return bool(session["seen_at"] != before)

    assert [after(minutes) for minutes in (14, 16)] == [False, True]
    empty: Any = {}
    seen(empty)
    assert empty == {}
