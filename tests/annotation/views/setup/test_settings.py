"""The settings of a project, on their page: each says what it changes, and what is fixed says why."""

import pytest
from django.test import Client

from annotation.models import Project
from tests.factories import make_member, make_project, make_rubric, responses

pytestmark = pytest.mark.django_db
PAGE = "/projects/study/settings/"


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    return project


def test_what_is_posted_is_set(client: Client, project: Project) -> None:
    make_rubric(slug="other")
    form = {"title": "The study", "lease_minutes": "30", "seed": "3", "rubrics": ["other@1"]}
    assert "Saved." in client.post(PAGE, form, follow=True).text
    stored = Project.objects.values_list("title", "lease_minutes", "seed", "rubrics__slug")
    assert list(stored) == [("The study", 30, 3, "other")]


def test_with_responses_the_page_says_why_seed_and_rubrics_stay(client: Client, project: Project) -> None:
    responses(project)
    text = client.get(PAGE).text
    assert ('name="seed"' in text, 'name="rubrics"' in text) == (False, False)
    assert "The order of the responses that are there was drawn with it." in text
    client.post(PAGE, {"title": "The study", "lease_minutes": "30", "seed": "3"})
    assert list(Project.objects.values_list("title", "seed")) == [("The study", 0)]


def test_a_fault_is_named_at_its_field_and_what_was_typed_stays(client: Client, project: Project) -> None:
    answer = client.post(PAGE, {"title": "The study", "lease_minutes": "soon", "seed": "3", "rubrics": ["small@1"]})
    assert (answer.status_code, Project.objects.get().title) == (400, "study")
    for part in ('value="The study"', 'value="soon"', 'id="fault-lease_minutes"', '<option value="small@1" selected>'):
        assert part in answer.text
