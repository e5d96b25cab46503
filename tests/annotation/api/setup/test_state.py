"""A manager's script closes, archives and copies a project."""

from typing import Any

import pytest
from django.test import Client

from annotation.models import Job, Project, User
from tests.factories import make_member, make_project, responses

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/projects/study/"


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    responses(project)
    client.force_login(make_member(project, "lea", "manager"))
    return project


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(f"{ADDRESS}{path}/", body, content_type="application/json")


def test_a_project_is_closed_archived_and_taken_back(client: Client, project: Project) -> None:
    states = {}
    for action in ("close", "archive", "unarchive", "open"):
        answer = post(client, "state", {"action": action})
        states[action] = (answer.status_code, *(value is not None for value in answer.json().values()))
    assert states == {
        "close": (200, True, False),
        "archive": (200, True, True),
        "unarchive": (200, True, False),
        "open": (200, False, False),
    }
    assert post(client, "state", {"action": "open"}).status_code == 409
    assert post(client, "state", {"action": "burn"}).json()["fields"] == {
        "action": "expected one of close, open, archive, unarchive"
    }


def test_a_copy_is_for_managers_who_may_create_projects(client: Client, project: Project) -> None:
    assert post(client, "copy", {"slug": "two"}).status_code == 403
    User.objects.filter(username="lea").update(is_staff=True)
    assert set(post(client, "copy", {"slug": "study", "data": True}).json()["fields"]) == {"slug"}
    assert set(post(client, "copy", {"slug": "two", "data": "yes"}).json()["fields"]) == {"data"}
    answer = post(client, "copy", {"slug": "two", "data": True})
    job = Job.objects.get(kind="copy_data")
    assert (answer.status_code, answer.json()["job"]["id"]) == (201, job.pk)
    assert {key: answer.json()[key] for key in ("slug", "title", "role")} == {"slug": "two", "title": "two", "role": "manager"}
    assert job.state == "done"
