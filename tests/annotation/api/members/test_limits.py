"""A manager's script reads and changes what a member may score."""

import pytest
from django.test import Client

from annotation.models import Project
from tests.factories import load, make_member, make_project, make_user, record

pytestmark = pytest.mark.django_db
PATH = "/api/v1/projects/study/members/ana/limits/"
NONE = {"categories": [], "languages": [], "systems": [], "most_per_day": None}


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    load(project, [record(1, language="fr")])
    make_member(project, "ana")
    client.force_login(make_member(project, "lea", "manager"))
    return project


def test_only_what_is_named_changes(client: Client, project: Project) -> None:
    assert client.get(PATH).json() == NONE
    changed = client.patch(PATH, {"systems": ["system-a"]}, content_type="application/json")
    assert changed.json() == NONE | {"systems": ["system-a"]}
    client.patch(PATH, {"languages": ["fr"]}, content_type="application/json")
    client.patch(PATH, {"most_per_day": 9}, content_type="application/json")
    assert client.get(PATH).json() == NONE | {"languages": ["fr"], "systems": ["system-a"], "most_per_day": 9}


@pytest.mark.parametrize("body", [[], {"systems": ["x"]}, {"system": []}, {"most_per_day": "9"}, {"categories": None}])
def test_what_is_no_limit_is_refused(client: Client, project: Project, body: object) -> None:
    assert client.patch(PATH, body, content_type="application/json").status_code == 400
    assert client.get(PATH).json() == NONE


def test_who_is_no_member_has_no_limits(client: Client, project: Project) -> None:
    make_user("stranger")
    assert client.get(PATH.replace("ana", "stranger")).status_code == 400
