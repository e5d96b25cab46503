"""mmie/: the check split as MMIE's own evaluation script reads it, with its images beside it."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from annotation.exporters.data import Block, Content, LabelRecord


def files(content: Content) -> Iterator[tuple[str, bytes]]:
    labels = content.of("check")
    yield "mmie/data.json", orjson.dumps([record(label) for label in labels], option=orjson.OPT_INDENT_2) + b"\n"
    for name in sorted({name for label in labels for name in label.images}):
        yield f"mmie/images/{name}", content.read_image(name)


def record(label: LabelRecord) -> dict[str, Any]:
    """`sample` is our own, for a system that answered a query more than once; the script does not look at it."""
    found = {
        "id": label.id,
        "question": blocks(label.question),
        "answer": blocks(label.answer),
        "model": label.system,
        "gt_answer": blocks(label.correct_answer or ()),
    }
    return found | {"sample": label.sample} if label.sample else found


def blocks(found: Iterable[Block]) -> list[dict[str, str | None]]:
    """The script reads the first block's text of every list, so that no list is empty and no first text is missing."""
    listed = [{"text": block.text, "image": f"images/{block.image}" if block.image else None} for block in found]
    if not listed:
        return [{"text": "", "image": None}]
    listed[0]["text"] = listed[0]["text"] or ""
    return listed
