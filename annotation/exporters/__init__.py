"""From label records to the files of a release: pure functions; page, API and command write the same bytes.

Read data first (the records that every exporter takes), then folder (files that are hashed as they are written), then registry:
`write` passes each label once through all writers, and adds tables, texts and the manifest. Each writer is the class `Writer` of
a module (labels, images, parquet, those of training/), each table and text its function `write` (tables/, card and croissant,
which say the same in the words of statements). verify checks a folder against its manifest. Three packages of their own: split
divides the responses into train, check and test; paper is the agreement report as text for a paper; results are tables and
pictures of the results of systems.
"""

from annotation.exporters.data import (
    About,
    Answer,
    Block,
    Content,
    CriterionRecord,
    CriterionText,
    DecisionRecord,
    ErrorRecord,
    FairRecord,
    LabelRecord,
    PenaltyRecord,
    PenaltyText,
    RatingRecord,
    RatingSheet,
    RemarkRecord,
    ResponseRecord,
    RubricText,
    SeenImage,
)
from annotation.exporters.registry import TABLES, TEXTS, WRITERS, write
from annotation.exporters.tables.parts import table_bytes
from annotation.exporters.tables.ratings import rating_bytes
from annotation.exporters.training.templates import Example, Examples, Template
from annotation.exporters.verify import verify

__all__ = [
    "TABLES",
    "TEXTS",
    "WRITERS",
    "About",
    "Answer",
    "Block",
    "Content",
    "CriterionRecord",
    "CriterionText",
    "DecisionRecord",
    "ErrorRecord",
    "Example",
    "Examples",
    "FairRecord",
    "LabelRecord",
    "PenaltyRecord",
    "PenaltyText",
    "RatingRecord",
    "RatingSheet",
    "RemarkRecord",
    "ResponseRecord",
    "RubricText",
    "SeenImage",
    "Template",
    "rating_bytes",
    "table_bytes",
    "verify",
    "write",
]
