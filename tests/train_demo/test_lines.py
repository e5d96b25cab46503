"""A release's files are read as a user's program would, and answers as MMIE reads them."""

import json
from pathlib import Path

import pytest

from tests.train_demo.lines import Line, level_in, read_lines, result_file, score_in

ANSWER = "### Criteria\nNumber of shapes: 4\nNamed colour: not applicable\nListed steps: 12\n### Score\n3"


def release(folder: Path, prompt: str = "See <image> and <image>.") -> Path:
    line = {
        "id": "PBL-1/a/b/0",
        "image": ["x.png", "y.png"],
        "conversations": [{"from": "human", "value": prompt}, {"from": "gpt", "value": ANSWER}],
    }
    record = {
        "id": "PBL-1",
        "model": "brush",
        "sample": 2,
        "question": [{"text": "Draw.", "image": None}],
        "answer": [{"text": None, "image": "images/x.png"}, {"text": "Red.", "image": None}],
        "gt_answer": [{"text": "", "image": None}],
    }
    (folder / "internvl").mkdir()
    (folder / "internvl" / "meta.json").write_text(json.dumps({"sixpoint": {"root": "images"}}))
    (folder / "internvl" / "train.jsonl").write_text(json.dumps(line) + "\n")
    (folder / "mmie").mkdir()
    (folder / "mmie" / "data.json").write_text(json.dumps([record]))
    return folder


def test_a_line_has_its_images_prompt_and_answer(tmp_path: Path) -> None:
    folder = release(tmp_path)
    images = (folder / "images" / "x.png", folder / "images" / "y.png")
    assert read_lines(folder, "train") == [Line("PBL-1/a/b/0", images, "See <image> and <image>.", ANSWER)]


def test_a_line_with_another_number_of_images_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^PBL-1/a/b/0: 1 <image> for 2 images$"):
        read_lines(release(tmp_path, "See <image>."), "train")


def test_an_answer_is_read_by_its_titles() -> None:
    titles = ("Number of shapes", "Named colour", "Listed steps", "Beauty")
    assert [level_in(ANSWER, title) for title in titles] == [4, None, 12, None]
    assert [score_in(answer) for answer in (ANSWER, "### Score\nnone", "4")] == [3, None, None]


def test_the_result_file_is_mmies(tmp_path: Path) -> None:
    assert result_file(release(tmp_path), {"PBL-1/brush/2": ANSWER}) == [
        {
            "id": "PBL-1",
            "model": "brush",
            "sample": 2,
            "question": "Draw.",
            "answer": "Red.",
            "gt_answer": "",
            "images": ["images/x.png"],
            "gpt_feedback": ANSWER,
        }
    ]
