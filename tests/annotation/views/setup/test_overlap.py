"""The annotators per response are previewed and changed on a page; a job does it."""

import pytest
from django.test import Client

from annotation.models import Assignment, Job, Project
from tests.factories import make_member, make_project, responses

pytestmark = pytest.mark.django_db
PAGE = "/projects/study/overlap/"
FORM = {"overlap": "2", "larger_share": "0", "larger_overlap": ""}


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project(overlap=1)
    responses(project, 2)
    client.force_login(make_member(project, "lea", "manager"))
    return project


def test_a_preview_counts_and_changes_nothing(client: Client, project: Project) -> None:
    text = client.post(PAGE, FORM | {"preview": "1"}).text
    assert "<dt>slots to add</dt><dd>2</dd>" in text
    assert 'value="2"' in text
    assert (Project.objects.get().overlap, Job.objects.count()) == (1, 0)


def test_what_is_posted_is_done_by_a_job(client: Client, project: Project) -> None:
    answer = client.post(PAGE, FORM | {"larger_share": "100 %", "larger_overlap": "3"})
    job = Job.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/jobs/{job.pk}/")
    assert (job.kind, job.options["overlap"]) == ("set_overlap", {"overlap": 2, "larger_share": 1.0, "larger_overlap": 3})
    assert (job.state, job.report) == ("done", {"slots_added": 4, "slots_withdrawn": 0, "kept": 0})
    assert Assignment.objects.count() == 6
    assert "added slots" in client.get(f"/jobs/{job.pk}/").text


def test_a_fault_is_named_and_what_was_typed_stays(client: Client, project: Project) -> None:
    answer = client.post(PAGE, {"overlap": "none", "larger_share": "many", "larger_overlap": ""})
    assert (answer.status_code, Job.objects.count()) == (400, 0)
    for part in ('value="none"', 'value="many"', 'id="fault-overlap"', 'id="fault-larger_share"'):
        assert part in answer.text
