"""mmie/: the check split in the format of MMIE's own evaluation script, with its images beside it.

The script shows its scorer less than annotators saw: it stops reading a response at the third image of query and response
together, reads no record of more than four images, and of a correct answer only the first text. It reads the category from the id
(SA, PBL or MSR), and stops with an error where there is none. What it would not read is counted.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from annotation.exporters.data import Block, Content, LabelRecord
from annotation.exporters.folder import Folder, JsonArray
from annotation.exporters.training.templates import safe

ENOUGH_IMAGES, MOST_IMAGES = 3, 4
CATEGORIES = ("SA", "PBL", "MSR")
COUNTS = ("mmie_cut", "mmie_dropped", "mmie_correct_answer_cut", "mmie_no_category", "mmie_samples")


class Writer:
    def __init__(self, content: Content, folder: Folder) -> None:
        self.read_image, self.folder = content.read_image, folder
        self.file = JsonArray(folder, "mmie/data.json")
        self.images: set[str] = set()
        self.counts = Counter(dict.fromkeys(COUNTS, 0))

    def add(self, label: LabelRecord) -> None:
        if label.split != "check":
            return
        self.counts.update(losses(label))
        self.file.add(record(safe(label)))
        for name in label.images:
            if name not in self.images:
                self.images.add(name)
                self.folder.write(f"mmie/images/{name}", self.read_image(name))

    def close(self) -> None:
        self.file.close()
        self.folder.counts |= self.counts


def losses(label: LabelRecord) -> list[str]:
    """Which of COUNTS hold of the label."""
    correct = label.correct_answer or ()
    found = {
        **{f"mmie_{loss}": loss == loss_of(label.question, label.response) for loss in ("dropped", "cut")},
        # shown for this category alone
        "mmie_correct_answer_cut": "MSR" in label.id
        and any(block.image or (place and block.text) for place, block in enumerate(correct)),
        "mmie_no_category": not any(category in label.id for category in CATEGORIES),
        # the script's results do not say which sample a score is of
        "mmie_samples": label.sample > 0,
    }
    return [name for name, holds in found.items() if holds]


def loss_of(question: Sequence[Block], response: Sequence[Block]) -> str:
    """What MMIE's script does to a record: "dropped", "cut", or nothing (empty)."""
    asked = sum(block.image is not None for block in question)
    if asked > MOST_IMAGES:
        return "dropped"
    return "cut" if is_cut(response, asked) else ""


def is_cut(response: Sequence[Block], images: int) -> bool:
    """Whether something of the response stands where the script has stopped, `images` being in the query."""
    if images >= ENOUGH_IMAGES:  # it reads the first text
        return any(block.image or (place and block.text) for place, block in enumerate(response))
    for place, block in enumerate(response):
        images += block.image is not None
        if images == ENOUGH_IMAGES:
            return any(rest.text or rest.image for rest in response[place + 1 :])
    return False


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
