"""internvl/: conversations on which InternVL's own script fine-tunes; paths are relative to the folder of the release."""

from typing import Any

import orjson

from annotation.exporters.data import About, LabelRecord
from annotation.exporters.folder import Folder, JsonLines
from annotation.exporters.training.templates import Example


class Writer:
    def __init__(self, about: About, folder: Folder) -> None:
        self.about, self.folder = about, folder
        self.files = {split: JsonLines(folder, f"internvl/{split}.jsonl") for split in about.splits}
        self.length = 0

    def add(self, label: LabelRecord, example: Example) -> None:
        if example.answer is not None:
            self.length += label.split == "train"
            self.files[label.split].add(line(label, example))

    def close(self) -> None:
        for file in self.files.values():
            file.close()
        meta = {
            f"sixpoint-{self.about.project}": {
                "root": "images",
                "annotation": "internvl/train.jsonl",
                "data_augment": False,
                "repeat_time": 1,
                "length": self.length,
            }
        }
        self.folder.write("internvl/meta.json", orjson.dumps(meta, option=orjson.OPT_INDENT_2) + b"\n")


def line(label: LabelRecord, example: Example) -> dict[str, Any]:
    """InternVL takes a line with an empty list of images for one that has some."""
    return {
        "id": label.name,
        **({"image": example.images} if example.images else {}),
        "conversations": [{"from": "human", "value": example.prompt}, {"from": "gpt", "value": example.answer}],
    }
