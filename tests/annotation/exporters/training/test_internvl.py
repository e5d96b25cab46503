import json

from annotation.exporters import Block
from tests.annotation.exporters.records import files_of, label
from tests.annotation.exporters.training.lines import lines


def test_internvl_trains_on_the_train_split_alone_and_counts_its_lines() -> None:
    labels = (label(), label(id="PBL-2", split="check"), label(id="PBL-3"), label(id="PBL-4", split="test"))
    ids = {split: [line["id"] for line in lines(f"internvl/{split}.jsonl", *labels)] for split in ("train", "check", "test")}
    assert ids == {"train": ["PBL-1/s/0", "PBL-3/s/0"], "check": ["PBL-2/s/0"], "test": ["PBL-4/s/0"]}
    assert json.loads(files_of("training", *labels)["internvl/meta.json"]) == {
        "sixpoint-study": {
            "root": "images",
            "annotation": "internvl/train.jsonl",
            "data_augment": False,
            "repeat_time": 1,
            "length": 2,
        }
    }


def test_a_label_that_the_template_leaves_out_has_no_line_and_is_not_counted() -> None:
    labels = (label(fitting_feedback=None), label(id="PBL-2"))
    assert [line["id"] for line in lines("internvl/train.jsonl", *labels, template="mmie")] == ["PBL-2/s/0"]
    assert json.loads(files_of("training", *labels, template="mmie")["internvl/meta.json"])["sixpoint-study"]["length"] == 1


def test_a_whole_line_with_images_and_one_without() -> None:
    shown, plain = lines("internvl/train.jsonl", label(), label(id="PBL-2", question=(Block("Q", None),)))
    head = (
        "You judge how well a response answers a query. Query and response may hold text and images in any order. "
        "Judge by the rubric.\n\n## Rubric: Rubric\n- Text: how it reads\n  1: bad\n  2: good\n\n"
    )
    asked = "\n\n## Response\nA\n\nGive one whole number from 0 to 6. Answer with a line `### Score` and the number."
    answer = {"from": "gpt", "value": "### Score\n2"}
    assert shown == {
        "id": "PBL-1/s/0",
        "image": ["a.png"],
        "conversations": [{"from": "human", "value": f"{head}## Query\nQ\nImage-0: <image>{asked}"}, answer],
    }
    assert plain == {
        "id": "PBL-2/s/0",
        "conversations": [{"from": "human", "value": f"{head}## Query\nQ{asked}"}, answer],
    }
