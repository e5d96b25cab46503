"""From label records to the files of a release: pure functions; page, API and command write the same bytes.

Read data first (the records that every exporter takes), then registry (the exporters by name, and `write` with the manifest).
Each exporter is a module with a function `files`: labels, ratings_csv, internvl, mmie, images, card. split chooses the check
split, verify checks a folder against its manifest. paper is a package of its own: the agreement report as text for a paper.
"""

from annotation.exporters.data import (
    Block,
    Content,
    CriterionRecord,
    FairRecord,
    LabelRecord,
    PenaltyRecord,
    RatingRecord,
    RubricText,
)
from annotation.exporters.registry import EXPORTERS, write
from annotation.exporters.split import choose_check_queries
from annotation.exporters.verify import verify

__all__ = [
    "EXPORTERS",
    "Block",
    "Content",
    "CriterionRecord",
    "FairRecord",
    "LabelRecord",
    "PenaltyRecord",
    "RatingRecord",
    "RubricText",
    "choose_check_queries",
    "verify",
    "write",
]
