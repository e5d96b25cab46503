"""internvl/: conversations on which InternVL is fine-tuned; paths are relative to the folder of the release."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from annotation.exporters.data import Block, Content, LabelRecord, RubricText

# what a tokenizer may take for an image, a region, or the end of a turn; models do write such tokens into their answers
SPECIAL = re.compile(r"<(/?(?:image|img|IMG_CONTEXT|box|ref|quad)(?:-\d+)?|/?s|\|[\w-]+\|)>", re.IGNORECASE)


def files(content: Content) -> Iterator[tuple[str, bytes]]:
    train, check = content.in_split("train"), content.in_split("check")
    meta = {
        f"sixpoint-{content.project}": {
            "root": "images",
            "annotation": "internvl/train.jsonl",
            "data_augment": False,
            "repeat_time": 1,
            "length": len(train),
        }
    }
    yield "internvl/meta.json", orjson.dumps(meta, option=orjson.OPT_INDENT_2) + b"\n"
    for name, labels in (("train", train), ("check", check)):
        lines = (conversation(label, content.rubrics[label.rubric]) for label in labels)
        yield f"internvl/{name}.jsonl", b"".join(orjson.dumps(line) + b"\n" for line in lines)


def conversation(label: LabelRecord, rubric: RubricText) -> dict[str, Any]:
    """One line: the human turn has what an annotator saw, the model's turn the feedback and the score."""
    head: dict[str, Any] = {"id": f"{label.id}/{label.system}/{label.sample}"}
    if label.images:
        head["image"] = list(label.images)
    return head | {
        "conversations": [
            {"from": "human", "value": prompt(label, rubric)},
            {"from": "gpt", "value": feedback_and_score(label)},
        ]
    }


def prompt(label: LabelRecord, rubric: RubricText) -> str:
    numbers = iter(range(len(label.images)))
    parts = [
        f"You judge how well a response answers a query. Query and response may hold text and images in any order. "
        f"Judge by the rubric, then give one whole number from {rubric.lowest} to {rubric.highest}.",
        "## Rubric: " + rubric_text(rubric),
        "## Query\n" + blocks_text(label.question, numbers),
    ]
    if label.correct_answer is not None:
        parts.append("## Correct answer\n" + blocks_text(label.correct_answer, numbers))
    parts += [
        "## Response\n" + blocks_text(label.response, numbers),
        "Answer with a line `### Feedback`, your judgement in words, a line `### Score` and the number.",
    ]
    return "\n\n".join(parts)


def rubric_text(rubric: RubricText) -> str:
    lines = [literal(rubric.title)]
    for title, description, levels in rubric.criteria:
        lines.append(literal(f"- {title}: {description}"))
        lines += [literal(f"  {value}: {descriptor}") for value, descriptor in levels]
    lines += [literal(f"- {title}, {points} off: {description}") for title, description, points in rubric.penalties]
    return "\n".join(lines)


def blocks_text(blocks: Iterable[Block], numbers: Iterator[int]) -> str:
    """Each image on a line of its own after its block's text, numbered through the whole prompt."""
    lines = []
    for block in blocks:
        if block.text:
            lines.append(literal(block.text))
        if block.image:
            lines.append(f"Image-{next(numbers)}: <image>")
    return "\n".join(lines) or "(empty)"


def literal(text: str) -> str:
    """The text with the special tokens of models made harmless: <image> becomes ‹image›."""
    return SPECIAL.sub(r"‹\1›", text)


def feedback_and_score(label: LabelRecord) -> str:
    """Feedback cannot pass for the score, though a reader takes the first number after `### Score`."""
    feedback = literal("\n".join(label.feedback)).replace("###", "‹###›") or "(none)"
    return f"### Feedback\n{feedback}\n### Score\n{label.score}"
