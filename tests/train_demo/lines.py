"""A release's training files as a user's own program reads them, and a scorer's answers as MMIE reads them.

Needs nothing of Sixpoint's code and no database: all of it is in the folder of the release.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

IMAGE = "<image>"
SCORE = re.compile(r"### Score\s*(-?\d+(?:\.\d+)?)")


@dataclass(frozen=True)
class Line:
    """One labelled response: what a scorer is shown, with an `<image>` for each image in order, and what it should answer."""

    id: str  # query/system/sample
    images: tuple[Path, ...]
    prompt: str
    answer: str


def read_lines(release: Path, split: str) -> list[Line]:
    """Those of internvl/, where meta.json says in which folder the images are. Raises ValueError for a line that has more or
    fewer `<image>` than images."""
    [meta] = json.loads((release / "internvl" / "meta.json").read_text()).values()
    with (release / "internvl" / f"{split}.jsonl").open() as file:
        return [read_line(json.loads(text), release / meta["root"]) for text in file]


def read_line(fields: Mapping[str, Any], root: Path) -> Line:
    human, model = (turn["value"] for turn in fields["conversations"])
    images = tuple(root / name for name in fields.get("image", ()))
    if human.count(IMAGE) != len(images):
        raise ValueError(f"{fields['id']}: {human.count(IMAGE)} {IMAGE} for {len(images)} images")
    return Line(id=fields["id"], images=images, prompt=human, answer=model)


def score_in(answer: str) -> float | None:
    """The overall: the first number after `### Score`."""
    number = SCORE.search(answer)
    return float(number.group(1)) if number else None


def level_in(answer: str, title: str) -> float | None:
    """The level of one criterion, which stands on a line with its title."""
    number = re.search(rf"^{re.escape(title)}: (\d+)$", answer, re.MULTILINE)
    return float(number.group(1)) if number else None


def result_file(release: Path, answers: Mapping[str, str]) -> list[dict[str, Any]]:
    """MMIE's result file of the check split: a record per response, with the scorer's answer as `gpt_feedback`.

    `answers` by the id of the line.
    """
    records = json.loads((release / "mmie" / "data.json").read_text())
    return [
        {
            "id": record["id"],
            "model": record["model"],
            "sample": record.get("sample", 0),
            "question": text_of(record["question"]),
            "answer": text_of(record["answer"]),
            "gt_answer": text_of(record["gt_answer"]),
            "images": [block["image"] for part in ("question", "answer") for block in record[part] if block["image"]],
            "gpt_feedback": answers["{id}/{model}/{sample}".format(**{"sample": 0, **record})],
        }
        for record in records
    ]


def text_of(blocks: Sequence[Mapping[str, str | None]]) -> str:
    return "\n".join(block["text"] for block in blocks if block["text"])
