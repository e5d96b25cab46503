"""The records that the tests of the exporters start from, and the files that an exporter makes of them."""

from fractions import Fraction
from typing import Any

from annotation.exporters import (
    EXPORTERS,
    Block,
    Content,
    CriterionRecord,
    FairRecord,
    LabelRecord,
    PenaltyRecord,
    RatingRecord,
    RubricText,
)

RUBRIC = RubricText("r@1", "Rubric", 0, 6, (("Text", "how it reads", ((1, "bad"), (2, "good"))),), ())
UNRATED = FairRecord(None, None, "nothing has been rated")


def label(**changes: Any) -> LabelRecord:
    fields: dict[str, Any] = {
        "id": "PBL-1", "system": "s", "sample": 0, "category": "c", "field": "art", "subfield": "", "rubric": "r@1",
        "split": "train", "overall": Fraction(7, 3), "score": 2, "percent": Fraction(350, 9), "how": "adjudicated",
        "fair": FairRecord(2.5, 0.3, None),
        "criteria": {
            "text": CriterionRecord(Fraction(7, 3), (2, 2, 3), "agreed", FairRecord(2.4101, 0.3127, None)),
            "images": CriterionRecord(None, (None, None, None), "adjudicated", UNRATED),
            "whole": CriterionRecord(Fraction(3), (2, 6, None), "adjudicated", FairRecord(4.0, 0.5, None)),
        },
        "penalties": {"harm": PenaltyRecord(True, (True, False, True), "adjudicated")},
        "revised": True, "feedback": ("早い。", "Fine."), "question": (Block("Q", "a.png"),), "correct_answer": None,
        "response": (Block("A", None),),
    }  # fmt: skip
    return LabelRecord(**fields | changes)


def files_of(
    exporter: str, *labels: LabelRecord, ratings: tuple[RatingRecord, ...] = (), title: str = "Study"
) -> dict[str, bytes]:
    content = Content("study", title, labels, ratings, {"r@1": RUBRIC}, {}, lambda name: name.encode())
    return dict(EXPORTERS[exporter](content))
