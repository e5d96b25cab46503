"""Uploads by page and by API: a job loads them, with the messages of the command."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotation.models import Image, Job, Project, Query, Response, Task
from rubrics.versioning import load
from rubrics.yaml import read
from tests.factories import load as factory_load
from tests.factories import make_member, make_project, record
from tests.markup import compact

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
BAD = ROOT / "fixtures" / "bad"
MESSAGES: dict[str, str] = json.loads((BAD / "messages.json").read_text(encoding="utf-8"))


@pytest.fixture
def project() -> Project:
    rubrics = [load(content=read(path))[0].name for path in sorted((ROOT / "fixtures" / "rubrics").glob("mmie-*.yaml"))]
    return make_project(rubrics=rubrics)


@pytest.fixture
def lea(project: Project, client: Client) -> Client:
    client.force_login(make_member(project, "lea", "manager"))
    return client


ROW = re.compile(r'<th scope="row" class="n">(\d+)</th><td><code>(.*?)</code></td><td dir="auto">(.*?)</td>')
FAULT = re.compile(r'<p(?: class="faults"| id="fault")>(.*?)</p>')


def upload(name: str, content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (BAD / name).read_bytes() if content is None else content)


def everything(folder: Path) -> list[Any]:
    rows = [model.objects.count() for model in (Query, Response, Image, Task)]
    return [*rows, sorted(str(path) for path in folder.rglob("*") if path.is_file())]


def job_message(state: dict[str, Any], name: str) -> str:
    """The message of a job in the form of the command's."""
    [rejected] = (state["report"] or {}).get("rejected") or [None]
    if rejected is None:
        return str(state["message"])
    file = name + (": " + MESSAGES[name].split(": ")[1] if name.endswith(".zip") else "")
    return f"{file}: record {rejected['record']}, {rejected['field']}: {rejected['error']}"


@pytest.mark.parametrize("name", MESSAGES)
def test_a_bad_file_is_refused_by_the_api_as_by_the_command(name: str, lea: Client, own_images: Path) -> None:
    answer = lea.post("/api/v1/projects/study/items/", {"file": upload(name)})
    if answer.status_code == 400:
        message = answer.json()["detail"]
    else:
        job = lea.get(f"/api/v1/jobs/{answer.json()['id']}/").json()
        assert (answer.status_code, job["state"]) == (202, "refused")
        message = job_message(job, name)
    assert message == MESSAGES[name]
    assert everything(own_images) == [0, 0, 0, 0, []]


@pytest.mark.parametrize("name", MESSAGES)
def test_a_bad_file_is_refused_on_the_page_as_by_the_command(name: str, lea: Client, own_images: Path) -> None:
    answer = lea.post("/projects/study/material/", {"file": upload(name), "kind": "items", "format": "sixpoint"}, follow=True)
    page = compact(answer.content.decode())
    if ": record " in MESSAGES[name]:
        [row] = ROW.findall(page)
        message = "record {}, {}: {}".format(*map(html.unescape, row))
    else:
        [fault] = FAULT.findall(page)
        message = html.unescape(fault)
    assert message == MESSAGES[name][MESSAGES[name].index(": record ") + 2 if ": record " in MESSAGES[name] else 0 :]
    assert answer.status_code == (400 if name == "called-txt.txt" else 200)
    assert everything(own_images) == [0, 0, 0, 0, []]


ADVICE = "The file was refused whole; nothing was stored. Images belong in a .zip, together with the file that names them."


def test_who_sends_a_file_alone_is_told_where_its_images_belong(lea: Client) -> None:
    for name in ("missing-image.json", "a-folder.zip", "absolute-path.json"):
        answer = lea.post("/api/v1/projects/study/items/", {"file": upload(name)})
        job = lea.get(f"/api/v1/jobs/{answer.json()['id']}/").json()
        page = compact(lea.get(f"/jobs/{job['id']}/").content.decode())
        expected = ADVICE if name == "missing-image.json" else ADVICE.partition(" Images")[0]
        assert (job["message"], FAULT.findall(page)) == (expected, [expected])


def test_a_refused_job_leads_back_to_the_page_on_which_it_was_started(lea: Client) -> None:
    """And stands under that page in the navigation."""
    bad = {"file": SimpleUploadedFile("a.csv", b"id,rating\n1,2\n"), "name": "judge", "kind": "scores"}
    for address, title in (("/projects/study/material/", "Import"), ("/projects/study/scorers/", "Scorers")):
        bad["file"].seek(0)
        page = compact(lea.post(address, bad, follow=True).content.decode())
        assert f'<p class="quiet"><a href="{address}">{title}</a></p>' in page
        assert f'<a class="do" href="{address}#file">Upload another file</a>' in page
        assert re.findall(r'<a href="([^"]+)" aria-current="true">', page)[-1] == address
        assert 'id="file"' in lea.get(address).content.decode()
    good = {"file": upload("items.json", json.dumps([record(1)]).encode()), "kind": "items"}
    assert "Upload another file" not in lea.post("/projects/study/material/", good, follow=True).content.decode()


def test_a_finished_import_offers_the_next_step_of_the_set_up(lea: Client) -> None:
    good = {"file": upload("items.json", json.dumps([record(1)]).encode()), "kind": "items"}
    checked = lea.post("/projects/study/material/", good | {"dry_run": "on"}, follow=True).text
    good["file"].seek(0)
    page = lea.post("/projects/study/material/", good, follow=True).text
    assert ("Next step" in checked, "Next step: People" in page) == (False, True)
    assert '<a class="do" href="/projects/study/members/invitations/">Invite people by a link</a>' in page


def test_a_good_file_is_loaded_and_its_upload_is_not_kept(lea: Client, own_images: Path) -> None:
    content = json.dumps([record(1), record(2)]).encode()
    answer = lea.post("/api/v1/projects/study/items/", {"file": upload("items.json", content)})
    job = lea.get(f"/api/v1/jobs/{answer.json()['id']}/").json()
    counts = {"queries": 2, "responses": 2, "references": 0, "images": 0, "tasks": 2, "skipped": 0}
    counts |= {"correct_answers": 0, "possible_duplicates": 0, "rejected": []}
    assert (job["state"], job["report"]) == ("done", counts)
    assert everything(own_images) == [2, 2, 0, 2, []]


@pytest.mark.parametrize("word", ["true", "True", "on", "1", "yes"])
def test_a_dry_run_reports_and_stores_nothing(lea: Client, own_images: Path, word: str) -> None:
    content = json.dumps([record(1)]).encode()
    answer = lea.post("/api/v1/projects/study/items/", {"file": upload("items.json", content), "dry_run": word})
    job = lea.get(f"/api/v1/jobs/{answer.json()['id']}/").json()
    assert (job["state"], job["report"]["queries"]) == ("done", 1)
    assert everything(own_images) == [0, 0, 0, 0, []]


def test_another_tools_file_is_read_by_its_columns(lea: Client) -> None:
    content = b"nr,prompt,said,by\n1,How?,So.,m\n"
    columns = "id=nr\nquestion=prompt\nanswer=said\nmodel=by\ncategory=nr"
    form = {"file": upload("items.csv", content), "format": "csv", "columns": columns}
    answer = lea.post("/api/v1/projects/study/items/", form)
    job = lea.get(f"/api/v1/jobs/{answer.json()['id']}/").json()
    assert job["report"]["rejected"] == [
        {
            "record": 1,
            "field": "category",
            "error": "`1`: is none of the project's: expected multi-step-reasoning, project-based-learning, situational-analysis",
        }
    ]


@pytest.mark.parametrize(
    ("form", "detail"),
    [
        ({}, "file: expected a file"),
        ({"file": ("items.json", b"[]"), "dry_run": "maybe"}, "dry_run: expected true or false"),
        ({"file": ("items.csv", b""), "format": "excel"}, "format: expected one of sixpoint, label-studio, argilla, csv"),
        (
            {"file": ("items.csv", b""), "format": "csv", "columns": "question"},
            "columns: expected a line each, such as question=prompt,image:picture, not 'question'",
        ),
        (
            {"file": ("items.csv", b""), "format": "csv", "columns": "prompt=question"},
            "columns: prompt is unknown; expected id, model, category, field, subfield, language, source, question, "
            "answer, gt_answer, sample, metadata, references.LEVEL",
        ),
        (
            {"file": ("items.csv", b""), "format": "csv", "columns": "id=a\0"},
            "columns: expected a line each, such as question=prompt,image:picture, not 'id=a\\x00'",
        ),
        ({"file": ("items.json", b"[]"), "columns": "id=nr"}, "columns: Sixpoint's own format has none to choose"),
    ],
)
def test_a_form_that_is_not_valid_is_refused_before_a_job_is_made(lea: Client, form: dict[str, Any], detail: str) -> None:
    if "file" in form:
        form = form | {"file": SimpleUploadedFile(*form["file"])}
    answer = lea.post("/api/v1/projects/study/items/", form)
    assert (answer.status_code, answer.json()["detail"]) == (400, detail)
    assert Job.objects.count() == 0


def test_a_call_without_a_form_is_refused_with_what_is_expected(lea: Client) -> None:
    answer = lea.post("/api/v1/projects/study/items/")
    assert (answer.status_code, answer.json()["detail"]) == (400, "file: expected a file")


def test_more_than_the_limit_is_refused_before_it_is_stored(lea: Client, settings: Any, own_images: Path) -> None:
    settings.MAX_UPLOAD_MB = 1
    content = b" " * 2 * 1024 * 1024
    page = lea.post("/projects/study/material/", {"file": upload("items.json", content)})
    answer = lea.post("/api/v1/projects/study/items/", {"file": upload("items.json", content)})
    assert (page.status_code, FAULT_OF_400.findall(compact(page.content.decode()))) == (413, ["file: expected at most 1 MB"])
    assert (answer.status_code, answer.json()) == (413, {"detail": "file: expected at most 1 MB"})
    assert (Job.objects.count(), everything(own_images)) == (0, [0, 0, 0, 0, []])


FAULT_OF_400 = re.compile(r"</h1><p>(.*?)</p>")


def test_no_upload_is_accepted_from_a_visitor(client: Client) -> None:
    form = {"login": "x", "password": "y", "file": upload("a.json", b" " * 100_000)}
    assert client.post("/accounts/login/", form).status_code == 413


def test_large_uploads_are_accepted_from_managers_of_the_project_alone(project: Project) -> None:
    client = Client(enforce_csrf_checks=True)  # which reads a form before any view does
    client.force_login(make_member(project, "ana"))
    client.get("/")
    form = {"file": ("items.json", b" " * 100_000)}
    answers = [
        client.post(address, {"file": SimpleUploadedFile(*form["file"])}).status_code
        for address in ("/projects/study/material/", "/projects/none/material/", "/accounts/password/")
    ]
    assert answers == [413, 413, 413]


def test_large_rubric_files_are_accepted_from_those_who_may_write_rubrics(project: Project) -> None:
    client, answers = Client(enforce_csrf_checks=True), []
    for who, role in (("ana", "annotator"), ("max", "manager")):
        client.force_login(make_member(project, who, role))
        client.get("/")
        for address in ("/rubrics/import/", "/rubrics/new/"):
            answers.append(client.post(address, {"file": upload("a.zip", b" " * 100_000)}).status_code)
    assert answers == [413, 413, 403, 403]  # without its token a form is refused, but it was read


def test_a_file_name_that_is_too_long_is_refused(lea: Client) -> None:
    answer = lea.post("/api/v1/projects/study/scores/", {"file": upload("x." + "y" * 240, b"id")})
    assert (answer.status_code, answer.json()["detail"]) == (400, "file: expected a file")


def test_scores_are_imported_by_page_and_api_as_by_the_command(lea: Client, project: Project) -> None:
    lea.post("/api/v1/projects/study/items/", {"file": upload("items.json", json.dumps([record(1)]).encode())})
    keys = ["text_quality", "image_quality", "text_image_coherence", "method_quality", "creativity", "stylistic_consistency"]
    lines = ["id,model,annotator,criterion,score"]
    lines += [f"PBL-0001,system-a,uma,{key},{'' if 'image' in key else 4}" for key in keys]
    content = "\n".join(lines).encode()
    answer = lea.post("/api/v1/projects/study/scores/", {"file": upload("scores.csv", content)})
    job = lea.get(f"/api/v1/jobs/{answer.json()['id']}/").json()
    counts = {"annotations": 1, "scores": 6, "annotators": 1, "slots": 0, "skipped": 0, "not_first": 0}
    counts |= {"rejected": [], "warnings": []}
    assert (job["kind"], job["state"], job["report"]) == ("load_scores", "done", counts)
    page = lea.post("/projects/study/material/", {"file": upload("scores.csv", content), "kind": "scores"}, follow=True)
    assert "<dt>already there</dt><dd>1</dd>" in page.content.decode()
    refused = lea.post("/projects/study/material/", {"file": upload("scores.zip", content), "kind": "scores"})
    assert FAULT.findall(compact(refused.content.decode())) == ["scores.zip: expected a file named .csv, .tsv or .jsonl"]


def test_a_copied_column_is_told_on_the_page_of_the_job(client: Client) -> None:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    factory_load(project, [record(number) for number in range(1, 31)])
    lines = [
        f"PBL-{number:04},system-a,{name},{criterion},{score}"
        for number in range(1, 31)
        for name in ("uma", "vik")
        for criterion, score in (("text", 1 + number % 6), ("images", "na"))
    ]
    content = "\n".join(["id,model,annotator,criterion,score", *lines]).encode()
    page = client.post("/projects/study/material/", {"file": upload("scores.csv", content), "kind": "scores"}, follow=True)
    text = page.content.decode()
    assert "uma and vik gave the same score in 100 % of 30 cases (small@1)." in text
    href = "/projects/study/responses/?rubric=small%401&criterion=*&annotator=uma&annotator=vik"
    assert f'<a href="{html.escape(href)}">Compare their ratings</a>' in text
    assert "<dt>warnings</dt>" not in text


def test_a_job_that_has_ended_is_neither_cancelled_nor_tried_again(lea: Client) -> None:
    answer = lea.post("/api/v1/projects/study/items/", {"file": upload("items.json", b"[]")})
    for call, detail in (
        ("cancel", "It has ended, or was asked to stop already."),
        ("retry", "It is under way, or done."),
    ):
        again = lea.post(f"/api/v1/jobs/{answer.json()['id']}/{call}/")
        assert (again.status_code, again.json()) == (409, {"detail": detail})
