"""The managers' page of cohorts, and where people are shown with theirs."""

import re
from typing import Any

import pytest
from django.test import Client

from annotation.flow.cohorts import cohorts_of
from annotation.models import Cohort, CohortMember, Project
from tests.factories import load, make_member, make_project, record

pytestmark = pytest.mark.django_db
PAGE = "/projects/study/members/cohorts/"
PBL = "project-based-learning"


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    make_member(project, "ana")
    load(project, [record(1, language="fr")])
    return project


def test_a_cohort_is_made_changed_and_deleted(client: Client, project: Project) -> None:
    form: dict[str, Any] = {"cohort": "", "name": "experts", "categories": PBL, "languages": "fr"}
    assert client.post(PAGE, form).status_code == 302
    cohort = Cohort.objects.get()
    page = client.get(PAGE).text
    assert re.search(rf'value="{PBL}"\s+checked', page)
    assert re.search(r'value="fr"\s+checked', page)
    assert client.post(PAGE, {"cohort": cohort.pk, "name": "readers"}).status_code == 302
    assert cohorts_of(project) == [{"id": cohort.pk, "name": "readers", "categories": [], "languages": [], "members": []}]
    assert "Delete readers" in client.get(PAGE).text
    client.post(PAGE, {"cohort": cohort.pk, "action": "delete"})
    assert cohorts_of(project) == []


def test_what_was_typed_stays_after_a_refusal(client: Client, project: Project) -> None:
    client.post(PAGE, {"cohort": "", "name": "experts"})
    twice = client.post(PAGE, {"cohort": "", "name": "experts", "languages": "fr"})
    assert (twice.status_code, "`experts` exists already" in twice.text) == (400, True)
    new = twice.text[twice.text.index("New cohort") :]
    assert ('value="experts"' in new, bool(re.search(r'value="fr"\s+checked', new))) == (True, True)
    empty = client.post(PAGE, {"cohort": Cohort.objects.get().pk, "name": ""})
    assert (empty.status_code, "name: required" in empty.text) == (400, True)


def test_a_cohort_of_another_project_is_not_found(client: Client, project: Project) -> None:
    other = Cohort.objects.create(project=make_project(slug="other", rubrics=["small"]), name="x")
    for form in ({"name": "y"}, {"action": "delete"}):
        assert client.post(PAGE, {"cohort": other.pk, **form}).status_code == 404


def test_a_member_is_put_in_a_cohort_on_their_page_and_listed_by_it(client: Client, project: Project) -> None:
    page = "/projects/study/members/of/ana/"
    make_member(project, "bo")
    assert "In the cohort" not in client.get(page).text  # there is none
    client.post(PAGE, {"cohort": "", "name": "experts"})
    assert "experts" not in client.get("/projects/study/members/").text
    shown = client.post(page, {"action": "cohort", "cohort": "experts"}).text
    assert '<option value="experts" selected>' in shown
    refused = client.post(page, {"action": "cohort", "cohort": "crowd"})
    assert (refused.status_code, "`crowd` is not in this project" in refused.text) == (400, True)
    rows = re.findall(r"<tr>.*?</tr>", client.get("/projects/study/members/").text, re.DOTALL)
    people = [re.search(r"members/of/(\w+)/", row) for row in rows]
    assert [(who[1], "<td>experts</td>" in row) for who, row in zip(people, rows, strict=True) if who] == [
        ("bo", False),
        ("lea", False),
        ("ana", True),
    ]
    progress = client.get("/projects/study/progress/").text
    assert ("By cohort" in progress, "<td>experts</td>" in progress) == (True, True)
    client.post(page, {"action": "cohort", "cohort": ""})
    assert CohortMember.objects.count() == 0
    assert "By cohort" not in client.get("/projects/study/progress/").text
