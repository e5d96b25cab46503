"""The records that the tests of the exporters start from, and the files that an exporter makes of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from annotation.exporters import (
    TABLES,
    TEXTS,
    WRITERS,
    About,
    Block,
    Content,
    CriterionRecord,
    CriterionText,
    DecisionRecord,
    ErrorRecord,
    FairRecord,
    LabelRecord,
    PenaltyRecord,
    RatingRecord,
    RatingSheet,
    RemarkRecord,
    RubricText,
    SeenImage,
)
from annotation.exporters.folder import Folder

RUBRIC = RubricText(
    "r@1", "Rubric", 0, 6, (CriterionText("text", "Text", "how it reads", ((1, "bad"), (2, "good"))),), (), (1, 2, 3, 4, 5, 6)
)
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
        "revised": True, "errors": (ErrorRecord("slip", 0, 2), ErrorRecord("slip", 1, 1)),
        "feedback": ("早い。", "Fine."), "fitting_feedback": "Fine.",
        "question": (Block("Q", "a.png"),), "correct_answer": None,
        "response": (Block("A", None),),
    }  # fmt: skip
    return LabelRecord(**fields | changes)


def content(
    *labels: LabelRecord,
    title: str = "Study",
    images: Mapping[str, bytes] | None = None,
    seen: Sequence[SeenImage] = (),
    manifest: Mapping[str, Any] | None = None,
    **more: Any,
) -> Content:
    """`more` has the tables (ratings, remarks and decisions), the rubrics, and what the manifest says, which `manifest` has too.
    An image is its name unless in `images`."""
    how = Counter(label.how for label in labels)
    fields = {
        "project": "study",
        "template": "scores",
        "score_without_feedback": False,
        "split": {"train": 0, "check": 0} | Counter(label.split for label in labels),
        "counts": {"released": len(labels), "agreed": how["agreed"], "adjudicated": how["adjudicated"],
                   "revised": sum(label.revised for label in labels)},
        "people": {"annotators": 3, "adjudicators": 1, "annotators_per_response": {"3": len(labels)}, "imported": 0},
        "agreement": [], "left_out": [],
        **(manifest or {}),
    }  # fmt: skip
    ratings: tuple[RatingRecord, ...] = more.pop("ratings", ())
    remarks: tuple[RemarkRecord, ...] = more.pop("remarks", ())
    decisions: tuple[DecisionRecord, ...] = more.pop("decisions", ())
    return Content(
        about=About("study", title, more.pop("rubrics", {"r@1": RUBRIC}), fields | more),
        agreement=lambda: fields["agreement"],
        labels=lambda: labels,
        ratings=lambda: map(sheet_of, ratings),
        remarks=lambda: remarks,
        decisions=lambda: decisions,
        annotators=tuple(sorted({rating.annotator for rating in ratings if rating.first and rating.role == "annotator"})),
        read_image=lambda name: (images or {}).get(name, name.encode()),
        seen=lambda names: [image for image in seen if image.name in names],
        read_original=None,
    )


def sheet_of(rating: RatingRecord) -> RatingSheet:
    """A sheet with this rating alone."""
    shared = {name: getattr(rating, name) for name in RatingSheet._fields if name != "answers"}
    return RatingSheet(**shared, answers=[(rating.criterion, rating.score, rating.confidence)])


def files_of(part: str, *labels: LabelRecord, title: str = "Study", **more: Any) -> dict[str, bytes]:
    """The files that a writer, table or text of the registry makes, by their names."""
    whole = content(*labels, title=title, **more)
    with TemporaryDirectory() as path, Folder(Path(path)) as folder:
        if part in WRITERS:
            writer = WRITERS[part](whole, folder)
            for label in labels:
                writer.add(label)
            writer.close()
        else:
            (TABLES | TEXTS)[part](whole, folder)
        return {name: Path(path, name).read_bytes() for name in folder.digests()}
