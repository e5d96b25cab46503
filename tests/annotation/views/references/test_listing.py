"""The overview of reference answers: which are missing, and nothing that experts may not know."""

import re

import pytest
from django.test import Client

from annotation.flow.references import approve, write_answer
from annotation.models import Project, Query
from tests.factories import block, judged, load, make_member, make_project, record

pytestmark = pytest.mark.django_db
LEVELS = range(1, 7)


@pytest.fixture
def project(client: Client) -> Project:
    project, other = make_project(overlap=3), make_project(slug="other", rubrics=["small"])
    judged(project, [[{"text": 1, "feedback": "much too loud"}, 1, 6]])
    whole = {str(level): [block(f"Level {level}")] for level in LEVELS}
    load(project, [record(2, references=whole), record(3, references={"1": [block("Poor")]}, model="secret-system")])
    load(other, [record(9)])
    eva, max_ = (make_member(project, name, "expert") for name in ("eva", "max"))
    three = Query.objects.get(external_id="PBL-0003")
    write_answer(query=three, level=2, blocks=[block("Better")], by=max_)
    approve(revision=write_answer(query=three, level=3, blocks=[block("Middling")], by=max_), by=eva)
    client.force_login(eva)
    return project


def rows(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/projects/study/references/?{query}").content.decode()
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in re.findall("<tr>.*?</tr>", page, re.DOTALL)[1:]]


def row(number: int, *states: str) -> str:
    name = f"PBL-{number:04}"
    return f"{name} project-based-learning – " + " ".join(f"{name}, {level}: {states[level - 1]}" for level in LEVELS)


M, W, A = "Missing", "Waiting for approval", "Approved"
ONE, TWO, THREE = row(1, *[M] * 6), row(2, *[A] * 6), row(3, A, W, A, M, M, M)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [ONE, TWO, THREE]),
        ("state=missing", [ONE, THREE]),
        ("state=waiting", [THREE]),
        ("state=approved", [TWO]),
        ("category=project-based-learning&state=waiting", [THREE]),
        ("category=situational-analysis", []),
    ],
)
def test_each_query_has_the_state_of_each_level(client: Client, project: Project, query: str, expected: list[str]) -> None:
    assert rows(client, query) == expected


def test_what_is_approved_is_counted_by_level(client: Client, project: Project) -> None:
    page = client.get("/projects/study/references/").content.decode()
    assert [f"Level {level}: {number} of 3" in page for level, number in zip(LEVELS, (2, 1, 2, 1, 1, 1), strict=True)] == [
        True
    ] * 6


def test_a_state_that_is_none_is_named(client: Client, project: Project) -> None:
    assert (
        "`some`: expected one of missing, waiting, approved"
        in client.get("/projects/study/references/?state=some").content.decode()
    )


def test_an_expert_reads_no_system_and_no_score(client: Client, project: Project) -> None:
    query = Query.objects.get(external_id="PBL-0003")
    pages = ("/projects/study/", "/projects/study/references/", f"/projects/study/references/{query.pk}/2/")
    addresses = [*pages, "/api/v1/projects/study/references/", f"/api/v1/projects/study/references/{query.pk}/2/"]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert not [word for word in ("secret-system", "system-a", "much too loud", "alpha") if word in answer.content.decode()]
