"""labels.jsonl: a line per labelled response, with the same keys in every line. No text is null."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from annotation.exporters.data import Block, Content, CriterionRecord, FairRecord, LabelRecord
from annotation.exporters.folder import Folder, TypedLines


class Writer:
    def __init__(self, content: Content, folder: Folder) -> None:
        self.rubrics = content.about.rubrics
        self.file = TypedLines(folder, "labels.jsonl", filled)

    def add(self, label: LabelRecord) -> None:
        self.file.add(line(label, self.rubrics[label.rubric].levels))

    def close(self) -> None:
        self.file.close()


def filled(line: Mapping[str, Any]) -> dict[str, bool]:
    """What of a line has a value that shows its type: numbers that may be null, lists that may be empty."""
    criteria, penalties = line["criteria"], line["penalties"]
    lists = ("criteria", "penalties", "errors", "feedback", "question", "correct_answer", "response")
    return {
        **{key: bool(line[key]) for key in lists},
        "fair": line["fair"]["value"] is not None,
        "label": any(criterion["label"] is not None for criterion in criteria),
        "ratings": any(criterion["soft"] for criterion in criteria),
        "fair of a criterion": any(criterion["fair"]["value"] is not None for criterion in criteria),
        "ratings of a penalty": any(penalty["ratings"] for penalty in penalties),
    }


def line(label: LabelRecord, levels: tuple[int, ...]) -> dict[str, Any]:
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
        "revised": label.revised,
        "fair": fair(label.fair),
        "criteria": [
            {"key": key, **judged_once(criterion, levels), "fair": fair(criterion.fair)}
            for key, criterion in label.criteria.items()
        ],
        "penalties": [
            {"key": key, "label": penalty.label, "ratings": list(penalty.ratings), "how": penalty.how}
            for key, penalty in label.penalties.items()
        ],
        "errors": [{"key": error.key, "block": error.block, "count": error.count} for error in label.errors],
        "feedback": list(label.feedback),
        "question": blocks(label.question),
        "correct_answer": blocks(label.correct_answer or ()),
        "response": blocks(label.response),
    }


def judged_once(criterion: CriterionRecord, levels: tuple[int, ...]) -> dict[str, Any]:
    """What a criterion's label and ratings say in the line."""
    label = criterion.label
    ratio = None if label is None else (label.numerator, label.denominator)  # a Fraction takes long to look up
    return judged(ratio, criterion.ratings, criterion.how, levels)


@lru_cache(maxsize=10_000)  # of many responses it is the same
def judged(ratio: tuple[int, int] | None, ratings: tuple[int | None, ...], how: str, levels: tuple[int, ...]) -> dict[str, Any]:
    label = None if ratio is None else Fraction(*ratio)
    criterion = CriterionRecord(label, ratings, how, FairRecord(None, None, None))
    return {
        "label": None if label is None else float(label),
        "ratings": list(ratings),
        "spread": criterion.spread,
        "soft": criterion.soft(levels),
        "contradicted": criterion.contradicted,
        "how": how,
    }


def fair(record: FairRecord) -> dict[str, Any]:
    return {"value": record.value, "se": record.se, "reason": record.reason or ""}


def blocks(records: Iterable[Block]) -> list[dict[str, str]]:
    return [{"text": block.text or "", "image": block.image or ""} for block in records]
