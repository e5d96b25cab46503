"""The table of a project's pages: who finds what, in which order, and that each is a page that they may open."""

import pytest
from django.test import Client
from django.urls import reverse

from annotation.pages import PAGES, groups
from tests.factories import make_member, make_project


def test_a_lead_finds_the_groups_in_the_order_of_a_study() -> None:
    assert [str(group[0].group) for group in groups("manager")] == [
        "Project", "Data", "People", "Rubrics", "Scoring", "Agreement", "Disputes", "Releases", "Scorers", "Results",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        ("annotator", ["Overview", "Score", "My work"]),
        ("adjudicator", ["Overview", "Adjudication", "Cases", "Lessons"]),
        ("expert", ["Overview", "Reference answers"]),
    ],
)
def test_those_who_score_and_decide_find_their_own_few(role: str, titles: list[str]) -> None:
    assert [str(page.title) for group in groups(role) for page in group] == titles


def test_several_roles_have_the_pages_of_each_once() -> None:
    both = [page.name for group in groups("annotator", "expert") for page in group]
    assert both == ["project", "annotate", "mine", "references"]
    of_lead = [page.name for group in groups("manager") for page in group]
    assert [page.name for group in groups("manager", "adjudicator") for page in group] == [*of_lead, "adjudication"]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["annotator", "adjudicator", "expert", "manager"])
def test_each_page_of_a_role_opens_for_it_and_has_the_navigation(client: Client, role: str) -> None:
    project = make_project()
    client.force_login(make_member(project, "lea", role))
    pages = [page for page in PAGES if role in page.roles]
    answers = {page.name: client.get(reverse(page.name, args=[project.slug] if page.of_project else [])) for page in pages}
    assert {name: answer.status_code for name, answer in answers.items()} == {page.name: 200 for page in pages}
    without = {name for name, answer in answers.items() if b'class="place"' not in answer.content}
    assert without == {"rubrics:list"} & set(answers)  # it is of no single project
