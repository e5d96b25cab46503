"""The page of a project's progress, the lists behind its counts, and the file."""

import pytest
from django.test import Client

from annotation.models import Project, User
from tests.factories import judge, judged, make_member, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project(overlap=2)
    judged(project, [[1, 6], [4, None], [None, None]], names=("ana", "bo"))
    client.force_login(make_member(project, "lea", "manager"))
    return project


def test_the_page_says_the_counts_and_leads_to_what_is_stuck(client: Client, project: Project) -> None:
    page = client.get("/projects/study/progress/").content.decode()
    assert '<a href="/projects/study/progress/stuck/?kind=lacking">Lacking ratings</a>' in page
    assert '<a href="/projects/study/adjudication/list/?state=undecided&amp;kind=disputed">Awaiting adjudication</a>' in page
    assert "kind=expired" not in page  # nothing is behind a count of none


def test_a_list_has_its_responses_with_the_step_to_take(client: Client, project: Project) -> None:
    page = client.get("/projects/study/progress/stuck/?kind=lacking").content.decode()
    assert ("PBL-0002" in page, "PBL-0001" in page, "PBL-0003" in page) == (True, False, False)
    assert 'href="/projects/study/members/"' in page


@pytest.mark.parametrize("kind", ["", "adjudication", "nonsense"])
def test_a_list_of_no_such_kind_is_not_found(client: Client, project: Project, kind: str) -> None:
    assert client.get(f"/projects/study/progress/stuck/?kind={kind}").status_code == 404


def test_the_file_is_the_report_as_csv(client: Client, project: Project) -> None:
    answer = client.get("/projects/study/progress/file/")
    assert answer["Content-Disposition"] == 'attachment; filename="study-progress.csv"'
    assert answer.content.decode().splitlines()[:3] == [
        "by,name,slots,submitted,held,open,skipped,left,last",
        "category,project-based-learning,6,3,0,3,,,",
        "system,system-a,6,3,0,3,,,",
    ]


def test_an_empty_project_says_why_there_is_no_day(client: Client) -> None:
    client.force_login(make_member(make_project(), "lea", "manager"))
    assert "No day of completion: there is nothing to score yet." in client.get("/projects/study/progress/").content.decode()


def test_once_everything_is_submitted_the_page_says_so_and_speaks_of_no_pace(client: Client) -> None:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    judged(project, [[1, 6, None]])
    told = lambda: [words in client.get("/projects/study/progress/").text for words in SAID]  # noqa: E731
    assert told() == [False, True, False]
    judge(project.tasks.get(), User.objects.get(username="chen"), text=4)
    assert told() == [True, False, True]


SAID = ("Everything is submitted.", "The pace is the average since", "Adjudicators take it from their queue")
