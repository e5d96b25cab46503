"""The records of a release, from which every exporter writes: exact fractions, images by their name in images/. They come sorted
by code point."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple


class Block(NamedTuple):
    text: str | None
    image: str | None  # HASH.suffix


class FairRecord(NamedTuple):
    """What the average annotator would give, and its standard error, in points; or the reason why there is none."""

    value: float | None
    se: float | None
    reason: str | None


class CriterionRecord(NamedTuple):
    """A rated criterion: the label (None: not applicable), the ratings it came from, and their fair value."""

    label: Fraction | None
    ratings: tuple[int | None, ...]
    how: str
    fair: FairRecord

    @property
    def values(self) -> list[int]:
        return [rating for rating in self.ratings if rating is not None]

    @property
    def spread(self) -> int | None:
        """The highest rating less the lowest; None without any."""
        values = self.values
        return max(values) - min(values) if values else None

    def soft(self, levels: Sequence[int]) -> list[float]:
        """The share of the ratings at each level; nothing without any."""
        values = self.values
        return [values.count(level) / len(values) for level in levels] if values else []

    @property
    def contradicted(self) -> bool:
        """Whether an adjudicator decided otherwise than the ratings say: not applicable, or a level that is not the commonest."""
        if self.how != "adjudicated":
            return False
        shares = Counter(self.values)
        return shares[self.label] < max(shares.values(), default=0)  # type: ignore[index]


class PenaltyRecord(NamedTuple):
    """A penalty: whether it applies, and the ratings that this came from."""

    label: bool
    ratings: tuple[bool, ...]
    how: str


@dataclass(frozen=True)
class ErrorRecord:
    """How many annotators marked an error of this type; block 0 is the response as a whole."""

    key: str
    block: int
    count: int


class LabelRecord(NamedTuple):
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
    split: str  # train, check or test
    overall: Fraction
    score: int
    percent: Fraction
    how: str
    fair: FairRecord  # of the overall
    criteria: Mapping[str, CriterionRecord]
    penalties: Mapping[str, PenaltyRecord]
    revised: bool  # whether a rating that it rests on is of a later revision than the first
    errors: tuple[ErrorRecord, ...]
    feedback: tuple[str, ...]  # all of it
    fitting_feedback: str | None  # somebody's whose own judgement the label is: the adjudicator's, or one of the same score
    question: tuple[Block, ...]
    correct_answer: tuple[Block, ...] | None
    response: tuple[Block, ...]

    @property
    def name(self) -> str:
        return f"{self.id}/{self.system}/{self.sample}"

    @property
    def images(self) -> tuple[str, ...]:
        """Their names, in the order in which the prompt shows them."""
        blocks = (*self.question, *(self.correct_answer or ()), *self.response)
        return tuple(block.image for block in blocks if block.image)


class RatingRecord(NamedTuple):
    """One person's answer to one criterion, in one revision. `score` None is not applicable; a penalty is 1 or 0.

    `split` is empty where the response is left out. `first` is 1 for a first judgement. `role` is annotator, after_dispute (an
    annotator who was asked once a dispute was there) or adjudicator, whose revision is the round of the case. What agreement
    counts is first = 1 and role = annotator.
    """

    id: str
    system: str
    sample: int
    split: str
    rubric: str
    annotator: str
    criterion: str
    score: int | None
    revision: int
    first: int
    role: str
    confidence: int | None
    comment: str
    active_seconds: int | None
    submitted_at: str


Answer = tuple[str, int | None, int | None]  # criterion, score and confidence


class RatingSheet(NamedTuple):
    """What one person answered in one revision: the columns that its RatingRecords have in common, then their answers.

    The sheets of a response follow each other.
    """

    id: str
    system: str
    sample: int
    split: str
    rubric: str
    annotator: str
    revision: int
    first: int
    role: str
    comment: str
    active_seconds: int | None
    submitted_at: str
    answers: Sequence[Answer]

    @property
    def response(self) -> tuple[str, str, int, str, str]:
        return self[:5]


class RemarkRecord(NamedTuple):
    """A note, or an error mark (`error` is the key of its type). It is on a criterion, or on a block (counted from 1) of the
    query or the response, or on the response as a whole."""

    id: str
    system: str
    sample: int
    split: str
    rubric: str
    annotator: str
    revision: int
    kind: str
    criterion: str
    part: str
    block: int | None
    error: str
    text: str


class DecisionRecord(NamedTuple):
    """What an adjudicator decided of one criterion, with their blind score before. Answers are a level, na, or 1 and 0 of a
    penalty. A response that was marked unusable has one row, without criterion. `stands` is 1 where labels take it."""

    id: str
    system: str
    sample: int
    split: str
    rubric: str
    round: int
    adjudicator: str
    outcome: str
    stands: int
    second: int
    criterion: str
    disputed: int | None
    blind_score: str
    decision: str
    cause: str
    reason: str
    decided_at: str


class ResponseRecord(NamedTuple):
    """A response as it is now, in an export. `state` is agreed, adjudicated, or why there is no label; texts have the names of
    images in brackets."""

    id: str
    system: str
    sample: int
    category: str
    field: str
    subfield: str
    rubric: str
    judgements: int
    state: str
    changed: int
    revised: int
    overall: float | None
    score: int | None
    percent: float | None
    question: str
    correct_answer: str
    response: str


class CriterionText(NamedTuple):
    key: str
    title: str
    description: str
    levels: tuple[tuple[int, str], ...]  # with their descriptors


class PenaltyText(NamedTuple):
    key: str
    title: str
    description: str
    points: str  # in words


@dataclass(frozen=True)
class RubricText:
    """The text of a rubric as a scorer reads it. The overall is from `lowest` to `highest`."""

    name: str
    title: str
    lowest: int
    highest: int
    criteria: tuple[CriterionText, ...]
    penalties: tuple[PenaltyText, ...]
    levels: tuple[int, ...]  # of the scale


@dataclass(frozen=True)
class About:
    """What is small of a release. `manifest` is what the manifest says before its files, with the counts and the split; but
    for the agreement, which is in it once the labels are written."""

    project: str
    title: str
    rubrics: Mapping[str, RubricText]
    manifest: Mapping[str, Any]

    @property
    def splits(self) -> tuple[str, ...]:
        """Those that have files: test only where the release has it."""
        return tuple(split for split, size in self.manifest["split"].items() if size or split != "test")


@dataclass(frozen=True)
class SeenImage:
    """An image of images/ that is not the file as it was loaded but as annotators saw it. imaging/otherwise.py has reasons."""

    name: str
    original: str  # HASH.suffix
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Content:
    """All that the files of a release are made from. Records come one after another, from the start at each call.

    `annotators` are the pseudonyms of those with first ratings, sorted. Images are read by their names in images/; `seen` has
    those of these names that are as seen, one for each original, sorted. `read_original` is None where there is no originals/.
    """

    about: About
    agreement: Callable[[], list[dict[str, Any]]]
    labels: Callable[[], Iterable[LabelRecord]]
    ratings: Callable[[], Iterable[RatingSheet]]
    remarks: Callable[[], Iterable[RemarkRecord]]
    decisions: Callable[[], Iterable[DecisionRecord]]
    annotators: tuple[str, ...]
    read_image: Callable[[str], bytes]
    seen: Callable[[Iterable[str]], Sequence[SeenImage]]
    read_original: Callable[[str], bytes] | None
