"""A manager closes and archives a project on its settings page; its pages say so, and lists leave an archived one out."""

import pytest
from django.test import Client

from annotation.flow import score
from annotation.models import Project
from tests.factories import make_member, make_project, responses

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project(title="The study")
    responses(project, 2)
    client.force_login(make_member(project, "lea", "manager"))
    return project


def act(client: Client, action: str) -> str:
    return client.post("/projects/study/state/", {"action": action}, follow=True).text


def test_each_action_says_what_it_did_and_offers_the_way_back(client: Client, project: Project) -> None:
    told = [
        ("close", "nobody gets another response", 'value="open"'),
        ("close", "closed already", 'value="open"'),
        ("open", "is open again", 'value="close"'),
        ("archive", "is archived", 'value="unarchive"'),
        ("unarchive", "back from the archive", 'value="archive"'),
        ("burn", "Choose what to do", 'value="archive"'),
    ]
    for action, words, offered in told:
        text = act(client, action)
        assert (words in text, offered in text) == (True, True), action


def test_an_annotator_of_a_closed_project_is_told_and_goes_on_with_what_is_open(client: Client, project: Project) -> None:
    ana, bo = make_member(project, "ana"), make_member(project, "bo")
    slot = score.claim(project=project, by=ana)
    assert slot is not None
    act(client, "close")
    client.force_login(bo)
    for page in ("/projects/study/", "/projects/study/annotate/"):
        text = client.get(page).text
        assert ("This project is closed" in text, "Score the next response" in text) == (True, False)
    assert client.post("/projects/study/annotate/", follow=True).redirect_chain[-1][0] == "/projects/study/annotate/"
    client.force_login(ana)
    assert f'href="/assignments/{slot.pk}/"' in client.get("/projects/study/").text


def test_an_archived_project_is_on_the_list_of_archived_ones_alone(client: Client, project: Project) -> None:
    act(client, "archive")
    lists = {address: "The study" in client.get(address).text for address in ("/", "/?archived")}
    assert lists == {"/": False, "/?archived": True}
    assert client.get("/api/v1/projects/").json() == []
    assert client.get("/projects/study/agreement/").status_code == 200
