"""Loading item files: what is stored, what is skipped, and what other tools' files become."""

import json
import re
from pathlib import Path

import pytest

from annotation.flow.load import load_items
from annotation.importers.formats import layout, read_columns
from annotation.models import Assignment, Image, Query, Response
from tests.annotation.flow.load.item_files import rows, stored_files
from tests.factories import block, load, make_project, png, record

pytestmark = pytest.mark.django_db


def test_a_load_makes_queries_references_responses_images_tasks_and_slots(own_images: Path) -> None:
    project = make_project(overlap=2)
    items = [
        record(1, question=[block("Q", "a.png")], references={"1": [block("bad")], "6": {"blocks": [], "profile": {"text": 6}}}),
        record(1, question=[block("Q", "a.png")], model="system-b", answer="plain"),
        record(2, answer=[block(None, "copy.png"), block(None, None)]),
    ]
    report = load(project, items, {"a.png": png("red"), "copy.png": png("red")})
    counts = {"queries": 2, "responses": 3, "references": 2, "images": 1, "tasks": 3, "skipped": 0}
    assert report.as_dict() == counts | {"correct_answers": 0, "possible_duplicates": 0, "rejected": []}
    sha = Image.objects.get().sha256
    assert Query.objects.get(external_id="PBL-0001").blocks == [{"text": "Q", "image": sha}]
    assert Response.objects.get(query__external_id="PBL-0002").blocks == [{"text": None, "image": sha}]
    assert Response.objects.get(system="system-b").blocks == [{"text": "plain", "image": None}]
    assert Assignment.objects.count() == 6
    assert stored_files(own_images) == [f"{sha}.png"]


def test_a_second_load_adds_only_what_is_new() -> None:
    project = make_project()
    load(project, [record(1)])
    before = rows()
    assert load(project, [record(1)]).as_dict()["skipped"] == 1
    assert rows() == before
    report = load(project, [record(1), record(1, model="system-b"), record(1, sample=1)])
    assert (report.queries, report.responses, report.tasks, report.skipped) == (0, 2, 2, 1)


@pytest.mark.parametrize("tool", ["label-studio", "argilla", "csv"])
def test_the_examples_of_the_documentation_load(tmp_path: Path, tool: str) -> None:
    text = (Path(__file__).resolve().parents[4] / "docs" / "loading.md").read_text(encoding="utf-8")
    code = r"(?:(?!```).)*?"
    example = rf"```\n({code})\n\nload_items ({code}--format {tool}.*?)\n```"
    [(content, command)] = re.findall(example, text, re.DOTALL)
    name, columns = command.split()[0], command.partition("--columns")[2].split()
    (tmp_path / name).write_text(content.replace("PBL-1", "1"))
    for image in ("upload/3/a.png", "images/a.png"):
        (tmp_path / image).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / image).write_bytes(png())
    load_items(path=tmp_path / name, project=make_project(), layout=layout(tool, read_columns(columns)))
    response = Response.objects.select_related("query").get()
    assert (response.system, response.query.category) == ("larch-7b", "project-based-learning")
    assert response.blocks == [{"text": "Fold …", "image": None}]
    assert [bool(block["image"]) for block in response.query.blocks] == ([False] if tool == "argilla" else [False, True])


def test_a_dry_run_reports_and_stores_nothing(own_images: Path) -> None:
    project = make_project()
    before = rows()
    report = load(project, [record(1, answer=[block(None, "a.png")])], {"a.png": png()}, dry_run=True)
    assert (report.queries, report.images, report.tasks) == (1, 1, 1)
    assert (rows(), stored_files(own_images)) == (before, [])


def test_metadata_is_kept_and_categories_are_slugs() -> None:
    project = make_project()
    load(project, [record(1, id="X", category="Project-based learning", metadata={"n": [1]}, field="Health")])
    response = Response.objects.select_related("query").get()
    assert (response.metadata, response.query.category, response.query.field) == ({"n": [1]}, "project-based-learning", "Health")
    assert json.dumps(response.blocks) == '[{"text": "Answer 1", "image": null}]'
