"""What a scorer is shown of a response: the release's own line of it, else the response in the words of such lines.

Nothing of Sixpoint is imported: the rubric and the question what to answer stand in the files of the release, whose folder
SIXPOINT_RELEASE names. Paths of images in records are relative to the folder in which lmms-eval was started, that of data.json.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

IMAGE = "<image>"
QUERY, CORRECT_ANSWER, RESPONSE = "\n\n## Query\n", "\n\n## Correct answer\n", "\n\n## Response\n"
# MMIE's ids hold one of these letters
CATEGORIES = {"SA": "situational-analysis", "PBL": "project-based-learning", "MSR": "multi-step-reasoning"}
# In a text of people or models: the place of an image, and the headings by which a reader finds the score
TAKEN_FOR_OURS = re.compile(r"<(image)>|(###+)(?=\s*(?:score|feedback|criteria))", re.IGNORECASE)

Record = Mapping[str, Any]
Blocks = Sequence[Mapping[str, Any]]


class Prompt(NamedTuple):
    """A text with an `<image>` for each of the images, in their order."""

    text: str
    images: tuple[Path, ...]

    def pieces(self) -> Iterator[str | Path]:
        """Texts and images in turn. Raises ValueError where there are more or fewer `<image>` than images."""
        for text, image in zip(self.text.split(IMAGE), (*self.images, None), strict=True):
            if text:
                yield text
            if image:
                yield image


class Wording(NamedTuple):
    """How a release's lines of one rubric begin and end, and whether they show the correct answer."""

    head: str
    ask: str
    shows_correct_answer: bool


def prompt_of(record: Record) -> Prompt:
    return release_lines().get(name_of(record)) or worded(record, blocks_of(record["answer"]))


def name_of(record: Record) -> str:
    return f"{record['id']}/{record['model']}/{record.get('sample') or 0}"


def worded(record: Record, answer: Blocks) -> Prompt:
    """The answer to the record's query in the words of the release's lines."""
    wording = wordings()[rubric_of(record)]
    parts = [(QUERY, blocks_of(record["question"])), (RESPONSE, answer)]
    if wording.shows_correct_answer:
        parts.insert(1, (CORRECT_ANSWER, blocks_of(record.get("gt_answer") or [])))
    text = wording.head
    images: list[Path] = []
    for heading, blocks in parts:
        text += heading + (blocks_text(blocks, "Image-{}: ", len(images)) or "(empty)")
        images += images_of(blocks)
    return Prompt(f"{text}\n\n{wording.ask}", tuple(images))


def query_prompt(record: Record) -> Prompt:
    """The query as a system is asked it."""
    blocks = blocks_of(record["question"])
    return Prompt(blocks_text(blocks), tuple(images_of(blocks)))


@lru_cache
def release_lines() -> dict[str, Prompt]:
    """Of all splits, by query/system/sample."""
    release = Path(os.environ["SIXPOINT_RELEASE"])
    lines = [line for path in sorted(release.glob("swift/*/messages.jsonl")) for line in json_lines(path)]
    return {
        line["id"]: Prompt(line["messages"][0]["content"], tuple(release / name for name in line["images"])) for line in lines
    }


@lru_cache
def labels() -> list[dict[str, Any]]:
    return json_lines(Path(os.environ["SIXPOINT_RELEASE"], "labels.jsonl"))


def json_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


@lru_cache
def wordings() -> dict[str, Wording]:
    """By rubric. Where a release asks for feedback only where it has some, the question of most lines."""
    texts: dict[str, list[str]] = {}
    for label in labels():
        if line := release_lines().get(f"{label['id']}/{label['system']}/{label['sample']}"):
            texts.setdefault(label["rubric"], []).append(line.text)
    return {
        rubric: Wording(
            head=prompts[0].partition(QUERY)[0],
            ask=Counter(text.rpartition("\n\n")[2] for text in prompts).most_common(1)[0][0],
            shows_correct_answer=all(CORRECT_ANSWER in text for text in prompts),
        )
        for rubric, prompts in texts.items()
    }


def rubric_of(record: Record) -> str:
    """That of the query in the release, else that of its category. Raises ValueError where the release has lines of neither."""
    by_category = {label["category"]: label["rubric"] for label in labels() if label["rubric"] in wordings()}
    by_query = {label["id"]: label["rubric"] for label in labels() if label["rubric"] in wordings()}
    named = re.sub(r"[\W_]+", "-", record.get("category") or "").strip("-").lower()
    category = named or next((name for letters, name in CATEGORIES.items() if letters in record["id"]), "")
    rubric = by_query.get(record["id"]) or by_category.get(category)
    if rubric is None:
        known = ", ".join(sorted(by_category)) or "none"
        raise ValueError(f"{record['id']}: the release has no lines of the category {category!r}; it has lines of: {known}")
    return rubric


def blocks_of(value: str | Blocks) -> Blocks:
    """MMIE's file may have a plain text for an answer."""
    return [{"text": value, "image": None}] if isinstance(value, str) else value


def blocks_text(blocks: Blocks, before_image: str = "", number: int = 0) -> str:
    """Each image on a line of its own after its block's text; `before_image` may hold {} for its number, from this one on."""
    lines = []
    for block in blocks:
        if block["text"]:
            lines.append(harmless(block["text"]))
        if block["image"]:
            lines.append(before_image.format(number) + IMAGE)
            number += 1
    return "\n".join(lines)


def plain_text(blocks: Blocks) -> str:
    return "\n".join(block["text"] for block in blocks if block["text"])


def images_of(blocks: Iterable[Mapping[str, Any]]) -> list[Path]:
    return [Path(block["image"]) for block in blocks if block["image"]]


def harmless(text: str) -> str:
    return TAKEN_FOR_OURS.sub(lambda match: f"‹{match[1] or match[2]}›", text)
