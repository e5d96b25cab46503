from typing import Any

import pytest
from django.test import Client

from annotation.models import PossibleDuplicate, Project, Query
from tests.factories import block, judge, load, make_member, make_project, record

pytestmark = pytest.mark.django_db

TEXT = "one two three four five six seven eight nine ten"
LIST = "/api/v1/projects/study/duplicates/"


@pytest.fixture
def project() -> Project:
    project = make_project()
    load(project, [record(number, question=[block(TEXT)]) for number in (1, 2)])
    return project


@pytest.fixture
def lea(project: Project, client: Client) -> Client:
    client.force_login(make_member(project, "lea", "manager"))
    return client


def post(client: Client, body: Any) -> Any:
    address = f"/api/v1/duplicates/{PossibleDuplicate.objects.get().pk}/"
    return client.post(address, body, content_type="application/json")


def test_the_list_holds_the_undecided_pairs(lea: Client) -> None:
    pair = PossibleDuplicate.objects.get()
    found_at = pair.found_at.isoformat().replace("+00:00", "Z")
    assert lea.get(LIST).json() == {
        "count": 1,
        "pages": 1,
        "pairs": [
            {
                "id": pair.pk,
                "first": "PBL-0001",
                "second": "PBL-0002",
                "reasons": {"text": 1.0},
                "strength": 1.0,
                "found_at": found_at,
                "verdict": None,
                "dropped": None,
                "decided_by": None,
                "decided_at": None,
            }
        ],
    }
    assert lea.get(f"{LIST}?show=decided").json() == {"count": 0, "pages": 1, "pairs": []}


@pytest.mark.parametrize(
    ("body", "verdict", "gone"),
    [
        ({"verdict": "different"}, "different", None),
        ({"verdict": "merged", "into": "PBL-0001"}, "merged", "PBL-0002"),
        ({"verdict": "dropped", "query": "PBL-0001"}, "dropped", "PBL-0001"),
    ],
)
def test_a_verdict_is_stored_and_returned(lea: Client, body: dict[str, str], verdict: str, gone: str | None) -> None:
    answer = post(lea, body)
    assert answer.status_code == 200
    pair = answer.json()
    assert (pair["verdict"], pair["dropped"], pair["decided_by"]) == (verdict, gone, "lea")
    assert lea.get(LIST).json()["count"] == 0
    assert lea.get(f"{LIST}?show=decided").json()["pairs"] == [pair]
    assert list(Query.objects.exclude(dropped_at=None).values_list("external_id", flat=True)) == ([gone] if gone else [])
    assert post(lea, body).status_code == 409


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"verdict": "expected one of different, merged, dropped"}),
        ([], {"verdict": "expected one of different, merged, dropped"}),
        ({"verdict": "merged", "query": "PBL-0001"}, {"into": "expected one of PBL-0001, PBL-0002"}),
        ({"verdict": "dropped", "into": "PBL-0001"}, {"query": "expected one of PBL-0001, PBL-0002"}),
    ],
)
def test_what_is_wrong_is_named(lea: Client, body: Any, fields: dict[str, str]) -> None:
    answer = post(lea, body)
    assert (answer.status_code, answer.json()["fields"]) == (400, fields)
    assert PossibleDuplicate.objects.undecided().count() == 1


def test_what_people_have_judged_is_refused(lea: Client, project: Project) -> None:
    judge(project.tasks.get(response__query__external_id="PBL-0001"), make_member(project, "ana"))
    answer = post(lea, {"verdict": "dropped", "query": "PBL-0001"})
    assert (answer.status_code, answer.json()) == (400, {"detail": "PBL-0001 has been judged: what people said of it is kept."})


def test_others_learn_nothing(project: Project, client: Client) -> None:
    otto = make_member(make_project(slug="elsewhere", rubrics=["small"]), "otto", "manager")
    for user in (otto, make_member(project, "ana"), make_member(project, "ada", "adjudicator")):
        client.force_login(user)
        assert [client.get(LIST).status_code, post(client, {"verdict": "different"}).status_code] == [404, 404]
    assert PossibleDuplicate.objects.undecided().count() == 1
