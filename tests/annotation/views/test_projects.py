"""My projects: each with its own counts, whatever the others have."""

import re

import pytest
from django.test import Client

from annotation.models import Query, User
from tests.annotation.flow.adjudicate.cases import settle, started
from tests.factories import judge, judged, make_member, make_project, responses


@pytest.mark.django_db
def test_each_project_says_its_responses_and_what_i_have_scored_there(client: Client) -> None:
    first, second, third = (
        make_project(slug="a"),
        make_project(slug="b", rubrics=["small"]),
        make_project(slug="c", rubrics=["small"]),
    )
    judged(first, [[4, 5], [3, None], [None, 2]], names=("ana", "bo"))
    responses(second, 4)
    for project in (first, second, third):
        ana, lea = make_member(project, "ana"), make_member(project, "lea", "manager")
    Query.objects.filter(project=second, external_id="PBL-0001").update(dropped_at="2026-01-01T00:00Z", dropped_by=ana)
    numbers = {}
    for user in (ana, lea):
        client.force_login(user)
        cards = re.findall(r'<li class="card.*?</li>', client.get("/").content.decode(), re.DOTALL)
        numbers[user.username] = [re.findall(r"\d+", re.sub(r"<[^>]+>", " ", card)) for card in cards]
    assert numbers == {"ana": [["2", "1"], ["0", "4"], ["0", "0"]], "lea": [["3"], ["3"], ["0"]]}


@pytest.mark.django_db
def test_an_annotators_page_says_how_much_is_left_for_them_and_not_everybodys_slots(client: Client) -> None:
    judged(make_project(overlap=3), [[4, 5], [3, None], [None, None]], names=("ana", "bo"))
    client.force_login(User.objects.get(username="ana"))
    page = client.get("/projects/study/").content.decode()
    assert "Up to 1 left for you." in page
    assert re.findall(r"<b>(\d+)</b> responses? scored by you", page) == ["2"]


@pytest.mark.django_db
def test_a_manager_is_told_what_comes_after_the_last_judgement(client: Client) -> None:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    ada = make_member(project, "ada", "adjudicator")
    judged(project, [[1, 6, None]])
    next_steps = lambda: re.findall(r"Next step: [a-z ]+", client.get("/projects/study/").text)  # noqa: E731
    assert next_steps() == []
    judge(project.tasks.get(), User.objects.get(username="chen"), text=4)
    assert next_steps() == ["Next step: adjudication"]
    settle(started(project, ada), ada, {"text": 4})
    assert next_steps() == ["Next step: a release"]


@pytest.mark.django_db
def test_an_adjudicators_page_opens_the_next_case_or_goes_on_with_the_open_one(client: Client) -> None:
    empty, project = make_project(slug="empty"), make_project(rubrics=["small"])
    for one in (empty, project):
        ada = make_member(one, "ada", "adjudicator")
    judged(project, [[1, 6, 4]])
    client.force_login(ada)

    def ways(slug: str) -> list[tuple[str, str]]:
        return re.findall(r'class="do"(?: href="([^"]*)")?>([^<]*)<', client.get(f"/projects/{slug}/").text)

    assert ways("empty") == [("/projects/empty/adjudication/", "Adjudicate")]
    assert ways("study") == [("", "Open the next case")]
    assert client.post("/projects/study/adjudication/").status_code == 302
    assert ways("study") == [(f"/adjudications/{started(project, ada).pk}/", "Continue")]
