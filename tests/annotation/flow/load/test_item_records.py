"""Reading an item file: each fault is named with its record and field, and then nothing is stored."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotation.errors import Refused, Rejected
from annotation.flow.load import load_items
from annotation.models import Response
from tests.annotation.flow.load.item_files import rows, stored_files
from tests.factories import block, load, make_project, png, record

pytestmark = pytest.mark.django_db


FAULTS: list[tuple[Any, str, str]] = [
    ([], "record", "`[]`: expected keys with values"),
    (record(1) | {"extra": 1}, "extra",
     "`1`: unknown; expected answer, category, field, gt_answer, id, language, metadata, model, question, "
     "references, sample, source, subfield"),
    ({"question": [], "answer": [], "model": "m", "category": "project-based-learning"}, "id", "missing"),
    (record(1, id=5.5), "id", "`5.5`: expected a text"),
    (record(1, id=" "), "id", '`" "`: expected a text that is not empty'),
    (record(1, question="Q"), "question", "`Q`: expected a list of blocks"),
    (record(1, answer=[{"txt": "x"}]), "answer[0]", '`{"txt": "x"}`: expected {"text": …, "image": …}'),
    (record(1, answer=[block("a\0b")]), "answer[0].text", "`a\\x00b`: a NUL character cannot be stored"),
    (record(1, answer=[block("x" * 100_001)]), "answer[0].text",
     f"`{'x' * 80}…`: expected at most 100,000 characters, not 100,001"),
    (record(1, answer=[block(None, "none.png")]), "answer[0].image", "`none.png`: there is no such file"),
    (record(1, answer=[block(None, "../a.png")]), "answer[0].image",
     "`../a.png`: expected a path that stays inside the file's folder"),
    (record(1, answer=[block(None, "/etc/passwd")]), "answer[0].image",
     "`/etc/passwd`: expected a path that stays inside the file's folder"),
    (record(1, answer=[block(None, "https://x.example/a.png")]), "answer[0].image",
     "`https://x.example/a.png`: expected a path relative to the file: nothing is fetched from the network"),
    (record(1, answer=[block(None, "text.png")]), "answer[0].image", "`text.png`: expected a whole JPEG, PNG, WebP or GIF image"),
    (record(1, answer=[block(None, "cut.png")]), "answer[0].image", "`cut.png`: expected a whole JPEG, PNG, WebP or GIF image"),
    (record(1, sample=-1), "sample", "`-1`: expected a whole number from 0"),
    (record(1, metadata=[1]), "metadata", "`[1]`: expected keys with values"),
    (record(1, category="cooking"), "category", "`cooking`: is none of the project's: expected project-based-learning"),
    (record(1, references={"7": []}), "references.7", "`7`: expected a level from 1 to 6"),
    (record(1, references={"x": []}), "references.x", "`x`: expected a level of the scale"),
    (record(1, references={"1": {"blocks": [], "profile": {"harm": 1}}}), "references.1.profile.harm",
     "`harm`: expected one of images, text"),
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


def test_every_missing_or_bad_image_of_a_record_is_a_fault_of_its_own() -> None:
    shown = {"question": "q", "answer": "a", "gt_answer": "g"}
    everywhere = {key: [block("x", f"{name}.png"), block(None, "bad.png")] for key, name in shown.items()}
    references = {
        "1": [block(None, "r.png")],
        "6": {"blocks": [block(None, "s.png"), block(None, "t.png")], "profile": {"text": 9}},
    }
    unsound = record(2, sample="x", question=[block(None, "u.png")])  # its images are looked at nevertheless
    with pytest.raises(Rejected) as caught:
        load(make_project(), [record(1, references=references, **everywhere), unsound], {"bad.png": b"no image"})
    missing, bad = "`{}.png`: there is no such file", "`bad.png`: expected a whole JPEG, PNG, WebP or GIF image"
    assert [(one.record, one.field, one.error) for one in caught.value.rejections] == [
        (1, "references.6.profile.text", "`9`: expected a level from 1 to 6"),
        (1, "question[0].image", missing.format("q")),
        (1, "question[1].image", bad),
        (1, "gt_answer[0].image", missing.format("g")),
        (1, "gt_answer[1].image", bad),
        (1, "references.1[0].image", missing.format("r")),
        (1, "references.6[0].image", missing.format("s")),
        (1, "references.6[1].image", missing.format("t")),
        (1, "answer[0].image", missing.format("a")),
        (1, "answer[1].image", bad),
        (2, "sample", '`"x"`: expected a whole number from 0'),
        (2, "question[0].image", missing.format("u")),
    ]
    assert caught.value.advice == ""  # the images would stand beside the file


def test_every_bad_record_is_reported() -> None:
    project = make_project()
    load(project, [record(1)])
    bad = [
        record(1, question=[block("Other")]),
        record(1, answer="other"),
        record(2, sample="x"),
        record(3),
        record(1, language="fr"),
    ]
    with pytest.raises(Rejected) as caught:
        load(project, bad)
    assert [(rejection.record, rejection.field) for rejection in caught.value.rejections] == [
        (1, "question"),
        (2, "answer"),
        (3, "sample"),
        (5, "language"),
    ]
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{}", "expected a list of records"),
        (b"[", "record 1, record: the file ends in the middle of it: expected its end and a ]"),
        (b"\xff\xfe", "expected a list of records in UTF-8"),
        (b"[NaN]", "record 1, record: `NaN`: not JSON"),
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
    (tmp_path / "items.jsonl").write_text('{"id": 1.5}\n' * 10_000)
    with pytest.raises(Rejected) as caught:
        load_items(path=tmp_path / "items.jsonl", project=make_project())
    assert [rejection.record for rejection in caught.value.rejections] == sorted([*range(1, 10_001)] * 4)


def test_a_report_ends_somewhere(tmp_path: Path) -> None:
    (tmp_path / "items.jsonl").write_text("x\n" * 60_000)
    with pytest.raises(Rejected) as caught:
        load_items(path=tmp_path / "items.jsonl", project=make_project())
    assert 50_000 < len(caught.value.rejections) < 51_000
    assert caught.value.rejections[-1].error == "more than 50,000 faults: nothing from here on was looked at"


def test_a_report_ends_within_a_record_too(tmp_path: Path) -> None:
    bad = json.dumps(record(1, question=[5] * 1000, answer=[5] * 1000))
    (tmp_path / "items.jsonl").write_text(f"{bad}\n" * 100)
    with pytest.raises(Rejected) as caught:
        load_items(path=tmp_path / "items.jsonl", project=make_project())
    assert 50_000 < len(caught.value.rejections) < 53_000
    assert caught.value.rejections[-1].error == "more than 50,000 faults: nothing from here on was looked at"


def test_a_table_is_not_read_as_our_own_format(tmp_path: Path) -> None:
    (tmp_path / "items.csv").write_text("id,question\n1,2\n")
    with pytest.raises(Refused) as caught:
        load_items(path=tmp_path / "items.csv", project=make_project())
    assert str(caught.value) == "items.csv: a table is expected to come with the format csv (--format csv)"


def test_progress_is_reported_after_each_image_that_is_decoded() -> None:
    steps: list[tuple[str, int, int]] = []
    items = [record(number, answer=[{"text": None, "image": f"{number}.png"}]) for number in range(1, 6)]
    load(
        make_project(), items, {f"{n}.png": png(size=(n + 5, 9)) for n in range(1, 6)}, progress=lambda *step: steps.append(step)
    )
    assert len([step for step in steps if step[0] == "reading"]) == 5 + 1
