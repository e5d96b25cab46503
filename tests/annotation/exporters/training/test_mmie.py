import json
from pathlib import Path
from typing import Any

import pytest

from annotation.exporters import Block, LabelRecord, write
from annotation.exporters.training import mmie
from annotation.exporters.training.mmie import record
from tests.annotation.exporters.records import content, files_of, label


def test_mmies_file_has_the_check_split_and_a_sample_where_there_are_several() -> None:
    check = [label(split="check", feedback=()), label(split="check", sample=2), label(id="PBL-9")]
    first = {
        "id": "PBL-1",
        "question": [{"text": "Q", "image": "images/a.png"}],
        "answer": [{"text": "A", "image": None}],
        "model": "s",
        "gt_answer": [{"text": "", "image": None}],
    }
    assert json.loads(files_of("mmie", *check)["mmie/data.json"]) == [first, first | {"sample": 2}]


def test_the_images_of_the_check_split_stand_beside_the_file() -> None:
    labels = (label(response=(Block(None, "b.png"), Block(None, "a.png"))), label(id="PBL-2", split="check"))
    assert set(files_of("mmie", *labels)) == {"mmie/data.json", "mmie/images/a.png"}


def test_mmies_record_always_has_a_first_text() -> None:
    assert record(label(question=(Block(None, "a.png"),), response=())) == {
        "id": "PBL-1",
        "question": [{"text": "", "image": "images/a.png"}],
        "answer": [{"text": "", "image": None}],
        "model": "s",
        "gt_answer": [{"text": "", "image": None}],
    }


def test_special_tokens_in_texts_are_harmless_for_mmies_script_too() -> None:
    check = label(split="check", question=(Block("<image>", None),), response=(Block("</s>", None),))
    (record,) = json.loads(files_of("mmie", check)["mmie/data.json"])
    assert (record["question"][0]["text"], record["answer"][0]["text"]) == ("‹image›", "‹/s›")


def shown(*images: int | None) -> tuple[Block, ...]:
    """Blocks with a text; those with a number have an image."""
    return tuple(Block("text", None if image is None else f"{image}.png") for image in images)


@pytest.mark.parametrize(
    ("changes", "losses"),
    [
        ({"question": shown(1), "response": shown(2, 3)}, []),
        ({"question": shown(1), "response": shown(2, 3, None)}, ["mmie_cut"]),
        ({"question": shown(1), "response": (*shown(2, 3), Block("", None))}, []),
        ({"question": shown(1, 2, 3), "response": shown(None)}, []),
        ({"question": shown(1, 2, 3), "response": shown(None, None)}, ["mmie_cut"]),
        ({"question": shown(1, 2, 3), "response": shown(4)}, ["mmie_cut"]),
        ({"question": shown(1, 2, 3, 4), "response": ()}, []),
        ({"question": shown(1, 2, 3, 4, 5), "response": shown(6)}, ["mmie_dropped"]),
        ({"id": "SA-1", "correct_answer": shown(None, 2)}, []),
        ({"id": "MSR-1", "correct_answer": shown(None)}, []),
        ({"id": "MSR-1", "correct_answer": shown(2)}, ["mmie_correct_answer_cut"]),
        ({"id": "MSR-1", "correct_answer": shown(None, None)}, ["mmie_correct_answer_cut"]),
        ({"id": "query-1", "sample": 1}, ["mmie_no_category", "mmie_samples"]),
    ],
)
def test_what_mmies_script_would_not_read_is_found(changes: dict[str, Any], losses: list[str]) -> None:
    record = label(**changes)
    assert mmie.losses(record) == losses
    read = as_mmies_script_reads(record)
    assert (read is None) == ("mmie_dropped" in losses)
    if read is not None:
        everything = "".join(f"{block.text or ''}{block.image or ''}" for block in record.response)
        assert (read != everything) == ("mmie_cut" in losses)


def as_mmies_script_reads(record: LabelRecord) -> str | None:
    """The texts and images of the response that its prompt shows; None where it drops the record."""
    images = sum(block.image is not None for block in record.question)
    read = ""
    for block in record.response:
        read += block.text or ""
        if images > 2:
            break
        if block.image is not None:
            read += block.image
            images += 1
        if images > 2:
            break
    return read if images <= 4 else None


def test_losses_are_counted_of_the_check_split_alone(tmp_path: Path) -> None:
    long = {"question": shown(1, 2, 3), "response": shown(None, None)}
    labels = (label(**long), label(id="PBL-2", split="check", **long), label(id="PBL-3", split="check"))
    counts = write(content(*labels), tmp_path)["counts"]
    assert {name: counts[name] for name in mmie.COUNTS} == dict.fromkeys(mmie.COUNTS, 0) | {"mmie_cut": 1}
