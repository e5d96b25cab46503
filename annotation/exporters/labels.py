"""labels.jsonl: a line per labelled response."""

from collections.abc import Iterator
from typing import Any

import orjson

from annotation.exporters.data import Content, LabelRecord


def files(content: Content) -> Iterator[tuple[str, bytes]]:
    yield "labels.jsonl", b"".join(orjson.dumps(line(label)) + b"\n" for label in content.labels)


def line(label: LabelRecord) -> dict[str, Any]:
    """Fractions become the nearest doubles."""
    return {
        "id": label.id,
        "system": label.system,
        "sample": label.sample,
        "category": label.category,
        "field": label.field,
        "subfield": label.subfield,
        "rubric": label.rubric,
        "split": label.split,
        "overall": float(label.overall),
        "score": label.score,
        "percent": float(label.percent),
        "how": label.how,
        "criteria": {
            key: {
                "label": None if found.label is None else float(found.label),
                "ratings": list(found.ratings),
                "spread": found.spread,
                "how": found.how,
            }
            for key, found in label.criteria.items()
        },
        "penalties": {
            key: {"label": found.label, "ratings": list(found.ratings), "how": found.how}
            for key, found in label.penalties.items()
        },
        "feedback": list(label.feedback),
    }
