"""The records of a release, from which every exporter writes: exact fractions, images by their name in images/.

They come sorted by code point.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class Block:
    text: str | None
    image: str | None  # HASH.suffix


@dataclass(frozen=True)
class FairRecord:
    """What the average annotator would give, and its standard error, in points; or the reason why there is none."""

    value: float | None
    se: float | None
    reason: str | None


@dataclass(frozen=True)
class CriterionRecord:
    """A rated criterion: the label (None: not applicable), the ratings it came from, and their fair value."""

    label: Fraction | None
    ratings: tuple[int | None, ...]
    how: str
    fair: FairRecord

    @property
    def spread(self) -> int | None:
        """The highest rating less the lowest; None without any."""
        values = [rating for rating in self.ratings if rating is not None]
        return max(values) - min(values) if values else None


@dataclass(frozen=True)
class PenaltyRecord:
    """A penalty: whether it applies, and the ratings that this came from."""

    label: bool
    ratings: tuple[bool, ...]
    how: str


@dataclass(frozen=True)
class LabelRecord:
    """A labelled response with all that a scorer is shown. `how` is how the label came about: agreed or adjudicated.

    `id` is the query's, and `question` has the query's blocks.
    """

    id: str
    system: str
    sample: int
    category: str
    field: str
    subfield: str
    rubric: str
    split: str  # train or check
    overall: Fraction
    score: int
    percent: Fraction
    how: str
    fair: FairRecord  # of the overall
    criteria: Mapping[str, CriterionRecord]
    penalties: Mapping[str, PenaltyRecord]
    revised: bool  # whether a rating that it rests on is of a later revision than the first
    feedback: tuple[str, ...]
    question: tuple[Block, ...]
    correct_answer: tuple[Block, ...] | None
    response: tuple[Block, ...]

    @property
    def images(self) -> tuple[str, ...]:
        """Their names, in the order in which the prompt shows them."""
        blocks = (*self.question, *(self.correct_answer or ()), *self.response)
        return tuple(block.image for block in blocks if block.image)


@dataclass(frozen=True)
class RatingRecord:
    """One first rating; `score` None is not applicable. `split` is empty where the response is left out."""

    id: str
    system: str
    sample: int
    split: str
    rubric: str
    annotator: str
    criterion: str
    score: int | None


@dataclass(frozen=True)
class RubricText:
    """The text of a rubric as a scorer reads it.

    `criteria` are (title, description, ((level, descriptor), …)); `penalties` are (title, description, points).
    """

    name: str
    title: str
    lowest: int
    highest: int
    criteria: tuple[tuple[str, str, tuple[tuple[int, str], ...]], ...]
    penalties: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Content:
    """All that the files of a release are made from. `manifest_head` is what the manifest says before its files."""

    project: str
    title: str
    labels: tuple[LabelRecord, ...]
    ratings: tuple[RatingRecord, ...]
    rubrics: Mapping[str, RubricText]
    manifest_head: Mapping[str, Any]
    read_image: Callable[[str], bytes]

    def in_split(self, split: str) -> list[LabelRecord]:
        return [label for label in self.labels if label.split == split]
