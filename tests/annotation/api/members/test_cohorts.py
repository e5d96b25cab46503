"""A manager's script makes and changes cohorts, and says who is in which."""

from typing import Any

import pytest
from django.test import Client

from annotation.models import Cohort, Project
from tests.factories import load, make_member, make_project, make_user, record

pytestmark = pytest.mark.django_db
PATH = "/api/v1/projects/study/cohorts/"
JSON = "application/json"


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    load(project, [record(1, language="fr")])
    make_member(project, "ana")
    client.force_login(make_member(project, "lea", "manager"))
    return project


def test_a_cohort_is_made_changed_and_deleted(client: Client, project: Project) -> None:
    made = client.post(PATH, {"name": "experts", "languages": ["fr"]}, content_type=JSON)
    row: dict[str, Any] = {"name": "experts", "categories": [], "languages": ["fr"], "members": []}
    row = {"id": Cohort.objects.get().pk} | row
    assert (made.status_code, made.json()) == (201, row)
    changed = client.patch(f"{PATH}{row['id']}/", {"categories": ["project-based-learning"]}, content_type=JSON)
    row["categories"] = ["project-based-learning"]
    assert (changed.json(), client.get(PATH).json()) == (row, [row])
    assert client.post(f"{PATH}{row['id']}/delete/").json() == []
    assert client.post(f"{PATH}{row['id']}/delete/").status_code == 404


def test_a_member_is_put_in_one_and_the_list_of_members_says_so(client: Client, project: Project) -> None:
    client.post(PATH, {"name": "experts"}, content_type=JSON)
    path = "/api/v1/projects/study/members/ana/cohort/"
    assert client.patch(path, {"cohort": "experts"}, content_type=JSON).json() == {"cohort": "experts"}
    members = client.get("/api/v1/projects/study/members/").json()
    assert [(row["username"], row["cohort"]) for row in members] == [("ana", "experts"), ("lea", "")]
    assert client.get(PATH).json()[0]["members"] == ["ana"]
    ended = client.post("/api/v1/projects/study/members/ana/end/").json()
    assert (ended["role"], ended["cohort"]) == (None, "experts")


@pytest.mark.parametrize(
    "body", [[], {}, {"name": ""}, {"name": 5}, {"name": "x", "systems": []}, {"name": "x", "languages": "fr"}]
)
def test_what_is_no_cohort_is_refused(client: Client, project: Project, body: object) -> None:
    assert client.post(PATH, body, content_type=JSON).status_code == 400
    assert client.get(PATH).json() == []


@pytest.mark.parametrize("body", [[], {}, {"cohort": None}, {"cohort": "none"}])
def test_who_is_put_in_no_cohort_that_is_there_is_refused(client: Client, project: Project, body: object) -> None:
    assert client.patch("/api/v1/projects/study/members/ana/cohort/", body, content_type=JSON).status_code == 400
    make_user("stranger")
    assert client.patch("/api/v1/projects/study/members/stranger/cohort/", {"cohort": ""}, content_type=JSON).status_code == 400
