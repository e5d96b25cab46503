import re
from html import unescape

import pytest
from django.test import Client

from annotation.models import Adjudication, CaseComment, Project
from tests.annotation.flow.adjudicate.cases import make_disputed_project
from tests.annotation.flow.history.told import eventful
from tests.factories import load, make_member, make_user, record

pytestmark = pytest.mark.django_db
ADDRESS = "/projects/study/mine/decisions/"


@pytest.fixture
def project() -> Project:
    project = make_disputed_project()
    eventful(project)
    return project


def page(client: Client, who: str, address: str = ADDRESS) -> str:
    client.force_login(make_user(who, password=None))
    return " ".join(unescape(client.get(address).text).split())


def test_my_work_leads_to_the_decisions_once_my_work_is_done(client: Client, project: Project) -> None:
    mine, decisions = page(client, "uma", "/projects/study/mine/"), page(client, "uma")
    assert "An adjudicator decided 1 response that you scored." in mine
    assert '<td class="n">2</td> <td class="n"><b>3</b></td> <td>slip</td>' in decisions
    load(project, [record(2)])
    mine, decisions = page(client, "uma", "/projects/study/mine/"), page(client, "uma")
    assert ("decided" in mine, "a slip" in decisions, "/mine/decisions/" in mine) == (False, False, False)
    assert "Decisions are shown here once you have scored everything that is offered to you, and revised what was" in decisions


def test_no_name_and_no_score_of_others_is_there(client: Client, project: Project) -> None:
    client.force_login(make_user("wei", password=None))
    client.post(ADDRESS, {"case": Adjudication.objects.get().pk, "text": "I meant the picture."})
    text = page(client, "uma").split("<main")[1]
    assert "I meant the picture." in text
    leaks = ("vic", "wei", "ada", "lea", "system-a", "Better now.", '<td class="n">6</td>', "blind")
    assert [word for word in leaks if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)] == []


def test_a_comment_is_stored_once_written_and_an_empty_one_is_refused(client: Client, project: Project) -> None:
    client.force_login(make_user("uma", password=None))
    case = Adjudication.objects.get()
    answer = client.post(ADDRESS, {"case": case.pk, "text": " Why <b>3</b>? "})
    assert answer["Location"] == f"{ADDRESS}#case-{case.pk}"
    assert "Why &lt;b&gt;3&lt;/b&gt;?" in client.get(ADDRESS).text
    client.post(ADDRESS, {"case": case.pk, "text": " "})
    assert "Write a comment." in client.get(ADDRESS).text
    assert list(CaseComment.objects.values_list("by__username", "text")) == [("uma", "Why <b>3</b>?")]


@pytest.mark.parametrize("case", ["", "x", "999", "²"])
def test_a_case_that_is_not_theirs_is_not_found(client: Client, project: Project, case: str) -> None:
    client.force_login(make_user("uma", password=None))
    assert client.post(ADDRESS, {"case": case, "text": "x"}).status_code == 404


def test_whoever_did_not_score_it_or_is_not_done_cannot_comment(client: Client, project: Project) -> None:
    case = Adjudication.objects.get().pk
    client.force_login(make_member(project, "dara"))
    assert client.post(ADDRESS, {"case": case, "text": "x"}).status_code == 404
    load(project, [record(2)])
    client.force_login(make_user("uma", password=None))
    assert client.post(ADDRESS, {"case": case, "text": "x"}).status_code == 404
    assert CaseComment.objects.count() == 0
