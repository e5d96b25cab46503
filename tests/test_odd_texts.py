"""Texts that a database cannot store or look for are answered with an error of the request at every address, never with a 500."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from annotation.flow import adjudicate
from annotation.flow.score.concerns import raise_flag
from annotation.models import Adjudication, Annotation, Assignment, Flag, Task, User
from tests.factories import judged, load, make_member, make_project, record

pytestmark = pytest.mark.django_db
ODD = {"NUL": "a%00b", "line feed": "a%0Ab", "delete": "%7F", "no UTF-8": "%FF%FE", "half a character": "%C3", "long": "k" * 3000}
NUMBER = {"large": "9" * 30, "larger": "9" * 5000}
ANSWERED = range(200, 500)


def addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        place = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield place
        elif not place.startswith("admin/"):
            yield from addresses(pattern, place)


ADDRESSES = sorted(set(addresses(get_resolver())))
NAMED = [address for address in ADDRESSES if "<" in address]


MODELS: dict[str, Any] = {
    "adjudications": Adjudication,
    "annotations": Annotation,
    "assignments": Assignment,
    "flags": Flag,
    "responses": Task,
}


class OddFields(QueryDict):
    """A form, or a query, in which every field is there, with the same text."""

    text = "a\0b"

    def __contains__(self, key: object) -> bool:
        return True

    def __getitem__(self, key: str) -> Any:
        return self.text

    def get(self, key: str, default: Any = None) -> Any:
        return self.text

    def getlist(self, key: str, default: Any = None) -> Any:
        return [self.text]

    def items(self) -> Any:
        return [(f"{name}{self.text}", self.text) for name in ("score-", "note-", "block-note-response-", "confidence-", "")]


@pytest.fixture
def manager(client: Client) -> Client:
    project = make_project()
    judged(project, [[1, 6, 3]])
    load(project, [record(2)])
    raise_flag(assignment=Assignment.objects.first(), by=User.objects.get(username="ana"), kind="harmful", note="")
    ada = make_member(project, "ada", "adjudicator")
    assert adjudicate.claim(project=project, by=ada)
    client.force_login(make_member(project, "lea", "manager"))
    client.raise_request_exception = False
    return client


def filled(address: str, text: str = "study", number: str = "") -> str:
    """The address with the text in the place of names, and with the number, or that of a row that is there."""
    model = MODELS.get(address.removeprefix("api/v1/").partition("/")[0])
    row = model.objects.first() if model and not number else None
    address = re.sub(r"<(str|slug):\w+>", text, address)
    return "/" + re.sub(r"<int:\w+>", number or str(row.pk if row else 1), address)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_a_name_in_an_address_that_there_cannot_be_is_not_found(manager: Client, odd: str) -> None:
    answers = {filled(address, odd, "1"): address for address in NAMED if "<str:" in address or "<slug:" in address}
    statuses = {
        address: {manager.get(made).status_code, manager.post(made, {}, content_type="application/json").status_code}
        for made, address in answers.items()
    }
    assert {address: found for address, found in statuses.items() if not found <= {404, 405}} == {}


@pytest.mark.parametrize("odd", NUMBER.values(), ids=NUMBER)
def test_a_number_in_an_address_that_no_database_has_is_not_found(manager: Client, odd: str) -> None:
    answers = {filled(address, "study", odd): address for address in NAMED if "<int:" in address}
    statuses = {
        address: {manager.get(made).status_code, manager.post(made, {}, content_type="application/json").status_code}
        for made, address in answers.items()
    }
    assert {address: found for address, found in statuses.items() if not found <= {404, 405}} == {}


@pytest.mark.parametrize("odd", [odd for name, odd in ODD.items() if name != "NUL"])
def test_an_odd_text_in_any_field_of_a_query_is_answered(manager: Client, odd: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(OddFields, "text", QueryDict(f"a={odd}")["a"])
    monkeypatch.setattr("django.core.handlers.wsgi.WSGIRequest.GET", OddFields(), raising=True)
    statuses = {address: manager.get(filled(address)).status_code for address in ADDRESSES}
    assert {address: status for address, status in statuses.items() if status not in ANSWERED} == {}


def test_a_nul_in_a_query_is_refused_everywhere(manager: Client) -> None:
    statuses = {address: manager.get(filled(address) + "?a=%00").status_code for address in ADDRESSES}
    assert statuses == dict.fromkeys(ADDRESSES, 400)


@pytest.mark.parametrize("person", ["lea", "ana", "ada"])
def test_a_nul_in_any_field_of_a_form_is_answered(manager: Client, person: str, monkeypatch: Any) -> None:
    manager.force_login(User.objects.get(username=person))
    monkeypatch.setattr("django.core.handlers.wsgi.WSGIRequest.POST", OddFields(), raising=True)
    pages = [address for address in ADDRESSES if not address.startswith(("api/", "accounts/logout"))]
    statuses = {address: manager.post(filled(address)).status_code for address in pages}
    assert {address: status for address, status in statuses.items() if status not in ANSWERED} == {}
