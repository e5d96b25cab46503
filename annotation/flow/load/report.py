"""The result of a load: how much it added of each kind, or why the file was refused."""

from dataclasses import dataclass, field
from typing import Any

from annotation.errors import Fault, Rejection
from annotation.importers.scores import Row


@dataclass
class LoadReport:
    """The counts are the fields of its subclasses; `rejected` is empty where something was stored."""

    rejected: list[Rejection] = field(default_factory=list, kw_only=True)

    def as_dict(self) -> dict[str, Any]:
        return vars(self) | {"rejected": [rejection.as_dict() for rejection in self.rejected]}

    @property
    def counts(self) -> dict[str, int]:
        return {key: value for key, value in self.as_dict().items() if isinstance(value, int)}


@dataclass
class ItemReport(LoadReport):
    """Counts of what was newly added; skipped are records that were there already. Correct answers are those of the queries
    (`gt_answer`), possible duplicates are pairs of queries."""

    queries: int = 0
    responses: int = 0
    references: int = 0
    images: int = 0
    tasks: int = 0
    skipped: int = 0
    correct_answers: int = 0
    possible_duplicates: int = 0

    def reject(self, number: int, fault: Fault) -> None:
        self.rejected.append(Rejection.of(number, fault))


@dataclass
class ScoreReport(LoadReport):
    """Counts of what was newly added; skipped are annotations that were there already. `not_first` counts the rows of a
    release's ratings.csv that are later revisions, or not an annotator's."""

    annotations: int = 0
    scores: int = 0
    annotators: int = 0
    slots: int = 0
    skipped: int = 0
    not_first: int = 0
    spellings: list[list[str]] = field(default_factory=list, kw_only=True)  # of people whom the file spells differently

    def as_dict(self) -> dict[str, Any]:
        values = super().as_dict()
        return values if self.spellings else {key: value for key, value in values.items() if key != "spellings"}

    def reject(self, row: Row, fault: Fault) -> None:
        self.rejected.append(Rejection.of(row.number, fault))
