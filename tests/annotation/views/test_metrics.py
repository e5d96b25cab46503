import shutil
from typing import Any

import pytest
from django.test import Client

from annotation.flow import score
from annotation.models import Job, Project, User
from annotation.views import metrics
from tests.factories import judged, load, make_project, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    project = make_project()
    judged(project, [[4], [2]], names=("ana",))
    load(project, [record(3)])
    assert score.claim(project=project, by=User.objects.get(username="ana"))
    Job.objects.create(project=project, kind=Job.Kind.RELEASE)
    return project


def test_without_a_token_in_the_settings_there_is_no_such_page(client: Client, project: Project, settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    answers = [client.get("/metrics", headers=headers) for headers in ({}, {"Authorization": "Bearer "})]
    assert [(answer.status_code, b"sixpoint_jobs" in answer.content) for answer in answers] == [(404, False), (404, False)]


@pytest.mark.parametrize("sent", ["", "secret", "Bearer other", "Token secret"])
def test_another_token_gets_nothing(client: Client, project: Project, settings: Any, sent: str) -> None:
    settings.METRICS_TOKEN = "secret"
    answer = client.get("/metrics", headers={"Authorization": sent})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.text == "METRICS_TOKEN is expected as a bearer token"


def test_the_work_is_counted_and_nobody_named(client: Client, project: Project, settings: Any, tmp_path: Any) -> None:
    settings.METRICS_TOKEN, settings.METRICS_DIR = "secret", tmp_path
    answer = client.get("/metrics", headers={"Authorization": "Bearer secret"})
    lines = [line for line in answer.text.splitlines() if line.startswith("sixpoint_")]
    values = dict(line.rsplit(" ", 1) for line in lines)
    waited, room = values.pop("sixpoint_oldest_waiting_job_seconds"), values.pop("sixpoint_disk_free_bytes")
    assert values == {
        'sixpoint_jobs{state="waiting"}': "1.0",
        'sixpoint_jobs{state="under_way"}': "0.0",
        'sixpoint_jobs{state="lost"}': "0.0",
        "sixpoint_annotations": "2.0",
        "sixpoint_assignments_held": "1.0",
    }
    assert 0 < float(waited) < 60
    assert float(room) == pytest.approx(shutil.disk_usage(settings.DATA_DIR).free, rel=0.1)
    assert "ana" not in answer.text.replace("annotat", "")


def test_with_nothing_waiting_the_oldest_job_waits_for_no_time() -> None:
    samples = {sample.name: sample.value for family in metrics.Work().collect() for sample in family.samples}
    assert samples["sixpoint_oldest_waiting_job_seconds"] == 0
