"""A manager who may create projects copies one on a page; with its data, a job does that part."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from annotation.models import Job, Project, Query
from tests.factories import make_member, make_project, responses

pytestmark = pytest.mark.django_db
PAGE = "/projects/study/copy/"


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    responses(project, 2)
    lea = make_member(project, "lea", "manager")
    lea.user_permissions.add(Permission.objects.get(codename="add_project", content_type__app_label="annotation"))
    client.force_login(lea)
    return project


def test_a_copy_without_data_leads_to_its_steps(client: Client, project: Project) -> None:
    assert f'href="{PAGE}"' in client.get("/projects/study/settings/").text
    answer = client.post(PAGE, {"title": "Second study", "slug": ""})
    assert (answer.status_code, answer["Location"]) == (302, "/projects/second-study/steps/")
    assert not Query.objects.filter(project__slug="second-study").exists()


def test_with_data_the_job_is_shown(client: Client, project: Project) -> None:
    answer = client.post(PAGE, {"title": "Second study", "slug": "two", "data": "on"})
    job = Job.objects.get(kind="copy_data")
    assert (answer["Location"], job.state, job.project.slug) == (f"/jobs/{job.pk}/", "done", "two")
    assert Query.objects.filter(project__slug="two").count() == 2


def test_a_taken_name_is_told_and_what_was_typed_stays(client: Client, project: Project) -> None:
    answer = client.post(PAGE, {"title": "Again", "slug": "study", "data": "on"})
    assert (answer.status_code, Project.objects.count()) == (400, 1)
    for part in ('value="Again"', 'value="study"', 'name="data" checked', 'id="fault-slug"'):
        assert part in answer.text


def test_a_manager_who_may_not_create_projects_copies_none(client: Client, project: Project) -> None:
    client.force_login(make_member(project, "max", "manager"))
    assert f'href="{PAGE}"' not in client.get("/projects/study/settings/").text
    assert (client.get(PAGE).status_code, client.post(PAGE, {"title": "Again"}).status_code) == (403, 403)
    assert Project.objects.count() == 1
