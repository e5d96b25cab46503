"""pairs/: two systems' responses to one query, the better one chosen, for training on preferences and of reward models.

Their fair labels of the overall differ by more than twice the standard error of the difference, with the errors of the two taken
as independent of each other. swift-SPLIT.jsonl is for ms-swift, from version 3.8. sharegpt-SPLIT.json with dataset_info.json is
for LLaMA-Factory, which has one list of images for both responses: pairs whose responses show different images are not in it.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import hypot
from typing import Any, NamedTuple

import orjson

from annotation.exporters.data import About, LabelRecord
from annotation.exporters.folder import Folder, JsonArray, TypedLines
from annotation.exporters.training import sharegpt, swift
from annotation.exporters.training.templates import blocks_text

DIGITS = 4  # after the point, as of fair labels
COLUMNS = sharegpt.COLUMNS | {"chosen": "chosen", "rejected": "rejected"}


class Pair(NamedTuple):
    """`difference` of the fair labels and its standard error, in points."""

    chosen: LabelRecord
    rejected: LabelRecord
    difference: float
    se: float


class Writer:
    """Labels come sorted by query, so that those of one query are all that is held."""

    def __init__(self, about: About, folder: Folder) -> None:
        self.about, self.folder = about, folder
        self.query: list[LabelRecord] = []
        self.swift = {split: TypedLines(folder, f"pairs/swift-{split}.jsonl", swift.filled) for split in about.splits}
        self.sharegpt = {split: JsonArray(folder, f"pairs/sharegpt-{split}.json") for split in about.splits}
        self.readable: set[str] = set()  # splits with pairs that LLaMA-Factory reads
        self.pairs = self.images_differ = 0

    def add(self, label: LabelRecord) -> None:
        if self.query and self.query[0].id != label.id:
            self.write()
        self.query.append(label)

    def write(self) -> None:
        for pair in pairs_of(self.query):
            split, images_differ = pair.chosen.split, response_images(pair.chosen) != response_images(pair.rejected)
            self.swift[split].add(swift_line(pair))
            if not images_differ:
                self.sharegpt[split].add(sharegpt_line(pair))
                self.readable.add(split)
            self.pairs += 1
            self.images_differ += images_differ
        self.query = []

    def close(self) -> None:
        self.write()
        for split, file in self.swift.items():
            file.close()
            self.sharegpt[split].close()
        datasets = {
            f"{self.about.project}-pairs-{split}": sharegpt.described(f"sharegpt-{split}.json")
            | {"ranking": True, "columns": COLUMNS}
            for split in self.about.splits
            if split in self.readable  # LLaMA-Factory stops at a file without a line
        }
        self.folder.write("pairs/dataset_info.json", orjson.dumps(datasets, option=orjson.OPT_INDENT_2) + b"\n")
        self.folder.counts |= {"pairs": self.pairs, "pairs_of_different_images": self.images_differ}


def pairs_of(labels: Sequence[LabelRecord]) -> Iterator[Pair]:
    """Of labels of one query. Two labels of different rubrics cannot be compared, and equal responses have nothing to tell."""
    for one, other in combinations(labels, 2):
        if one.system == other.system or one.rubric != other.rubric or one.response == other.response:
            continue
        if one.fair.value is None or one.fair.se is None or other.fair.value is None or other.fair.se is None:
            continue
        difference, se = one.fair.value - other.fair.value, hypot(one.fair.se, other.fair.se)
        if abs(difference) > 2 * se:
            better, worse = (one, other) if difference > 0 else (other, one)
            yield Pair(better, worse, round(abs(difference), DIGITS), round(se, DIGITS))


def about_pair(pair: Pair) -> dict[str, Any]:
    return {"id": f"{pair.chosen.name} > {pair.rejected.name}", "difference": pair.difference, "se": pair.se}


def swift_line(pair: Pair) -> dict[str, Any]:
    asked, (chosen, rejected) = texts(pair)
    return about_pair(pair) | {
        "messages": swift.turns(asked, chosen),
        "images": swift.paths(shown_images(pair.chosen)),
        "rejected_messages": swift.turns(asked, rejected),
        "rejected_images": swift.paths(shown_images(pair.rejected)),
    }


def sharegpt_line(pair: Pair) -> dict[str, Any]:
    asked, (chosen, rejected) = texts(pair)
    return about_pair(pair) | {
        "conversations": [{"from": "human", "value": asked}],
        "chosen": {"from": "gpt", "value": chosen},
        "rejected": {"from": "gpt", "value": rejected},
        "images": sharegpt.paths(shown_images(pair.chosen)),
    }


def texts(pair: Pair) -> tuple[str, list[str]]:
    """The query as the systems saw it, and the two responses."""
    question = pair.chosen.question
    asked = sum(block.image is not None for block in question)
    return blocks_text(question), [blocks_text(label.response, asked) for label in (pair.chosen, pair.rejected)]


def shown_images(label: LabelRecord) -> list[str]:
    """Of query and response, without the correct answer."""
    return [block.image for block in (*label.question, *label.response) if block.image]


def response_images(label: LabelRecord) -> list[str]:
    return [block.image for block in label.response if block.image]
