"""The page of a person's sessions."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.annotation.flow.accounts.test_sessions import key, signed_in
from tests.markup import words

pytestmark = pytest.mark.django_db


def test_sessions_are_listed_and_the_others_ended() -> None:
    here, there = signed_in(), signed_in(agent="Mozilla/5.0 (iPhone) AppleWebKit/605 Version/18 Safari/604")
    page = words(here.get("/accounts/sessions/").text)
    assert ("This one" in page, "Safari, iPhone" in page) == (True, True)
    done = here.post("/accounts/sessions/", follow=True)
    assert ("1 session was ended." in done.text, there.get("/").status_code) == (True, 302)
    again = here.post("/accounts/sessions/", {"session": "gone"}, follow=True)
    assert "This session has ended already." in again.text


def test_the_page_costs_the_same_with_one_session_and_with_three(django_assert_num_queries: object) -> None:
    here, counts = signed_in(), []
    for more in (0, 2):
        for _number in range(more):
            signed_in()
        with django_assert_num_queries(10, exact=False) as queries:  # type: ignore[operator]
            here.get("/accounts/sessions/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_session_says_roughly_when_it_was_seen() -> None:
    client = signed_in()
    session = client.session
    before = session["seen_at"] = (timezone.now() - timedelta(hours=1)).isoformat()
    session.save()
    client.get("/")
    assert client.session["seen_at"] > before
    assert key(client) == session.session_key


def test_a_visitor_gets_no_session() -> None:
    client = Client()
    client.get("/accounts/login/")
    assert "sixpoint_session" not in client.cookies
