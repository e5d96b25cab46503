"""The overall of one judgement, as its annotator sees it: the value, and how it is calculated."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from annotation.flow.score import submission as submissions
from annotation.flow.score.submission import Submission
from annotation.models import Revision, Score, Task
from rubrics.models import Rubric
from rubrics.scoring import explain_overall, format_score, overall


@dataclass(frozen=True)
class Overall:
    value: Fraction
    reason: str

    def as_content(self) -> dict[str, object]:
        return {"value": round(float(self.value), 4), "text": format_score(self.value), "reason": self.reason}


def of_submission(rubric: Rubric, submission: Submission) -> Overall | None:
    """None while a criterion is open: a part of the scores makes no overall."""
    rated = [criterion for criterion in rubric.criteria.all() if criterion.is_rated]
    if any(criterion not in submission.levels for criterion in rated):
        return None
    scores = {criterion.key: level.value if level else None for criterion, level in submission.levels.items()}
    return explain(rubric, scores, {criterion.key for criterion in submission.penalties}, submission.holistic)


def of_draft(task: Task, content: dict[str, Any]) -> Overall | None:
    return of_submission(task.rubric, submissions.read(task, content, complete=False))


def of_revision(rubric: Rubric, revision: Revision, scores: Iterable[Score]) -> Overall | None:
    rated = {score.criterion.key: score.level.value if score.level else None for score in scores if score.criterion.is_rated}
    penalties = {score.criterion.key for score in scores if not score.criterion.is_rated}
    return explain(rubric, rated, penalties, revision.holistic)


def explain(rubric: Rubric, scores: dict[str, int | None], penalties: set[str], holistic: int | None) -> Overall | None:
    value = overall(rubric, scores=scores, penalties=penalties, holistic=holistic)
    if value is None:
        return None
    return Overall(value, explain_overall(rubric, scores=scores, penalties=penalties, holistic=holistic))
