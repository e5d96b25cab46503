import pytest
from django.test import Client

from tests.annotation.flow.results.studies import make_study
from tests.factories import make_project, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/projects/study/results/"


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("?by=system", "by: system is none of category, field, subfield, criterion"),
        ("?labels=raw", "labels: expected one of plain, fair, not raw"),
        ("?release=7", "release: study has no release 7"),
        ("?release=x", "release: study has no release x"),
    ],
)
def test_what_it_does_not_know_is_refused_by_name(client: Client, query: str, fault: str) -> None:
    make_study(judged=False)
    client.force_login(make_user("lea", password=None))
    answer = client.get(ADDRESS + query)
    assert (answer.status_code, answer.json()["detail"]) == (400, fault)


@pytest.mark.parametrize(("name", "status"), [("ana", 404), ("eve", 404), ("", 401)])
def test_nobody_but_a_manager_gets_it(client: Client, name: str, status: int) -> None:
    make_project()
    if name:
        client.force_login(make_user(name, password=None))
    assert client.get(ADDRESS).status_code == status
