"""Managers upload a scorer's scores, read its report and withdraw it by API."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from annotation.flow.check import compare_scorers
from annotation.flow.release import Options, release
from annotation.flow.setup.projects import add_member
from annotation.models import Job, Project, Scorer
from tests.annotation.flow.check.scorer_files import keep
from tests.annotation.flow.jobs.running import again
from tests.factories import judged, make_member, make_project

pytestmark = pytest.mark.django_db
SCORES = b"id,model,score\nPBL-0001,system-a,4\nPBL-0002,system-a,2.5\n"
ADDRESS = "/api/v1/projects/study/scorers/"


@pytest.fixture
def project() -> Project:
    project = make_project()
    judged(project, [[4, 4, 4], [2, 2, 2]])
    return project


@pytest.fixture
def lea(client: Client, project: Project) -> Client:
    client.force_login(make_member(project, "lea", "manager"))
    return client


def upload(client: Client, content: bytes = SCORES, **fields: Any) -> Any:
    file = io.BytesIO(content)
    file.name = "scores.csv"
    return client.post(ADDRESS, {"name": "judge", "file": file, **fields})


def test_an_uploaded_file_is_kept_by_a_job_and_read_with_its_report(lea: Client) -> None:
    answer = upload(lea)
    job = again(Job.objects.get(pk=answer.json()["id"]))
    assert (answer.status_code, answer.json()["kind"], job.state) == (202, "check_scorer", "done")
    [run] = job.report["runs"]
    assert (run["number"], run["new"], run["counts"]["scored"]) == (1, True, 2)
    [row] = lea.get(ADDRESS).json()
    detail = lea.get(f"{ADDRESS}{row['id']}/").json()
    report = detail.pop("report")
    assert detail == row
    assert {key: row[key] for key in ("name", "made_by", "trained_on", "withdrawn")} == {
        "name": "judge",
        "made_by": "lea",
        "trained_on": None,
        "withdrawn": None,
    }
    assert (row["runs"][0]["file"], row["runs"][0]["scale"], row["runs"][0]["counts"]) == ("scores.csv", None, run["counts"])
    assert (report["scored"], report["overall"]["mae"]["value"], report["runs"]) == (2, 0.25, [1])


def test_scale_and_training_are_kept(lea: Client, project: Project, tmp_path: Path) -> None:
    release(project=project, out=tmp_path / "out", options=Options(check_size=1))
    upload(lea, SCORES.replace(b"2.5", b"10"), scale="0:10", trained_on=1)
    [row] = lea.get(ADDRESS).json()
    assert (row["trained_on"], row["runs"][0]["scale"]) == (1, {"low": 0, "high": 10})
    of_release = lea.get(f"{ADDRESS}{row['id']}/?release=1&split=all").json()["report"]
    assert (of_release["release"], of_release["labels"]) == (1, 2)


def test_the_report_is_null_while_there_are_no_labels(client: Client) -> None:
    project = make_project()
    judged(project, [[4, 4, None], [2, None, None]])
    client.force_login(make_member(project, "lea", "manager"))
    upload(client)
    assert client.get(f"{ADDRESS}{Scorer.objects.get().pk}/").json()["report"] is None


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": ""}, "name: required"),
        ({"scale": "10"}, 'scale: expected the lowest and the highest value, as in 0:10, not "10"'),
        ({"trained_on": "one"}, 'trained_on: expected the number of a release, not "one"'),
        ({"file": ""}, "file: expected a file"),
    ],
)
def test_what_a_worker_would_refuse_unread_is_refused_at_once(lea: Client, fields: dict[str, Any], told: str) -> None:
    answer = upload(lea, **fields)
    assert (answer.status_code, answer.json()["detail"], Job.objects.count()) == (400, told, 0)


def test_faults_of_the_file_are_in_the_jobs_report(lea: Client) -> None:
    job = again(Job.objects.get(pk=upload(lea, SCORES + b",system-a,4\n").json()["id"]))
    error = '`""`: expected a text that is not empty'
    report = {
        "rejected": [{"record": 3, "field": "id", "error": error}],
        "kinds": [{"field": "id", "error": error, "count": 1, "first": 3}],
    }
    assert (job.state, job.report, Scorer.objects.count()) == ("refused", report, 0)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("split=dev", "split: expected one of check, train, test, all"),
        ("release=x", "release: expected the number of a release"),
        ("release=9", "release: study has no release 9"),
    ],
)
def test_an_unknown_split_or_release_is_refused(lea: Client, query: str, told: str) -> None:
    upload(lea)
    answer = lea.get(f"{ADDRESS}{Scorer.objects.get().pk}/?{query}")
    assert (answer.status_code, answer.json()["detail"]) == (400, told)


def test_a_scorer_is_withdrawn_once(lea: Client) -> None:
    upload(lea)
    address = f"{ADDRESS}{Scorer.objects.get().pk}/withdraw/"
    answers = [lea.post(address, body, "application/json") for body in ({}, {"reason": "Wrong."}, {"reason": "Wrong."})]
    assert [answer.status_code for answer in answers] == [400, 200, 409]
    withdrawn = answers[1].json()["withdrawn"]
    assert (withdrawn["by"], withdrawn["reason"]) == ("lea", "Wrong.")
    assert lea.get(ADDRESS).json()[0]["withdrawn"] == withdrawn


def test_another_projects_scorer_is_not_found(lea: Client) -> None:
    upload(lea)
    elsewhere = make_project(slug="elsewhere", rubrics=["small"])
    add_member(username="lea", project=elsewhere, role="manager")
    assert lea.get(f"/api/v1/projects/elsewhere/scorers/{Scorer.objects.get().pk}/").status_code == 404


def test_scorers_are_compared_by_their_numbers(lea: Client, project: Project) -> None:
    first, second = (keep(project, (1, 4), (2, score), scorer=name).scorer for name, score in (("a", 2), ("b", 3)))
    answer = lea.get(f"{ADDRESS}compare/", {"scorer": [first.pk, second.pk]})
    assert answer.json() == compare_scorers(project, [first, second])
    refused = lea.get(f"{ADDRESS}compare/", {"scorer": [first.pk, second.pk + 1]})
    assert (refused.status_code, "expected the number of a scorer" in refused.text) == (400, True)
