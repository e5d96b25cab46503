"""Managers see everything; adjudicators nothing that waits or that may still come to them, and nothing about annotators."""

from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotation.flow import adjudicate
from annotation.models import Adjudication, CaseReview, Role, Task, User
from tests.annotation.flow.adjudicate.cases import with_rules
from tests.annotation.flow.lessons.studies import make_study, settle
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db
PAGE = "/projects/study/adjudication/lessons/"
LIST = PAGE + "disputes/"
NAMES = ("ana", "bo", "chen")


def as_user(client: Client, name: str) -> Client:
    client.force_login(make_user(name, password=None))
    return client


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def listed(client: Client, address: str, tasks: list[Task]) -> list[int]:
    """The places of the responses in the list, in its order."""
    queries = {task.response.query.external_id: place for place, task in enumerate(tasks)}
    page = client.get(address)
    return [queries[row["query"]] for row in page.context["rows"]]


def test_the_page_says_what_to_do_first_and_its_numbers_open_their_disputes(client: Client) -> None:
    _project, tasks = make_study()
    text = words(as_user(client, "lea"), PAGE)
    opened = f"{LIST}?rubric={quote('small@1', safe='')}&criterion=text&cause=rubric_gap"
    assert "5 disputes on 5 responses, 4 decided." in text
    assert "2 disputes about Text show a gap in the rubric: read their reasons." in text
    assert f'<a href="{opened.replace("&", "&amp;")}">2</a>' in text
    assert listed(client, opened, tasks) == [0, 1]


def test_a_list_has_the_reasons_and_what_waits(client: Client) -> None:
    _project, tasks = make_study()
    text = words(as_user(client, "lea"), LIST)
    assert listed(client, LIST, tasks) == [0, 1, 2, 3, 5]
    assert [f"Why {tasks[place].pk}" in text for place in range(6)] == [True, True, True, False, False, True]
    assert "awaiting adjudication" in text


def test_an_adjudicator_sees_no_names_and_nothing_that_waits(client: Client) -> None:
    """The names would be in the table of annotators, and the waiting response among the disputes."""
    _project, tasks = make_study()
    assert all(f"{name} <small" in words(as_user(client, "lea"), PAGE) for name in NAMES)
    text = words(as_user(client, "ada"), PAGE)
    assert [name for name in NAMES if f"{name} <small" in text or f">{name}<" in text] == []
    assert "4 disputes on 4 responses, 4 decided." in text
    assert "/responses/?rubric" not in text
    assert listed(client, LIST, tasks) == [0, 1, 2, 5]


def test_an_adjudicator_finds_no_response_that_may_still_come_to_them(client: Client) -> None:
    """Ada decided four; the same ones may come to Otto for a second decision, blind."""
    make_study()
    text = words(as_user(client, "otto"), LIST)
    assert "No dispute matches." in text
    assert "Why" not in text
    assert "PBL-" not in text


def test_an_adjudicator_who_decides_a_response_a_second_time_finds_no_first_decision(client: Client) -> None:
    """Otto scored two blind before Ada decided them; one of them is reserved for him, to be decided once more."""
    project, tasks = make_study()
    ada, otto = (User.objects.get(username=name) for name in ("ada", "otto"))
    for place in (0, 1):
        first = Adjudication.objects.get(task=tasks[place])
        CaseReview.objects.create(
            adjudication=first, project=project, adjudicator=otto, claimed_at=first.started_at, blind_at=first.started_at,
            revealed_at=first.started_at, ended_at=first.started_at, ending="handed_over",
        )  # fmt: skip
    as_user(client, "otto")
    assert listed(client, LIST, tasks) == [0, 1]
    Adjudication.objects.create(task=tasks[0], round=2, second=True, started_at=timezone.now(), reserved_for=otto)
    assert listed(client, LIST, tasks) == [1]
    assert adjudicate.claim(project=with_rules(project, second_share=1), by=otto, task=tasks[0].pk)
    assert listed(client, LIST, tasks) == [1]
    assert listed(as_user(client, ada.username), LIST, tasks) == [0, 1, 2, 5]


@pytest.mark.parametrize("address", [PAGE, LIST])
def test_nobody_else_finds_the_pages(client: Client, address: str) -> None:
    make_study()
    stranger = make_member(make_project(slug="elsewhere", rubrics=["small"]), "eve", Role.MANAGER)
    for name in ("ana", stranger.username):
        assert as_user(client, name).get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("query", ["cause=fun", "levels=1", "level=x", "direction=up", "over=all"])
def test_an_address_that_no_selection_fits_lists_nothing(client: Client, query: str) -> None:
    _project, tasks = make_study()
    assert listed(as_user(client, "lea"), f"{LIST}?{query}", tasks) == []


def test_an_empty_project_says_so(client: Client) -> None:
    make_member(make_project(), "lea", Role.MANAGER)
    text = words(as_user(client, "lea"), PAGE)
    assert [phrase in text for phrase in ("Nothing stands out yet.", "No dispute is decided yet.", "No judgements yet.")] == [
        True
    ] * 3


@pytest.mark.parametrize(("address", "queries"), [(PAGE, 11), (LIST, 11)])
def test_the_pages_have_a_constant_number_of_queries(
    client: Client, address: str, queries: int, django_assert_num_queries: Any
) -> None:
    """Cached: with one decided dispute more, as many."""
    make_study()
    as_user(client, "lea").get(address)
    with django_assert_num_queries(queries):
        client.get(address)


def test_no_query_is_asked_per_dispute(client: Client) -> None:
    project, tasks = make_study()
    as_user(client, "lea")
    counts = []
    for _time in range(2):
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counts.append(len(queries))
        if not counts[1:]:
            settle(project, make_user("ada", password=None), tasks[3], {"text": 3}, {"text": 3}, "item_fault")
    assert counts[0] == counts[1]
