"""Reference answers by API: a new revision with its images, and its approval."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotation.models import Image, Project, Query, ReferenceRevision
from tests.factories import block, load, make_member, make_project, png, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    load(project, [record(references={"3": [block("Middling")]})])
    client.force_login(make_member(project, "eva", "expert"))
    return project


def address(level: int = 3) -> str:
    return f"/api/v1/projects/study/references/{Query.objects.get().pk}/{level}/"


def test_the_states_of_all_levels(client: Client, project: Project) -> None:
    [row] = client.get("/api/v1/projects/study/references/").json()["queries"]
    states = ["missing", "missing", "approved", "missing", "missing", "missing"]
    assert row == {
        "query": Query.objects.get().pk,
        "id": "PBL-0001",
        "category": "project-based-learning",
        "field": "",
        "levels": [{"level": level, "state": state} for level, state in enumerate(states, 1)],
    }
    assert client.get("/api/v1/projects/study/references/?state=waiting").json()["count"] == 0
    assert client.get("/api/v1/projects/study/references/?state=x").status_code == 400


def post(client: Client, to: str, body: Any) -> Any:
    return client.post(to, json.dumps(body), content_type="application/json")


def test_a_revision_is_written_and_another_expert_approves_it(client: Client, project: Project) -> None:
    answer = post(client, address(), {"blocks": [block("Better")], "based_on": 1})
    assert answer.status_code == 201
    newest = answer.json()["revisions"][0]
    assert (newest["number"], newest["state"], newest["is_shown"], newest["may_approve"], newest["written"]) == (
        2, "waiting", False, False, [block("Better")],
    )  # fmt: skip
    assert post(client, f"{address()}approve/", {"revision": 2}).status_code == 400
    client.force_login(make_member(project, "max", "expert"))
    approved = post(client, f"{address()}approve/", {"revision": 2}).json()["revisions"]
    assert [(one["number"], one["is_shown"], one["approved_by"]) for one in approved] == [(2, True, "max"), (1, False, None)]
    assert post(client, f"{address()}approve/", {"revision": 2}).status_code == 409


def test_images_come_with_the_blocks_in_one_request(client: Client, project: Project) -> None:
    files = {"a": SimpleUploadedFile("a.png", png())}
    body = {"blocks": json.dumps([block("See", "a")]), "based_on": "0"}
    assert client.post(address(5), body | files).status_code == 201
    assert ReferenceRevision.objects.get(answer__level=5).blocks == [block("See", Image.objects.get().sha256)]


def test_a_profile_is_set_kept_and_taken_away(client: Client, project: Project) -> None:
    assert client.get(address()).json()["criteria"] == [{"key": "text", "title": "Text"}, {"key": "images", "title": "Images"}]
    post(client, address(), {"blocks": [block("Better")], "profile": {"text": 4}})
    post(client, address(), {"blocks": [block("Best")]})
    client.post(address(), {"blocks": json.dumps([block("Again")]), "profile": '{"images": 2}'})
    answer = post(client, address(), {"blocks": [block("Again")], "profile": None})
    assert [one["profile"] for one in answer.json()["revisions"]] == [None, {"images": 2}, {"text": 4}, {"text": 4}, None]
    refused = post(client, address(), {"blocks": [block("Worse")], "profile": {"text": 9}})
    assert (refused.status_code, refused.json()["fields"]) == (400, {"profile.text": "`9`: expected a level from 1 to 6"})


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "blocks"), ({"blocks": "[{"}, "blocks"), ({"blocks": [block("x")], "based_on": "y"}, "based_on"), ([], "blocks")],
)
def test_what_cannot_be_read_is_named(client: Client, project: Project, body: Any, field: str) -> None:
    answer = post(client, address(), body)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    assert ReferenceRevision.objects.count() == 1
