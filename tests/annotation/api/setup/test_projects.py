"""Scripts of who may make a project; a manager's reads the steps and changes the settings."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from annotation.flow.setup.steps import steps_of
from annotation.models import Project
from tests.factories import make_member, make_project, make_rubric, make_user, responses

pytestmark = pytest.mark.django_db
BODY = {"slug": "study", "title": "The study", "rubrics": ["small"], "overlap": 1, "larger_share": 0.2, "larger_overlap": 2}


@pytest.fixture
def creator(client: Client) -> Client:
    make_rubric()
    user = make_user("lea")
    user.user_permissions.add(Permission.objects.get(codename="add_project", content_type__app_label="annotation"))
    client.force_login(user)
    return client


def post(client: Client, body: Any) -> Any:
    return client.post("/api/v1/projects/", body, content_type="application/json")


def test_a_project_is_created(creator: Client) -> None:
    answer = post(creator, BODY)
    assert (answer.status_code, answer.json()) == (201, {"slug": "study", "title": "The study", "role": "manager"})
    assert creator.get("/api/v1/projects/").json() == [answer.json() | {"roles": ["manager"]}]
    assert list(Project.objects.values_list("overlap", "larger_share", "larger_overlap")) == [(1, 0.2, 2)]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ([], {"body": "Expected an object."}),
        (BODY | {"name": "x"}, {"name": f"unknown; expected {', '.join(('slug', 'title', 'rubrics', 'overlap', 'seed'))}, "
                                        "larger_share, larger_overlap"}),
        (BODY | {"rubrics": "small"}, {"rubrics": "Expected a list of names."}),
        (BODY | {"rubrics": [1]}, {"rubrics": "there is no `1`; load it with load_rubric first"}),
        (BODY | {"slug": 5}, {"slug": "`5` is no slug: expected at most 100 small letters, digits and hyphens"}),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_field_and_nothing_is_created(creator: Client, body: Any, fields: Any) -> None:
    answer = post(creator, body)
    assert (answer.status_code, answer.json()["fields"], Project.objects.count()) == (400, fields, 0)


def test_who_was_not_let_creates_none(client: Client) -> None:
    make_rubric()
    client.force_login(make_user("ana"))
    assert (post(client, BODY).status_code, Project.objects.count()) == (403, 0)


def test_the_steps_are_those_of_the_page(client: Client) -> None:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    assert client.get("/api/v1/projects/study/steps/").json() == [step.as_dict() for step in steps_of(project)]


def test_the_settings_are_read_and_those_that_are_named_are_changed(client: Client) -> None:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    read = client.get("/api/v1/projects/study/settings/").json()
    fixed = {"slug": "It stands in addresses, commands and files that others have."}
    assert read == {
        "slug": "study", "title": "study", "lease_minutes": 60, "seed": 0, "rubrics": ["small@1"], "overlap": 3,
        "larger_share": 0, "larger_overlap": None, "closed_at": None, "archived_at": None, "fixed": fixed,
    }  # fmt: skip
    responses(project)
    changes = {"lease_minutes": 30, "seed": 0}
    changed = client.patch("/api/v1/projects/study/settings/", changes, content_type="application/json")
    assert changed.json() | {"fixed": fixed} == read | {"lease_minutes": 30}
    assert set(changed.json()["fixed"]) == {"slug", "seed", "rubrics"}
    refused = client.patch("/api/v1/projects/study/settings/", {"seed": 1}, content_type="application/json")
    assert (refused.status_code, set(refused.json()["fields"])) == (400, {"seed"})
