from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rubrics.models import Rubric
from rubrics.versioning import content_of, load
from rubrics.yaml import parse, read, read_bytes
from tests.factories import criterion, make_member, make_project, make_rubric, penalty, rubric_file

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).parents[2] / "fixtures" / "rubrics"
ODD = "no: \"yes\" # 'x'\n\n- a\t   é 漢 🙂"


@pytest.fixture
def lea(client: Client) -> Client:
    client.force_login(make_member(make_project(), "lea", "manager"))
    return client


def file(content: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("rubric.yaml", content)}


@pytest.mark.parametrize("name", ["mmie-sa", "mmie-pbl", "mmie-msr"])
def test_a_downloaded_file_is_the_same_rubric_again(lea: Client, name: str) -> None:
    path = FIXTURES / f"{name}.yaml"
    lea.post("/rubrics/import/", file(path.read_bytes()))
    answer = lea.get(f"/rubrics/{name}/1/file/")
    assert answer["Content-Disposition"] == f'attachment; filename="{name}@1.yaml"'
    assert read_bytes(answer.content) == read(path)
    assert "has this content already" in lea.post("/rubrics/import/", file(answer.content), follow=True).content.decode()
    assert Rubric.objects.filter(slug=name).count() == 1


def test_odd_texts_and_numbers_come_back_as_they_were(lea: Client) -> None:
    criteria = [criterion(key="a", weight=0.125, na="allowed", title="1"), penalty(points=3)]
    content = parse(rubric_file(slug="odd", guidance=ODD, title="true", criteria=criteria, shows_correct_answer=True))
    load(content=content)
    rubric = Rubric.objects.with_content().get(slug="odd")
    assert content_of(rubric) == content
    rubric.project_rubrics.create(project=make_project(slug="other"), category="odd")
    lea.force_login(make_member(rubric.projects.get(), "lea"))
    assert read_bytes(lea.get("/rubrics/odd/1/file/").content) == content


def test_a_refused_file_stands_in_the_field(lea: Client) -> None:
    answer = lea.post("/rubrics/import/", file(b"slug: Own words\ntitle: ''\n"))
    assert answer.status_code == 400
    assert set(answer.context["faults"]) == {"slug", "title", "category", "scale", "criteria"}
    assert "slug: Own words" in answer.content.decode()
    assert Rubric.objects.count() == 1


def test_a_text_is_imported_as_a_file_is(lea: Client) -> None:
    text = (FIXTURES / "mmie-pbl.yaml").read_text()
    assert lea.post("/rubrics/import/", {"content": text})["Location"] == "/rubrics/mmie-pbl/1/"
    assert lea.post("/rubrics/import/", {"content": text.replace("Text quality", "Text")})["Location"] == "/rubrics/mmie-pbl/2/"


NO_RUBRICS = [("a: [", "neither YAML nor JSON"), ("when: 2026-13-45", "neither YAML nor JSON"), ("", "rubric: ")]


@pytest.mark.parametrize(("content", "fault"), NO_RUBRICS)
def test_what_is_no_rubric_is_refused_in_words(lea: Client, content: str, fault: str) -> None:
    answer = lea.post("/rubrics/import/", {"content": content})
    assert (answer.status_code, answer.context["fault"][: len(fault)]) == (400, fault)


def test_nobody_adds_a_version_to_a_rubric_of_others(lea: Client) -> None:
    make_rubric(slug="other")
    for address, body in (("/rubrics/import/", None), ("/api/v1/rubrics/load/", rubric_file(slug="other", title="Mine"))):
        text = {"content": "{slug: other, title: Mine, category: c, scale: {min: 0, max: 1}, "
                "criteria: [{key: a, title: A, levels: {0: x, 1: y}}]}"}  # fmt: skip
        answer = lea.post(address, body, content_type="application/json") if body else lea.post(address, text)
        assert (answer.status_code, Rubric.objects.filter(slug="other").count()) == (400, 1)
    assert lea.get("/rubrics/other/1/file/").status_code == 404


def test_the_api_loads_what_it_gives(lea: Client) -> None:
    content = lea.get("/api/v1/rubrics/small/1/file/").json()
    row = {"slug": "small", "version": 1, "title": "Small", "category": "project-based-learning", "frozen": True}
    newer = row | {"version": 2, "title": "New", "frozen": False, "created": True}
    for body, expected in [(content, row | {"created": False}), (content | {"title": "New"}, newer)]:
        assert lea.post("/api/v1/rubrics/load/", body, content_type="application/json").json() == expected
