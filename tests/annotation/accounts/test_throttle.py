"""Failures count by name and address, in whatever spelling, and by address over all names."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import authenticate
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from annotation.accounts import throttle
from annotation.models import User
from tests.annotation.accounts.test_sign_in import sign_in
from tests.annotation.models.spellings import NAMES, spellings
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
OTHER = {"REMOTE_ADDR": "192.0.2.7"}
NAME_AND_SPELLINGS = st.sampled_from(NAMES).flatmap(
    lambda name: st.tuples(st.just(name), st.lists(spellings(name), min_size=10, max_size=10))
)


def fail(client: Client, username: str, **more: Any) -> int:
    return client.post("/accounts/login/", {"login": username, "password": "wrong"}, **more).status_code


@examples(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAME_AND_SPELLINGS)
def test_all_spellings_that_can_sign_in_count_as_one(db: Any, name_and_spellings: tuple[str, list[str]]) -> None:
    name, typed = name_and_spellings
    make_user(name)
    try:
        for spelling in typed:
            request = RequestFactory().post("/accounts/login/", REMOTE_ADDR="192.0.2.1")
            assert authenticate(request, username=spelling, password=PASSWORD) is not None
        client = Client()
        assert [fail(client, spelling) for spelling in typed] == [200] * 9 + [429]
        throttle.locked_out.clear()  # the database's own count
        assert sign_in(client, username=name).status_code == 429
        assert AccessAttempt.objects.values_list("username").distinct().count() == 1
    finally:
        throttle.locked_out.clear()
        AccessAttempt.objects.all().delete()
        User.objects.all().delete()


@given(NAME_AND_SPELLINGS)
def test_spellings_of_a_form_and_of_credentials_count_as_one(name_and_spellings: tuple[str, list[str]]) -> None:
    name, typed = name_and_spellings
    requests = [RequestFactory().post("/accounts/login/", {"login": spelling}) for spelling in typed]
    counted = {throttle.attempted_username(request) for request in requests}
    counted |= {throttle.attempted_username(request, {"username": name}) for request in requests}
    assert len(counted) == 1


def test_who_is_locked_out_at_one_address_signs_in_at_another(client: Client) -> None:
    make_user("ana")
    for _attempt in range(10):
        fail(client, "ana")
    assert (sign_in(client).status_code, fail(client, "ana", **OTHER)) == (429, 200)


def test_an_answer_says_when_to_try_again(client: Client) -> None:
    codes = [fail(client, "ana") for _attempt in range(10)]
    answer = sign_in(client)
    assert (codes[-1], answer.status_code, answer["Retry-After"]) == (429, 429, "900")
    assert "Try again in 15 minutes" in answer.content.decode()


def failures(count: int, *, username: str = "somebody", address: str = "127.0.0.1") -> None:
    AccessAttempt.objects.create(username=username, ip_address=address, user_agent="", failures_since_start=count)


def test_an_address_is_locked_out_over_all_names(client: Client) -> None:
    make_user("ana")
    failures(98)
    assert [fail(client, name) for name in ("bo", "chen")] == [200, 429]
    assert sign_in(client).status_code == 429
    throttle.locked_out.clear()
    assert sign_in(client).status_code == 429
    assert client.post("/accounts/login/", {"login": "ana", "password": PASSWORD}, **OTHER).status_code == 302


def test_who_signs_in_takes_back_their_own_failures_alone(client: Client) -> None:
    make_user("ana")
    failures(60)
    for _attempt in range(3):
        fail(client, "ana")
    assert sign_in(client, username="ANA").status_code == 302
    assert list(AccessAttempt.objects.values_list("username", "failures_since_start")) == [("somebody", 60)]


def test_failures_of_more_than_15_minutes_ago_do_not_count(client: Client) -> None:
    make_user("ana")
    failures(100)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(client).status_code == 302


def test_who_tries_while_locked_out_writes_nothing_and_stays_locked_no_longer(client: Client) -> None:
    for _attempt in range(10):
        fail(client, "ana")
    before = list(AccessAttempt.objects.values())
    throttle.locked_out.clear()
    assert fail(client, "ana") == 429
    assert list(AccessAttempt.objects.values()) == before


def test_who_was_just_locked_out_is_refused_without_a_query(client: Client) -> None:
    for _attempt in range(10):
        fail(client, "ana")
    with CaptureQueriesContext(connection) as queries:
        assert fail(client, "Ana") == 429
    assert len(queries) == 0
    assert fail(client, "bo") == 200


@pytest.mark.parametrize(
    ("address", "counted"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("2001:db8:1:2::9", "2001:db8:1:2::"), ("", None)],
)
def test_an_ipv6_address_counts_as_its_network(address: str, counted: str | None) -> None:
    assert throttle.counted_address(RequestFactory().get("/", REMOTE_ADDR=address)) == counted


def test_behind_a_proxy_one_client_does_not_lock_another_out(client: Client, settings: Any) -> None:
    settings.PROXIES = 1
    make_user("ana")
    assert [fail(client, "ana", headers={"X-Forwarded-For": "192.0.2.1"}) for _attempt in range(10)][-1] == 429
    fields = {"login": "ana", "password": PASSWORD}
    assert client.post("/accounts/login/", fields, headers={"X-Forwarded-For": "192.0.2.2"}).status_code == 302


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_header_of_the_client_own_making_does_not_avoid_the_lock(client: Client, settings: Any, proxies: int) -> None:
    settings.PROXIES = proxies
    codes = []
    for number in range(10):
        seen = f"203.0.113.{number}" + ", 192.0.2.1" * proxies  # which the proxy has appended
        codes.append(fail(client, "ana", headers={"X-Forwarded-For": seen}))
    assert codes == [200] * 9 + [429]
