"""swift/: files for ms-swift; paths of images are relative to the folder of the release.

Per split, messages.jsonl has conversations, and scores.jsonl what its multi-regression takes: one number a criterion.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from annotation.exporters.data import About, LabelRecord, RubricText
from annotation.exporters.folder import Folder, TypedLines
from annotation.exporters.training.templates import Example


class Writer:
    """ms-swift trains on no missing number: a label with a criterion that is not applicable has no line among the scores.

    One head of a model has one list of criteria, so a project of several rubrics has a file of scores for each.
    """

    def __init__(self, about: About, folder: Folder) -> None:
        self.folder = folder
        self.messages = {split: TypedLines(folder, f"swift/{split}/messages.jsonl", filled) for split in about.splits}
        names = score_files(about.rubrics)
        self.scores = {
            (split, rubric): TypedLines(folder, f"swift/{split}/{name}", filled)
            for split in about.splits
            for rubric, name in names.items()
        }
        self.asks = {name: ask(rubric) for name, rubric in about.rubrics.items()}
        self.left_out = 0
        criteria = {
            name: {"file": names[name], "label": [item.key for item in rubric.criteria]} for name, rubric in about.rubrics.items()
        }
        folder.write("swift/criteria.json", orjson.dumps(criteria, option=orjson.OPT_INDENT_2) + b"\n")

    def add(self, label: LabelRecord, example: Example) -> None:
        images = paths(example.images)
        if example.answer is not None:
            line: dict[str, Any] = {"id": label.name, "messages": turns(example.prompt, example.answer), "images": images}
            self.messages[label.split].add(line)
        numbers = [float(criterion.label) for criterion in label.criteria.values() if criterion.label is not None]
        if len(numbers) < len(label.criteria):
            self.left_out += 1
        else:
            question = f"{example.shown}\n\n{self.asks[label.rubric]}"
            line = {"id": label.name, "messages": turns(question), "images": images, "label": numbers}
            self.scores[label.split, label.rubric].add(line)

    def close(self) -> None:
        for file in (*self.messages.values(), *self.scores.values()):
            file.close()
        self.folder.counts["scores_not_applicable"] = self.left_out


def filled(line: Mapping[str, Any]) -> dict[str, bool]:
    """Which lists of images are not empty."""
    return {key: bool(line[key]) for key in ("images", "rejected_images") if key in line}


def score_files(rubrics: Iterable[str]) -> dict[str, str]:
    """The name of each rubric's file of scores."""
    names = list(rubrics)
    return {name: "scores.jsonl" if len(names) == 1 else f"scores-{name}.jsonl" for name in names}


def ask(rubric: RubricText) -> str:
    return "Give each criterion a number: " + "; ".join(item.title for item in rubric.criteria) + "."


def turns(question: str, answer: str | None = None) -> list[dict[str, str]]:
    asked = {"role": "user", "content": question}
    return [asked] if answer is None else [asked, {"role": "assistant", "content": answer}]


def paths(images: Iterable[str]) -> list[str]:
    return [f"images/{name}" for name in images]
