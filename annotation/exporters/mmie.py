"""mmie/: the check split in the format of MMIE's own evaluation script, with its images beside it."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from annotation.exporters.data import Block, Content, LabelRecord


def files(content: Content) -> Iterator[tuple[str, bytes]]:
    labels = content.in_split("check")
    yield "mmie/data.json", orjson.dumps([record(label) for label in labels], option=orjson.OPT_INDENT_2) + b"\n"
    for name in sorted({name for label in labels for name in label.images}):
        yield f"mmie/images/{name}", content.read_image(name)


def record(label: LabelRecord) -> dict[str, Any]:
    """`sample` is not MMIE's: it is there where a system answered a query more than once, and the script ignores it."""
    fields = {
        "id": label.id,
        "question": blocks(label.question),
        "answer": blocks(label.response),
        "model": label.system,
        "gt_answer": blocks(label.correct_answer or ()),
    }
    return fields | {"sample": label.sample} if label.sample else fields


def blocks(records: Iterable[Block]) -> list[dict[str, str | None]]:
    """The script reads the text of the first block of every list, so no list is empty and no first text is missing."""
    fields = [{"text": block.text, "image": f"images/{block.image}" if block.image else None} for block in records]
    if not fields:
        return [{"text": "", "image": None}]
    fields[0]["text"] = fields[0]["text"] or ""
    return fields
