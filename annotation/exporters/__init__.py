"""From label records to the files of a release: pure, the same bytes whoever asks."""

from annotation.exporters.folder import EXPORTERS, verify, write
from annotation.exporters.records import (
    Block,
    Content,
    CriterionRecord,
    LabelRecord,
    PenaltyRecord,
    RatingRecord,
    RubricText,
)
from annotation.exporters.split import check_queries

__all__ = [
    "EXPORTERS",
    "Block",
    "Content",
    "CriterionRecord",
    "LabelRecord",
    "PenaltyRecord",
    "RatingRecord",
    "RubricText",
    "check_queries",
    "verify",
    "write",
]
