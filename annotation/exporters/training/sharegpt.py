"""sharegpt/: conversations for LLaMA-Factory, which takes the folder as its `dataset_dir` and finds images from there."""

from collections.abc import Iterable
from typing import Any

import orjson

from annotation.exporters.data import About, LabelRecord
from annotation.exporters.folder import Folder, JsonArray
from annotation.exporters.training.templates import Example

COLUMNS = {"messages": "conversations", "images": "images"}


class Writer:
    def __init__(self, about: About, folder: Folder) -> None:
        self.files = {split: JsonArray(folder, f"sharegpt/{split}.json") for split in about.splits}
        datasets = {f"{about.project}-{split}": described(f"{split}.json") for split in about.splits}
        folder.write("sharegpt/dataset_info.json", orjson.dumps(datasets, option=orjson.OPT_INDENT_2) + b"\n")

    def add(self, label: LabelRecord, example: Example) -> None:
        if example.answer is not None:
            self.files[label.split].add(line(label, example))

    def close(self) -> None:
        for file in self.files.values():
            file.close()


def described(file: str) -> dict[str, Any]:
    """A data set of dataset_info.json, whose turns have LLaMA-Factory's own names: human and gpt."""
    return {"file_name": file, "formatting": "sharegpt", "columns": COLUMNS}


def line(label: LabelRecord, example: Example) -> dict[str, Any]:
    return {
        "id": label.name,
        "conversations": [{"from": "human", "value": example.prompt}, {"from": "gpt", "value": example.answer}],
        "images": paths(example.images),
    }


def paths(images: Iterable[str]) -> list[str]:
    """LLaMA-Factory joins them to its `media_dir`, by default the `dataset_dir`."""
    return [f"../images/{name}" for name in images]
