"""A manager's script reads the annotators per response and has a job change them."""

import pytest
from django.test import Client

from annotation.models import Job, Project
from tests.factories import make_member, make_project, responses

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/projects/study/overlap/"


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project(overlap=1)
    responses(project, 2)
    client.force_login(make_member(project, "lea", "manager"))
    return project


def test_what_is_named_is_changed_by_a_job(client: Client, project: Project) -> None:
    answer = client.post(ADDRESS, {"overlap": 3}, content_type="application/json")
    assert (answer.status_code, answer.json()["kind"]) == (202, "set_overlap")
    assert client.get(ADDRESS).json() == {
        "overlap": 3, "larger_share": 0, "larger_overlap": None, "responses": 2, "in_share": 0,
        "slots_added": 0, "slots_withdrawn": 0, "kept": 0,
    }  # fmt: skip


def test_a_fault_is_named_and_no_job_is_made(client: Client, project: Project) -> None:
    for body, field in (({"overlap": 0}, "overlap"), ({"seed": 1}, "seed"), ([], "body")):
        answer = client.post(ADDRESS, body, content_type="application/json")
        assert (answer.status_code, set(answer.json()["fields"])) == (400, {field})
    assert not Job.objects.exists()
