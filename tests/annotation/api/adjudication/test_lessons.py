"""What disputes teach, for scripts."""

import pytest
from django.test import Client

from annotation.flow.lessons import lessons
from tests.annotation.flow.lessons.studies import make_study
from tests.factories import make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/projects/study/adjudication/lessons/"


def test_a_manager_gets_the_report_and_an_adjudicator_the_part_that_is_theirs(client: Client) -> None:
    project, _tasks = make_study()
    reports = {}
    for name in ("lea", "ada"):
        client.force_login(make_user(name, password=None))
        reports[name] = client.get(ADDRESS).json()
    assert reports["lea"]["disputes"] == {"disputed": 5, "decided": 4, "responses": 5}
    assert reports["ada"]["disputes"] == {"disputed": 4, "decided": 4, "responses": 4}
    assert [set(report) for report in reports.values()] == [set(lessons(project, for_manager=True))] * 2
    assert ["annotators" in report["adjudicators"] for report in reports.values()] == [True, False]


def test_an_adjudicators_answer_has_no_annotators_name(client: Client) -> None:
    """A manager's has them."""
    make_study()
    texts = {}
    for name in ("lea", "ada"):
        client.force_login(make_user(name, password=None))
        texts[name] = client.get(ADDRESS).text
    assert [[f'"{name}"' in text for name in ("ana", "bo", "chen")] for text in texts.values()] == [[True] * 3, [False] * 3]


@pytest.mark.parametrize(("name", "status"), [("ana", 404), ("eve", 404), ("", 401)])
def test_nobody_else_gets_it(client: Client, name: str, status: int) -> None:
    make_study()
    if name:
        client.force_login(make_user(name, password=None))
    assert client.get(ADDRESS).status_code == status
