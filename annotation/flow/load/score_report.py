"""What a load of scores counts, and what stays the same from batch to batch."""

from dataclasses import dataclass
from datetime import datetime

from annotation.errors import Rejection
from annotation.flow.load.report import LoadReport
from annotation.importers.scores import Row
from annotation.models import Project, User
from rubrics.models import Rubric


@dataclass
class ScoreReport(LoadReport):
    """Counts of what was newly added; skipped are annotations that were there already."""

    annotations: int = 0
    scores: int = 0
    annotators: int = 0
    slots: int = 0
    skipped: int = 0

    def reject(self, row: Row, field: str, error: str) -> None:
        self.rejected.append(Rejection(row.number, field, error))


@dataclass
class Loading:
    """What stays the same from batch to batch, but for the report and the last position that a slot has."""

    project: Project
    rubrics: dict[int, Rubric]
    last: int
    now: datetime
    by: User | None
    report: ScoreReport
