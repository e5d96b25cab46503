"""A manager sees what each step still needs, and an empty project shows the next step instead of a table."""

import re
from typing import Any

import pytest
from django.test import Client

from annotation.models import Project
from tests.factories import judge, make_member, make_project, responses

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project(overlap=1)
    client.force_login(make_member(project, "lea", "manager"))
    return project


def tags(text: str) -> list[str]:
    return re.findall(r'class="tag[^"]*">([^<]*)<', text)


def test_each_step_has_its_state_and_a_link_to_its_page(client: Client, project: Project) -> None:
    text = client.get("/projects/study/steps/").text
    assert tags(text) == ["done", "next", "to do", "done", "to do"]
    links = re.findall(r'class="(?:do|soft)" href="/projects/study/([^"]*)"', text)
    assert links == [
        "rubrics/", "material/", "members/invitations/", "members/", "rules/", "workspace/", "settings/", "overlap/", "",
    ]  # fmt: skip
    responses(project)
    assert tags(client.get("/projects/study/steps/").text) == ["done", "done", "next", "done", "to do"]


def test_the_page_of_a_project_shows_the_next_step_until_scoring_has_begun(client: Client, project: Project) -> None:
    assert "Next step: Data" in client.get("/projects/study/").text
    [task] = responses(project)
    assert "Next step: People" in client.get("/projects/study/").text
    ana = make_member(project, "ana")
    make_member(project, "ada", "adjudicator")
    assert "Next step: Start" in client.get("/projects/study/").text
    judge(task, ana)
    assert 'id="next-step"' not in client.get("/projects/study/").text


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow_with_the_project(
    client: Client, project: Project, count: int, django_assert_num_queries: Any
) -> None:
    responses(project, count)
    for number in range(count):
        make_member(project, f"ana-{number}")
    with django_assert_num_queries(11):
        client.get("/projects/study/steps/")
