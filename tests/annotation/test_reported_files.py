"""Each file of fixtures/reported through the command, the API and the page: all three say the same."""

import html
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from annotation.models import Annotation, Project, Query, Revision
from rubrics.versioning import load
from rubrics.yaml import read
from tests.annotation.flow.load.score_files import take
from tests.factories import criterion, make_member, make_project, make_rubric, record
from tests.factories import load as load_items
from tests.markup import compact

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
REPORTED = ROOT / "fixtures" / "reported"
EXPECTED: dict[str, dict[str, Any]] = json.loads((REPORTED / "expected.json").read_text(encoding="utf-8"))
COMMANDS = {"items": "load_items", "scores": "load_scores", "scorer": "check_scorer"}
ADDRESSES = {"items": "items", "scores": "scores", "scorer": "scorers"}
ROW = re.compile(r'<th scope="row" class="n">(\d+)</th><td><code>(.*?)</code></td><td dir="auto">(.*?)</td>')
COUNT = re.compile(r"<dt>(.*?)</dt><dd>(\d+)</dd>")
WORDS = {"annotations": "judgements"}


@pytest.fixture
def project(request: pytest.FixtureRequest, own_images: Path) -> Project:
    """For items MMIE's three rubrics; for scores one criterion and two responses, the first of which has a label."""
    kind = EXPECTED[request.node.callspec.params["name"]]["kind"]
    if kind == "items":
        paths = sorted((ROOT / "fixtures" / "rubrics").glob("mmie-*.yaml"))
        return make_project(rubrics=[load(content=read(path))[0].name for path in paths])
    project = make_project(rubrics=[make_rubric(criteria=[criterion(key="text")]).name], overlap=1)
    load_items(project, [record(1, id=name, model="m", category="project-based-learning") for name in ("PBL-1", "0301096")])
    if kind == "scorer":
        take(project, b"id,model,annotator,criterion,score\nPBL-1,m,uma,text,4\n")
    return project


@pytest.fixture
def lea(project: Project, client: Client) -> Client:
    client.force_login(make_member(project, "lea", "manager"))
    return client


def upload(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (REPORTED / name).read_bytes())


def as_lines(rejected: list[dict[str, Any]]) -> list[str]:
    return [f"record {one['record']}, {one['field']}: {one['error']}" for one in rejected]


def stored(kind: str) -> int:
    return Query.objects.count() if kind == "items" else Annotation.objects.count()


def part_of(counts: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    return {key: counts.get(key) for key in expected["counts"]}


def test_every_file_is_there() -> None:
    others = {"make.py", "expected.json"}
    assert sorted(EXPECTED) == sorted(path.name for path in REPORTED.iterdir() if path.is_file() and path.name not in others)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_by_command(name: str, project: Project) -> None:
    expected, out, err, before = EXPECTED[name], io.StringIO(), io.StringIO(), stored(EXPECTED[name]["kind"])
    options = {key: value.splitlines() if key == "columns" else value for key, value in expected["form"].items()}
    told = ""
    try:
        command = COMMANDS[expected["kind"]]
        call_command(command, str(REPORTED / name), project="study", json=True, stdout=out, stderr=err, **options)
    except CommandError as error:
        told = str(error)
    report = json.loads(out.getvalue())
    if "faults" in expected:
        assert as_lines(report["rejected"]) == expected["faults"]
        file = f"{name}: items.json" if name.endswith(".zip") else name
        lines = [expected["told"]] if "told" in expected else expected["faults"]
        assert told.splitlines() == [f"{file}: {line}" for line in lines]
        assert stored(expected["kind"]) == before
    else:
        assert (told, part_of(report, expected)) == ("", expected["counts"])
        assert report.get("spellings") == expected.get("spellings")


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_by_api(name: str, lea: Client) -> None:
    expected, before = EXPECTED[name], stored(EXPECTED[name]["kind"])
    form = {"file": upload(name), **expected["form"]} | ({"name": "judge"} if expected["kind"] == "scorer" else {})
    answer = lea.post(f"/api/v1/projects/study/{ADDRESSES[expected['kind']]}/", form)
    job = lea.get(f"/api/v1/jobs/{answer.json()['id']}/").json()
    if "faults" in expected:
        assert (job["state"], as_lines(job["report"]["rejected"])) == ("refused", expected["faults"])
        assert stored(expected["kind"]) == before
    else:
        counts = job["report"]["runs"][0]["counts"] if expected["kind"] == "scorer" else job["report"]
        assert (job["state"], part_of(counts, expected)) == ("done", expected["counts"])
        assert job["report"].get("spellings") == expected.get("spellings")


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_by_page(name: str, lea: Client) -> None:
    expected, kind = EXPECTED[name], EXPECTED[name]["kind"]
    address = "/projects/study/scorers/" if kind == "scorer" else "/projects/study/material/"
    more = {"name": "judge"} if kind == "scorer" else {"kind": kind}
    answer = lea.post(address, {"file": upload(name), **more, **expected["form"]}, follow=True)
    page = compact(answer.content.decode())
    rows = ["record {}, {}: {}".format(*map(html.unescape, row)) for row in ROW.findall(page)]
    assert (answer.status_code, rows) == (200, expected.get("faults", []))
    counts = {key: int(value) for key, value in COUNT.findall(page)}
    if kind != "scorer" and "counts" in expected:
        assert {key: counts.get(WORDS.get(key, key)) for key in expected["counts"]} == expected["counts"]
    assert ("Errors of one kind" in page) == ("told" in expected)
    assert ("are one annotator" in page) == ("spellings" in expected)


@pytest.mark.parametrize("name", ["scores-with-a-zone.csv"])
def test_times_without_a_zone_are_in_that_of_the_option(name: str, project: Project) -> None:
    call_command("load_scores", str(REPORTED / name), project="study", time_zone="Asia/Shanghai", stderr=io.StringIO())
    times = Revision.objects.order_by("annotation__annotator__username").values_list("submitted_at", flat=True)
    assert [time.isoformat() for time in times] == ["2026-04-01T01:30:00.500000+00:00", "2026-04-01T09:30:00+00:00"]
