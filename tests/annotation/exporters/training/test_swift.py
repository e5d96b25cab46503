import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import datasets

from annotation.exporters import Block, CriterionRecord, CriterionText, RubricText
from tests.annotation.exporters.records import RUBRIC, UNRATED, files_of, label
from tests.annotation.exporters.training.lines import lines

TWO = RubricText(
    "r@1", "Rubric", 0, 6, (CriterionText("text", "Text", "", ()), CriterionText("images", "Images <image>", "", ())), (), (1, 2)
)


def rated(*values: Fraction | None, **changes: Any) -> Any:
    criteria = {key: CriterionRecord(value, (), "agreed", UNRATED) for key, value in zip(("text", "images"), values, strict=True)}
    return label(criteria=criteria, **changes)


def test_messages_are_a_users_and_an_assistants_turn_with_paths_from_the_release() -> None:
    (line,) = lines("swift/check/messages.jsonl", label(split="check"))
    user, assistant = line.pop("messages")
    assert line == {"id": "PBL-1/s/0", "images": ["images/a.png"]}
    assert (user["role"], user["content"].count("<image>")) == ("user", 1)
    assert assistant == {"role": "assistant", "content": "### Score\n2"}


def test_scores_are_one_number_a_criterion_and_ask_for_no_words() -> None:
    (line,) = lines("swift/train/scores.jsonl", rated(Fraction(14, 3), Fraction(4)), rubrics={"r@1": TWO})
    (user,) = line.pop("messages")
    assert line == {"id": "PBL-1/s/0", "images": ["images/a.png"], "label": [14 / 3, 4.0]}
    assert user["role"] == "user"
    assert user["content"].endswith("## Response\nA\n\nGive each criterion a number: Text; Images ‹image›.")


def test_whole_numbers_are_written_as_floats_so_that_a_column_has_one_type() -> None:
    assert (
        b'"label":[4.0,5.0]'
        in files_of("training", rated(Fraction(4), Fraction(5)), rubrics={"r@1": TWO})["swift/train/scores.jsonl"]
    )


def test_a_label_with_a_criterion_that_is_not_applicable_has_messages_and_no_scores() -> None:
    labels = (rated(Fraction(4), None), rated(Fraction(3), Fraction(2), id="PBL-2"))
    kept = {
        name: [line["id"] for line in lines(f"swift/train/{name}.jsonl", *labels, rubrics={"r@1": TWO})]
        for name in ("messages", "scores")
    }
    assert kept == {"messages": ["PBL-1/s/0", "PBL-2/s/0"], "scores": ["PBL-2/s/0"]}


def test_a_label_without_feedback_keeps_its_scores() -> None:
    labels = (rated(Fraction(4), Fraction(5), fitting_feedback=None),)
    sizes = [len(lines(f"swift/train/{name}.jsonl", *labels, template="mmie")) for name in ("messages", "scores")]
    assert sizes == [0, 1]


def test_each_rubric_has_a_file_of_scores_of_its_own() -> None:
    other = RubricText("s@2", "Other", 0, 6, (CriterionText("steps", "Steps", "", ()),), (), (1, 2))
    steps = label(id="MSR-1", rubric="s@2", criteria={"steps": CriterionRecord(Fraction(1), (), "agreed", UNRATED)}, penalties={})
    files = files_of("training", rated(Fraction(4), Fraction(5)), steps, rubrics={"r@1": TWO, "s@2": other})
    names = sorted(name for name in files if name.startswith("swift/") and files[name])
    assert names == [
        "swift/criteria.json",
        "swift/train/messages.jsonl",
        "swift/train/scores-r@1.jsonl",
        "swift/train/scores-s@2.jsonl",
    ]
    assert json.loads(files["swift/criteria.json"]) == {
        "r@1": {"file": "scores-r@1.jsonl", "label": ["text", "images"]},
        "s@2": {"file": "scores-s@2.jsonl", "label": ["steps"]},
    }
    assert json.loads(files_of("training", label())["swift/criteria.json"]) == {
        "r@1": {"file": "scores.jsonl", "label": [item.key for item in RUBRIC.criteria]}
    }


def test_datasets_reads_a_file_whose_first_image_comes_after_ten_megabytes(tmp_path: Path) -> None:
    long = (Block("x" * 10_000, None),)
    labels = [rated(Fraction(4), Fraction(5), id=f"PBL-{number}", question=(), response=long) for number in range(1_200)]
    file = tmp_path / "messages.jsonl"
    file.write_bytes(files_of("training", *labels, label(id="PBL-X"))["swift/train/messages.jsonl"])
    read = datasets.load_dataset("json", data_files=str(file), split="train", cache_dir=str(tmp_path / "cache"))
    assert (len(read), read[0]["id"], read[0]["images"]) == (1_201, "PBL-X/s/0", ["images/a.png"])
