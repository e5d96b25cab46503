"""The list of queries with its filters, and the page of one."""

import re

import pytest
from django.test import Client

from annotation.flow.score import concerns
from annotation.models import Project, Query, Task
from tests.factories import block, claim_task, judge, load, make_member, make_project, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(client: Client) -> Project:
    project, other = make_project(overlap=2), make_project(slug="other", rubrics=["small"])
    references = {"1": [block("Poor.")], "6": [block("Splendid.")]}
    load(
        project, [record(1, references=references, field="art"), record(1, references=references, field="art", model="system-b")]
    )
    load(project, [record(2, gt_answer=[block("Forty-two")])])
    load(other, [record(9, question=[block("Elsewhere")])])
    ana, bo = make_member(project, "ana"), make_member(project, "bo")
    task = Task.objects.get(response__query__external_id="PBL-0001", response__system="system-a")
    judge(task, ana, text=1)
    slot = claim_task(task, bo)
    concerns.raise_flag(assignment=slot.pk, by=bo, kind="harmful")
    client.force_login(make_member(project, "lea", "manager"))
    return project


def rows(client: Client, query: str) -> list[str]:
    page = client.get(f"/projects/study/queries/?{query}").content.decode()
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in re.findall("<tr>.*?</tr>", page, re.DOTALL)[1:]]


ONE = "PBL-0001 project-based-learning art 2 1, 6 no 1 –"
TWO = "PBL-0002 project-based-learning – 1 – yes 0 –"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [ONE, TWO]),
        ("references=yes", [ONE]),
        ("references=no", [TWO]),
        ("correct=yes", [TWO]),
        ("field=art", [ONE]),
        ("field=-", [TWO]),
        ("category=situational-analysis", []),
        ("dropped=yes", []),
        ("search=forty", [TWO]),
        ("search=elsewhere", []),
        ("search=question&correct=no", [ONE]),
    ],
)
def test_the_list_has_what_is_chosen_and_nothing_of_another_project(
    client: Client, project: Project, query: str, expected: list[str]
) -> None:
    assert rows(client, query) == expected


def test_where_queries_have_languages_the_list_has_them_and_can_be_filtered_by_them(client: Client, project: Project) -> None:
    assert 'scope="col">Language' not in client.get("/projects/study/queries/").text
    load(project, [record(3, language="pt-br")])
    three = "PBL-0003 project-based-learning – pt-BR 1 – no 0 –"
    assert [row.split()[0] for row in rows(client, "")] == ["PBL-0001", "PBL-0002", "PBL-0003"]
    assert rows(client, "language=pt-BR") == [three]
    assert 'scope="col">Language' in client.get("/projects/study/queries/").text
    assert rows(client, "language=-&correct=yes") == [TWO.replace(" 1 – yes", " – 1 – yes")]
    page = client.get(f"/queries/{Query.objects.get(external_id='PBL-0003').pk}/").text
    assert "· pt-BR" in page


def test_a_filter_that_cannot_be_read_is_said_and_what_was_typed_stays(client: Client, project: Project) -> None:
    page = client.get("/projects/study/queries/?references=some&search=boat").content.decode()
    assert "`some`: expected yes or no" in page
    assert 'value="boat"' in page


def test_the_page_of_a_query_has_its_answers_and_the_state_of_each_response(client: Client, project: Project) -> None:
    query = Query.objects.get(external_id="PBL-0001", project=project)
    page = client.get(f"/queries/{query.pk}/").content.decode()
    assert all(text in page for text in ("Question 1", "Poor.", "Splendid.", "None was imported."))
    table = re.findall("<tr>.*?</tr>", page, re.DOTALL)[1:]
    assert [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in table] == [
        "system-a small@1 1 2 incomplete yes",
        "system-b small@1 0 2 incomplete no",
    ]


def test_a_query_of_another_project_is_not_found(client: Client, project: Project) -> None:
    assert client.get(f"/queries/{Query.objects.get(external_id='PBL-0009').pk}/").status_code == 404
