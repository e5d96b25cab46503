"""The export's form and its zip."""

import csv
import io
import re
import zipfile
from typing import Any

import pytest
from django.test import Client

from annotation.models import Event, Project, User
from tests.annotation.views.release.pages import text_of
from tests.factories import make_member

pytestmark = pytest.mark.django_db
EXPORT = "/projects/study/export/"


def tables(client: Client, query: str = "") -> dict[str, Any]:
    answer: Any = client.get(f"{EXPORT}file/?{query}")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def column(table: str, name: str) -> list[str]:
    return [row[name] for row in csv.DictReader(io.StringIO(table))]


def test_the_form_offers_what_there_is_and_says_that_it_is_no_release(lea: Client) -> None:
    page = lea.get(EXPORT).content.decode()
    offered: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="checkbox" name="(\w+)" value="(.*?)"', page):
        offered.setdefault(name, []).append(value)
    assert {name: offered[name] for name in ("category", "field", "system", "person")} == {
        "category": ["project-based-learning"],
        "field": [""],
        "system": ["system-a"],
        "person": ["ana", "bo", "chen"],
    }
    assert "This is not a release." in text_of(page)
    assert "4 responses are chosen" in page


def test_the_choice_is_counted_and_told_as_a_command(lea: Client) -> None:
    answer = lea.get(f"{EXPORT}?state=agreed&person=ana&names=1", headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert page.lstrip().startswith('<div class="stack" id="outcome"')
    assert "2 responses are chosen" in page
    [command] = re.findall(r'<textarea id="command"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert command.replace(" \\\n   ", "") == (
        "manage.py export --project study --out study-export.zip --person ana --state agreed --names"
    )


def test_the_zip_has_the_chosen_rows_under_pseudonyms_and_is_recorded(lea: Client, manager: User) -> None:
    files = tables(lea, "state=disputed")
    assert [(event.by, event.data["filter"]) for event in Event.objects.filter(verb="exported")] == [
        (manager, {"state": ["disputed"]})
    ]
    assert sorted(files) == ["NOT-A-RELEASE.txt", "decisions.csv", "ratings.csv", "remarks.csv", "responses.csv"]
    assert column(files["responses.csv"], "id") == ["PBL-0003"]
    assert {"ana", "bo", "chen"}.isdisjoint(column(files["ratings.csv"], "annotator"))


def test_usernames_and_times_are_there_when_asked_for(lea: Client) -> None:
    ratings = tables(lea, "names=1&times=1&person=bo")["ratings.csv"]
    assert set(column(ratings, "annotator")) == {"bo"}
    assert all("T" in time for time in column(ratings, "submitted_at"))


@pytest.mark.parametrize("query", ["person=nobody", "state=odd", "names=perhaps"])
def test_what_cannot_be_exported_is_told_and_nothing_is_sent(lea: Client, query: str) -> None:
    page = lea.get(f"{EXPORT}?{query}").content.decode()
    answer: Any = lea.get(f"{EXPORT}file/?{query}", follow=True)
    [(message, refused)] = [('role="alert"' in page, answer.redirect_chain)]
    assert (message, refused) == (True, [(EXPORT, 302)])


@pytest.mark.parametrize("role", ["annotator", "adjudicator"])
def test_nobody_but_a_manager_exports(client: Client, project: Project, role: str) -> None:
    client.force_login(make_member(project, "sly", role))
    assert [client.get(address).status_code for address in (EXPORT, f"{EXPORT}file/")] == [404, 404]
