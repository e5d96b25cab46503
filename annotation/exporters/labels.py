"""labels.jsonl: a line per labelled response."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import orjson

from annotation.exporters.data import Content, LabelRecord


def files(content: Content) -> Iterator[tuple[str, bytes]]:
    yield "labels.jsonl", b"".join(orjson.dumps(line(label)) + b"\n" for label in content.labels)


def line(label: LabelRecord) -> dict[str, Any]:
    """The record as JSON has it; fractions become the nearest doubles."""
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
        "fair": asdict(label.fair),
        "criteria": {
            key: {
                "label": None if criterion.label is None else float(criterion.label),
                "ratings": list(criterion.ratings),
                "spread": criterion.spread,
                "how": criterion.how,
                "fair": asdict(criterion.fair),
            }
            for key, criterion in label.criteria.items()
        },
        "penalties": {
            key: {"label": penalty.label, "ratings": list(penalty.ratings), "how": penalty.how}
            for key, penalty in label.penalties.items()
        },
        "revised": label.revised,
        "feedback": list(label.feedback),
    }
