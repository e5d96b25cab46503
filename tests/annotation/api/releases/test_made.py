"""Releases by API: listed, made, read, retracted, downloaded."""

import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from annotation.flow.jobs import queue
from annotation.flow.release import retract
from annotation.models import Download, Job, Project, Release
from tests.factories import make_member, make_project

pytestmark = pytest.mark.django_db
RELEASES = "/api/v1/projects/study/releases/"


def post(client: Client, address: str, body: Any) -> Any:
    return client.post(address, body, content_type="application/json")


def test_the_list_has_what_each_release_is(lea: Client, made: Release) -> None:
    [row] = lea.get(RELEASES).json()
    assert row.pop("made_at")
    assert row == {
        "version": 1,
        "made_by": "lea",
        "counts": made.manifest["counts"],
        "split": {"train": 1, "check": 1, "test": 0},
        "stored": True,
        "retracted": None,
    }


def test_one_release_has_its_manifest_files_and_downloads(lea: Client, made: Release) -> None:
    content = lea.get(f"{RELEASES}1/").json()
    assert content["manifest"] == {key: value for key, value in made.manifest.items() if key not in ("files", "left_out")}
    assert content["files"] == [
        {"name": name, "size": made.files.sizes[name], "sha256": digest}
        for name, digest in sorted(made.manifest["files"].items())
    ]
    assert content["downloads"] == []


def test_a_release_is_made_by_a_job_that_tells_its_number(lea: Client) -> None:
    answer = post(lea, RELEASES, {"check_size": "50%", "seed": 3})
    job = Job.objects.get()
    assert (answer.status_code, answer.json()["id"], answer.json()["kind"]) == (202, job.pk, "release")
    assert lea.get(f"/api/v1/jobs/{job.pk}/").json()["report"] == {
        "release": 1,
        "released": 2,
        "split": {"train": 1, "check": 1, "test": 0},
    }
    assert Release.objects.get().seed == 3


@pytest.mark.parametrize(
    ("body", "fields"), [({"check_size": "much"}, ["check_size"]), ({"colour": 1}, ["colour"]), ([1], ["options"])]
)
def test_options_that_cannot_be_read_are_refused_and_nothing_is_queued(lea: Client, body: Any, fields: list[str]) -> None:
    answer = post(lea, RELEASES, body)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, fields)
    assert Job.objects.count() == 0


def test_a_release_that_cannot_be_made_is_refused_by_its_job(lea: Client) -> None:
    post(lea, RELEASES, {"check_size": 2})
    assert (Job.objects.get().state, Release.objects.count()) == ("refused", 0)


@pytest.mark.parametrize("accept", ["*/*", "application/zip", "application/json"])
def test_a_download_is_a_zip_whatever_is_accepted_and_is_recorded(lea: Client, made: Release, accept: str) -> None:
    answer: Any = lea.get(f"{RELEASES}1/download/", headers={"accept": accept})
    content = b"".join(answer.streaming_content)
    assert (answer["Content-Type"], answer["Content-Length"]) == ("application/zip", str(len(content)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
    assert list(Download.objects.values_list("release", "by__username")) == [(made.pk, "lea")]
    assert [row["by"] for row in lea.get(f"{RELEASES}1/").json()["downloads"]] == ["lea"]


def test_a_retraction_is_told_everywhere(lea: Client, made: Release) -> None:
    assert post(lea, f"{RELEASES}1/retract/", {}).json()["fields"] == {"reason": "Say why you retract it."}
    answer = post(lea, f"{RELEASES}1/retract/", {"reason": "Wrong."})
    told = {"by": "lea", "reason": "Wrong."}
    for content in (answer.json(), lea.get(f"{RELEASES}1/").json(), lea.get(RELEASES).json()[0]):
        assert {key: content["retracted"][key] for key in told} == told
    assert post(lea, f"{RELEASES}1/retract/", {"reason": "Again."}).status_code == 409
    download: Any = lea.get(f"{RELEASES}1/download/")
    assert b"RETRACTED.txt" in b"".join(download.streaming_content)
    assert "X-Release-Retracted" in download


@pytest.mark.parametrize("role", ["annotator", "adjudicator", "elsewhere"])
def test_nobody_else_learns_of_releases_or_makes_one(client: Client, project: Project, made: Release, role: str) -> None:
    retract(release=made, reason="secret")
    of = make_project(slug="elsewhere", rubrics=["small@1"]) if role == "elsewhere" else project
    client.force_login(make_member(of, "sly", "manager" if role == "elsewhere" else role))
    jobs = Job.objects.count()
    answers = [client.get(RELEASES), client.get(f"{RELEASES}1/"), client.get(f"{RELEASES}1/labels/")]
    answers += [client.get(f"{RELEASES}1/download/"), post(client, RELEASES, {}), post(client, f"{RELEASES}1/retract/", {})]
    assert [answer.status_code for answer in answers] == [404] * 6
    assert all(b"secret" not in answer.content for answer in answers)
    assert (Job.objects.count(), Download.objects.count()) == (jobs, 0)


def test_a_job_of_a_release_can_be_cancelled(lea: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "run_later", lambda job: None)
    job = post(lea, RELEASES, {}).json()["id"]
    assert post(lea, f"/api/v1/jobs/{job}/cancel/", {}).json()["state"] == "cancelled"
