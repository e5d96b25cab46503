"""Whatever stands in an item file: it is stored whole and written out again equal, or refused naming the first bad record."""

import json
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotation.errors import Refused, Rejected
from annotation.flow.load import export_items, load_items
from annotation.models import Image, Project, Query, Response, Task
from tests.factories import make_project, png, record

# any text that JSON and both databases can hold
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
WORDS = TEXT.filter(lambda text: bool(text.strip()))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
BLOCK = st.fixed_dictionaries({"text": st.none() | TEXT, "image": st.sampled_from([None, "a.png", "b/c.png"])})
BLOCKS = st.lists(BLOCK, max_size=4)
PROFILE = st.dictionaries(st.sampled_from(["text", "images"]), st.integers(1, 6))
GOOD = st.fixed_dictionaries(
    {"question": BLOCKS, "answer": BLOCKS | TEXT, "model": WORDS, "category": st.just("project-based-learning")},
    optional={
        "field": TEXT,
        "subfield": TEXT,
        "language": st.sampled_from(["", "en", "zh-Hans"]),
        "source": TEXT,
        "gt_answer": BLOCKS,
        "metadata": st.dictionaries(TEXT, JSON, max_size=3),
        "references": st.dictionaries(
            st.sampled_from("123456"),
            BLOCKS | st.fixed_dictionaries({"blocks": BLOCKS, "profile": st.none() | PROFILE}),
            max_size=2,
        ),
    },
)
BAD = st.one_of(
    st.just({"question": 5}),
    st.just({"answer": [{"text": ["nested"]}]}),
    st.just({"answer": [{"image": "none.png"}]}),
    st.just({"model": "a\0b"}),
    st.just({"category": "cooking"}),
    st.just({"references": {"9": []}}),
    st.just({"more": 1}),
    st.just({"sample": "1"}),
).map(lambda change: ("changed", change)) | JSON.map(lambda instead: ("replaced", instead))
SETTINGS = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture
def project(db: None) -> Project:
    return make_project(overlap=1)


def take(project: Project, records: Any, folder: Path, name: str = "items.json") -> None:
    (folder / "b").mkdir(exist_ok=True)
    (folder / "a.png").write_bytes(png("red"))
    (folder / "b" / "c.png").write_bytes(png("blue"))
    (folder / name).write_bytes(records if isinstance(records, bytes) else json.dumps(records).encode())
    load_items(path=folder / name, project=project)


def visible_blocks(blocks: Any, images: dict[str, bytes]) -> list[Any]:
    """Blocks as people see them: text, and the bytes of the picture."""
    listed = [{"text": blocks}] if isinstance(blocks, str) else blocks or []
    shown = [(block.get("text") or None, images[block["image"]] if block.get("image") else None) for block in listed]
    return [block for block in shown if block != (None, None)]


def meaning(records: list[dict[str, Any]], folder: Path) -> list[Any]:
    """What an item file says, whatever it calls its images."""
    images = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.png")}
    return [
        (
            (record["id"], record["model"], record.get("sample", 0), record["category"]),
            [record.get(key) or "" for key in ("field", "subfield", "language", "source")],
            visible_blocks(record["question"], images),
            visible_blocks(record["answer"], images),
            visible_blocks(record.get("gt_answer"), images),
            comparable(record.get("metadata") or {}),
            {level: referred(answer, images) for level, answer in (record.get("references") or {}).items()},
        )
        for record in records
    ]


def referred(answer: Any, images: dict[str, bytes]) -> Any:
    if isinstance(answer, dict):
        return visible_blocks(answer["blocks"], images), answer.get("profile")
    return visible_blocks(answer, images), None


def comparable(value: Any) -> Any:
    """PostgreSQL keeps numbers, not how they were written: 1e23 comes back as a whole number, and -0.0 as 0.0."""
    return json.loads(json.dumps(value), parse_int=float)


@SETTINGS
@given(st.lists(GOOD, max_size=5), st.integers(0, 3))
def test_good_records_are_stored_whole_and_written_out_equal(
    project: Project, records: list[dict[str, Any]], samples: int
) -> None:
    records = [record | {"id": f"PBL-{number:03}"} for number, record in enumerate(records)]
    for sample in range(1, samples if records else 0):  # more answers to the first query; its references stand with the first
        records.insert(sample, {**records[0], "sample": sample, "answer": f"again {sample}", "references": {}})
    with tempfile.TemporaryDirectory() as name, transaction.atomic():
        folder = Path(name)
        take(project, records, folder)
        export_items(project=project, out=folder / "out")
        written = [orjson.loads(line) for line in (folder / "out" / "items.jsonl").read_bytes().splitlines()]
        assert meaning(written, folder / "out") == meaning(records, folder)
        before = [model.objects.count() for model in (Query, Response, Task, Image)]
        load_items(path=folder / "out" / "items.jsonl", project=project)
        assert [model.objects.count() for model in (Query, Response, Task, Image)] == before
        transaction.set_rollback(True)


@SETTINGS
@given(st.lists(st.tuples(GOOD, st.none() | BAD), min_size=1, max_size=6))
def test_the_first_bad_record_is_named_and_nothing_is_stored(project: Project, pairs: list[Any]) -> None:
    records, first_bad = [], None
    for number, (good, change) in enumerate(pairs, 1):
        record = good | {"id": f"PBL-{number:03}"}
        if change is not None:
            way, value = change
            record = record | value if way == "changed" else value
            first_bad = first_bad or number
        records.append(record)
    with tempfile.TemporaryDirectory() as name, transaction.atomic():
        if first_bad is None:
            take(project, records, Path(name))
        else:
            with pytest.raises(Rejected) as caught:
                take(project, records, Path(name))
            assert min(rejection.record for rejection in caught.value.rejections) == first_bad
            assert Query.objects.count() == Response.objects.count() == Image.objects.count() == 0
        transaction.set_rollback(True)


@SETTINGS
@given(
    st.binary(max_size=300) | st.lists(JSON, max_size=4).map(lambda values: json.dumps(values).encode()),
    st.sampled_from(["json", "jsonl"]),
)
def test_any_bytes_are_loaded_or_refused(project: Project, content: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as name, transaction.atomic():
        with suppress(Refused):
            take(project, content, Path(name), f"items.{suffix}")
        assert Query.objects.count() == 0
        transaction.set_rollback(True)


def test_a_number_that_the_database_gives_back_as_a_whole_one_is_loaded_again(project: Project, tmp_path: Path) -> None:
    take(project, [{**record(1), "metadata": {"large": 1.8446744073709552e19, "whole": 2**63, "list": [1e23]}}], tmp_path)
    export_items(project=project, out=tmp_path / "out")
    written = orjson.loads((tmp_path / "out" / "items.jsonl").read_bytes())
    assert written["metadata"] == {"large": 1.8446744073709552e19, "whole": 2**63, "list": [1e23]}
    assert load_items(path=tmp_path / "out" / "items.jsonl", project=project).responses == 0
