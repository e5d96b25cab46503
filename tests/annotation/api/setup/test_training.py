from typing import Any

import pytest
from django.test import Client

from annotation.models import Event, Project
from tests.factories import make_member, make_project

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/projects/study/training/"


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    return project


def patch(client: Client, body: Any) -> Any:
    return client.patch(ADDRESS, body, content_type="application/json")


def test_the_template_is_read_and_changed(client: Client, project: Project) -> None:
    assert client.get(ADDRESS).json() == {"template": "scores", "score_without_feedback": False}
    changed = patch(client, {"template": "criteria"})
    assert (changed.status_code, changed.json()) == (200, {"template": "criteria", "score_without_feedback": False})
    assert client.get(ADDRESS).json() == changed.json()
    assert list(Event.objects.filter(verb="template_changed").values_list("by__username", "data")) == [
        ("lea", {"template": ["scores", "criteria"]})
    ]


@pytest.mark.parametrize(("body", "fields"), [({"template": "poem"}, ["template"]), ({"x": 1}, ["x"]), ([1], ["training"])])
def test_a_fault_is_named_and_nothing_is_changed(client: Client, project: Project, body: Any, fields: list[str]) -> None:
    answer = patch(client, body)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, fields)
    assert client.get(ADDRESS).json()["template"] == "scores"


def test_somebody_else_neither_reads_nor_changes_it(client: Client, project: Project) -> None:
    for name, role in (("ana", "annotator"), ("ada", "adjudicator")):
        client.force_login(make_member(project, name, role))
        assert (client.get(ADDRESS).status_code, patch(client, {"template": "mmie"}).status_code) == (404, 404)
