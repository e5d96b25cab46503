"""From label records to the files of a release: pure, the same bytes whoever asks."""

from annotation.exporters.data import Block, Content, CriterionRecord, LabelRecord, PenaltyRecord, RatingRecord, RubricText
from annotation.exporters.registry import EXPORTERS, write
from annotation.exporters.split import choose_check_queries
from annotation.exporters.verify import verify

__all__ = [
    "EXPORTERS",
    "Block",
    "Content",
    "CriterionRecord",
    "LabelRecord",
    "PenaltyRecord",
    "RatingRecord",
    "RubricText",
    "choose_check_queries",
    "verify",
    "write",
]
