import json

from annotation.exporters import Block
from annotation.exporters.mmie import record
from tests.annotation.exporters.records import files_of, label


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
