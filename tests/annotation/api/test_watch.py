"""The progress of a project, for scripts."""

import pytest
from django.test import Client

from tests.factories import judged, make_member, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea(client: Client) -> Client:
    project = make_project(overlap=2)
    judged(project, [[1, 6], [4, None], [None, None]], names=("ana", "bo"))
    client.force_login(make_member(project, "lea", "manager"))
    return client


def test_the_report_is_that_of_the_page(lea: Client) -> None:
    report = lea.get("/api/v1/projects/study/progress/").json()
    assert {key: report[key] for key in ("slots", "submitted", "held", "open", "stuck")} == {
        "slots": 6,
        "submitted": 3,
        "held": 0,
        "open": 3,
        "stuck": {"expired": 0, "skipped_by_all": 0, "flagged": 0, "lacking": 1, "adjudication": 1},
    }
    assert (report["pace"]["active_days"], report["done_on"]["reason"]) == (1, None)


def test_what_is_stuck_is_listed_with_its_counts(lea: Client) -> None:
    answer = lea.get("/api/v1/projects/study/progress/stuck/?kind=lacking").json()
    [row] = answer["responses"]
    assert (answer["count"], answer["pages"], row | {"task": 0}) == (
        1,
        1,
        {
            "task": 0,
            "query": "PBL-0002",
            "category": "project-based-learning",
            "system": "system-a",
            "sample": 0,
            "submitted": 1,
            "wanted": 2,
        },
    )


def test_an_unknown_kind_is_refused_and_quoted(lea: Client) -> None:
    answer = lea.get("/api/v1/projects/study/progress/stuck/?kind=lost")
    assert answer.status_code == 400
    assert answer.json() == {"detail": "kind: expected one of expired, skipped_by_all, flagged, lacking, not `lost`"}
