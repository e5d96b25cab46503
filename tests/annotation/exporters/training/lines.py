"""What the files of training/ hold: their lines, and what MMIE's reader makes of an answer."""

import json
import re
from typing import Any

from annotation.exporters import LabelRecord
from tests.annotation.exporters.records import files_of


def lines(name: str, *labels: LabelRecord, **settings: Any) -> list[dict[str, Any]]:
    """Of a file of JSON lines, or of one JSON array."""
    text = files_of("training", *labels, **settings)[name].decode()
    return json.loads(text) if name.endswith(".json") else [json.loads(line) for line in text.split("\n")[:-1]]


def mmie_score(answer: str) -> int | None:
    """As MMIE's published script reads it, and our own check of a scorer."""
    match = re.search(r"### Score.*?(-?\d+(?:\.\d+)?)", answer, re.DOTALL)
    return round(float(match[1])) if match else None
