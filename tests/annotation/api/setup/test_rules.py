"""A manager's script reads and changes the rules for disputes and labels."""

from typing import Any

import pytest
from django.test import Client

from annotation.models import Event, Project, Rules
from tests.factories import make_member, make_project

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/projects/study/rules/"


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    return project


def patch(client: Client, body: Any) -> Any:
    return client.patch(ADDRESS, body, content_type="application/json")


def test_the_rules_are_read_and_those_that_are_named_are_changed(client: Client, project: Project) -> None:
    read = client.get(ADDRESS).json()
    assert read == Rules.objects.get(project=project).as_values()
    changed = patch(client, {"cut_off": 4, "undisputed_share": 0.1})
    assert (changed.status_code, changed.json()) == (200, read | {"cut_off": 4, "undisputed_share": 0.1})
    assert client.get(ADDRESS).json() == changed.json()
    assert list(Event.objects.filter(verb="rules_changed").values_list("by__username", "data")) == [
        ("lea", {"cut_off": [None, 4], "undisputed_share": [0.05, 0.1]})
    ]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"pair_gap": 0, "penalties": False}, {"pair_gap": "Enter a whole number from 1 to 99."}),
        ({"penalties": "no"}, {"penalties": "Expected true or false."}),
        ([1], {"rules": "Expected an object with the rules to change."}),
    ],
)
def test_a_fault_is_named_by_its_rule_and_nothing_is_changed(client: Client, project: Project, body: Any, fields: Any) -> None:
    before = client.get(ADDRESS).json()
    answer = patch(client, body)
    assert (answer.status_code, answer.json()["fields"], client.get(ADDRESS).json()) == (400, fields, before)


def test_somebody_else_neither_reads_nor_changes_them(client: Client, project: Project) -> None:
    for name, role in (("ana", "annotator"), ("ada", "adjudicator")):
        client.force_login(make_member(project, name, role))
        assert (client.get(ADDRESS).status_code, patch(client, {"pair_gap": 1}).status_code) == (404, 404)
    assert Rules.objects.get(project=project).pair_gap == 2
