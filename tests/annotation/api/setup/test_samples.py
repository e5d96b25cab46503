from typing import Any

import pytest
from django.test import Client

from annotation.models import Assignment, Project, Sample
from tests.annotation.flow.sample.pools import make_pool
from tests.factories import make_member

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/projects/study/samples/"
PLAN = {"size": 20, "by": ["system", "field"], "allocation": "equal"}
STRATA = [
    {"values": ["art", "anole"], "size": 2, "drawn": 2},
    {"values": ["art", "gill"], "size": 2, "drawn": 2},
    {"values": ["physics", "anole"], "size": 8, "drawn": 8},
    {"values": ["physics", "gill"], "size": 8, "drawn": 8},
]


@pytest.fixture
def pool(client: Client) -> Project:
    project = make_pool()
    client.force_login(make_member(project, "lea", "manager"))
    return project


def post(client: Client, body: Any) -> Any:
    return client.post(ADDRESS, body, content_type="application/json")


def test_a_sample_is_drawn_listed_and_read_with_the_chances(client: Client, pool: Project) -> None:
    assert client.get(ADDRESS).json() == []
    drawn = post(client, PLAN)
    content = drawn.json()
    assert (drawn.status_code, content | {"drawn_at": ""}) == (
        201,
        {
            "number": 1, "size": 20, "by": ["field", "system"], "unit": "response", "allocation": "equal", "systems": [],
            "seed": 0, "strata": STRATA, "responses": 20, "drawn_at": "", "drawn_by": "lea",
        },
    )  # fmt: skip
    assert client.get(ADDRESS).json() == [content]
    detail = client.get(f"{ADDRESS}1/").json()
    assert ({key: detail[key] for key in content}, len(detail["sampled"]), detail["sampled"][0]) == (
        content,
        20,
        {
            "id": "PBL-0001", "system": "anole", "sample": 0, "category": "project-based-learning", "field": "physics",
            "subfield": "", "chance": 1.0,
        },
    )  # fmt: skip


def test_a_dry_run_says_the_same_and_stores_nothing(client: Client, pool: Project) -> None:
    tried = post(client, PLAN | {"dry_run": True})
    assert (tried.status_code, Sample.objects.count(), Assignment.objects.count()) == (200, 0, 0)
    drawn = post(client, PLAN)
    differs = {"number": 1, "drawn_by": "lea", "drawn_at": drawn.json()["drawn_at"]}
    assert drawn.json() == tried.json() | differs


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["size"]),
        ({"size": True}, ["size"]),
        ({"size": 1, "by": "field"}, ["by"]),
        ({"size": 1, "by": ["colour"], "unit": "page", "x": 1}, ["by", "unit", "x"]),
        ({"size": 1, "allocation": None, "systems": [1]}, ["allocation", "systems"]),
        ({"size": 1, "seed": 2**70}, ["seed"]),
        ([1], ["sample"]),
    ],
)
def test_a_fault_is_named_and_nothing_is_drawn(client: Client, pool: Project, body: Any, fields: list[str]) -> None:
    answer = post(client, body)
    assert (answer.status_code, list(answer.json()["fields"]), Sample.objects.count()) == (400, fields, 0)


def test_a_plan_that_cannot_be_drawn_is_refused(client: Client, pool: Project) -> None:
    answer = post(client, {"size": 1, "systems": ["emu"]})
    assert (answer.status_code, answer.json()) == (400, {"detail": "systems: the pool has no responses of emu"})
