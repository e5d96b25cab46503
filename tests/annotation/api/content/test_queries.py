"""The queries of a project, for scripts."""

import pytest
from django.test import Client

from annotation.models import Query
from tests.factories import block, load, make_member, make_project, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea(client: Client) -> Client:
    project = make_project(overlap=2)
    load(project, [record(1, references={"6": [block("Splendid.")]}, language="zh-hans"), record(2)])
    client.force_login(make_member(project, "lea", "manager"))
    return client


def test_the_list_has_a_row_per_query(lea: Client) -> None:
    answer = lea.get("/api/v1/projects/study/queries/?references=yes&language=zh-Hans").json()
    query = Query.objects.get(external_id="PBL-0001")
    row = {
        "query": query.pk,
        "id": "PBL-0001",
        "category": "project-based-learning",
        "field": "",
        "subfield": "",
        "language": "zh-Hans",
        "responses": 1,
        "references": [6],
        "correct_answer": False,
        "open_flags": 0,
        "dropped_at": None,
    }
    assert answer == {"count": 1, "pages": 1, "queries": [row]}


def test_one_query_has_its_blocks_and_responses(lea: Client) -> None:
    query = Query.objects.get(external_id="PBL-0001")
    answer = lea.get(f"/api/v1/queries/{query.pk}/").json()
    assert [one["text"] for one in answer["blocks"]] == ["Question 1"]
    assert [one["text"] for one in answer["references"]["6"]["blocks"]] == ["Splendid."]
    assert [(one["system"], one["submitted"], one["wanted"], one["state"]) for one in answer["responses"]] == [
        ("system-a", 0, 2, "not_judged")
    ]


def test_what_cannot_be_read_is_refused_by_its_field(lea: Client) -> None:
    answer = lea.get("/api/v1/projects/study/queries/?dropped=perhaps")
    assert (answer.status_code, answer.json()["fields"]) == (400, {"dropped": "`perhaps`: expected yes or no"})
