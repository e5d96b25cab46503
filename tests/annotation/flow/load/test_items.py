import json
import re
from pathlib import Path
from typing import Any

import pytest

from annotation.errors import Refused, Rejected
from annotation.flow.load import load_items
from annotation.importers.formats import layout, read_columns
from annotation.models import Assignment, Image, Query, ReferenceRevision, Response, Task
from tests.factories import block, load, make_project, png, record

pytestmark = pytest.mark.django_db


def stored_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def rows() -> int:
    return sum(model.objects.count() for model in (Query, Response, Image, ReferenceRevision, Task, Assignment))


def test_a_load_makes_queries_references_responses_images_tasks_and_slots(own_images: Path) -> None:
    project = make_project(overlap=2)
    items = [
        record(1, question=[block("Q", "a.png")], references={"1": [block("bad")], "6": {"blocks": [], "profile": {"text": 6}}}),
        record(1, question=[block("Q", "a.png")], model="system-b", answer="plain"),
        record(2, answer=[block(None, "copy.png"), block(None, None)]),
    ]
    report = load(project, items, {"a.png": png("red"), "copy.png": png("red")})
    counts = {"queries": 2, "responses": 3, "references": 2, "images": 1, "tasks": 3, "skipped": 0}
    assert report.as_dict() == counts | {"possible_duplicates": 0, "rejected": []}
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


FAULTS: list[tuple[Any, str, str]] = [
    ([], "record", "expected keys with values"),
    (record(1) | {"extra": 1}, "extra", "unknown; expected answer, category, field, gt_answer, id, metadata, model, question, "
     "references, sample, source, subfield"),
    ({"question": [], "answer": [], "model": "m", "category": "project-based-learning"}, "id", "missing"),
    (record(1, id=5), "id", "expected a text"),
    (record(1, id=" "), "id", "expected a text that is not empty"),
    (record(1, question="Q"), "question", "expected a list of blocks"),
    (record(1, answer=[{"txt": "x"}]), "answer[0]", 'expected {"text": …, "image": …}'),
    (record(1, answer=[block("a\0b")]), "answer[0].text", "a NUL character cannot be stored"),
    (record(1, answer=[block("x" * 100_001)]), "answer[0].text", "expected at most 100,000 characters, not 100,001"),
    (record(1, answer=[block(None, "none.png")]), "answer[0].image", "there is no file none.png"),
    (record(1, answer=[block(None, "../a.png")]), "answer[0].image", "expected a path that stays inside the file's folder"),
    (record(1, answer=[block(None, "/etc/passwd")]), "answer[0].image", "expected a path that stays inside the file's folder"),
    (record(1, answer=[block(None, "https://x.example/a.png")]), "answer[0].image",
     "expected a path relative to the file: nothing is fetched from the network"),
    (record(1, answer=[block(None, "text.png")]), "answer[0].image", "expected a whole JPEG, PNG, WebP or GIF image"),
    (record(1, answer=[block(None, "cut.png")]), "answer[0].image", "expected a whole JPEG, PNG, WebP or GIF image"),
    (record(1, sample=-1), "sample", "expected a whole number from 0"),
    (record(1, metadata=[1]), "metadata", "expected keys with values"),
    (record(1, category="cooking"), "category", "'cooking' is none of the project's: expected project-based-learning"),
    (record(1, references={"7": []}), "references.7", "expected a level from 1 to 6"),
    (record(1, references={"x": []}), "references.x", "expected a level of the scale"),
    (record(1, references={"1": {"blocks": [], "profile": {"harm": 1}}}), "references.1.profile.harm",
     "expected one of images, text"),
]  # fmt: skip


@pytest.mark.parametrize(("bad", "field", "error"), FAULTS)
def test_a_fault_is_named_and_nothing_is_stored(own_images: Path, bad: Any, field: str, error: str) -> None:
    project = make_project()
    files = {"a.png": png(), "text.png": b"no image", "cut.png": png(size=(64, 64))[:80]}
    before = rows()
    with pytest.raises(Rejected) as caught:
        load(project, [record(8, answer=[block(None, "a.png")]), bad], files)
    assert str(caught.value) == f"items.json: record 2, {field}: {error}"
    assert (rows(), stored_files(own_images)) == (before, [])


def test_every_bad_record_is_reported() -> None:
    project = make_project()
    load(project, [record(1)])
    bad = [record(1, question=[block("Other")]), record(1, answer="other"), record(2, sample="x"), record(3)]
    with pytest.raises(Rejected) as caught:
        load(project, bad)
    assert [(found.record, found.field) for found in caught.value.rejections] == [(1, "question"), (2, "answer"), (3, "sample")]
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{}", "expected a list of records"),
        (b"[", "record 1, record: the file ends in the middle of it: expected its end and a ]"),
        (b"\xff\xfe", "expected a list of records in UTF-8"),
        (b"[NaN]", "record 1, record: not JSON"),
    ],
)
def test_a_file_that_is_no_list_of_records_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "items.json").write_bytes(content)
    with pytest.raises(Refused, match=message):
        load_items(path=tmp_path / "items.json", project=make_project())


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    (tmp_path / "items.json").write_text("[" * 100_000 + "]" * 100_000)
    with pytest.raises(Refused, match="not JSON"):
        load_items(path=tmp_path / "items.json", project=make_project())


def test_ten_thousand_bad_records_are_all_reported(tmp_path: Path) -> None:
    (tmp_path / "items.jsonl").write_text('{"id": 1}\n' * 10_000)
    with pytest.raises(Rejected) as caught:
        load_items(path=tmp_path / "items.jsonl", project=make_project())
    assert [found.record for found in caught.value.rejections] == sorted([*range(1, 10_001)] * 4)


def test_a_report_ends_somewhere(tmp_path: Path) -> None:
    (tmp_path / "items.jsonl").write_text("x\n" * 60_000)
    with pytest.raises(Rejected) as caught:
        load_items(path=tmp_path / "items.jsonl", project=make_project())
    assert 50_000 < len(caught.value.rejections) < 51_000
    assert caught.value.rejections[-1].error == "more than 50,000 faults: nothing from here on was looked at"


def test_a_table_is_not_read_as_our_own_format(tmp_path: Path) -> None:
    (tmp_path / "items.csv").write_text("id,question\n1,2\n")
    with pytest.raises(Refused) as caught:
        load_items(path=tmp_path / "items.csv", project=make_project())
    assert str(caught.value) == "items.csv: a table is expected to come with the format csv (--format csv)"


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
