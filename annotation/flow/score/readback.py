"""What an annotator said of a task, read back: to show it, and to begin a revision with."""

from dataclasses import dataclass
from typing import Any

from annotation.flow.score import overall as overalls
from annotation.flow.score.overall import Overall
from annotation.models import Assignment, ErrorMark, Note, Revision, Score
from rubrics.models import Criterion


@dataclass(frozen=True)
class Answer:
    """A rated criterion's: its level is None where it is not applicable."""

    score: Score
    note: str


@dataclass(frozen=True)
class Readback:
    revision: Revision
    answers: list[Answer]
    penalties: list[Criterion]
    block_notes: list[Note]
    errors: list[ErrorMark]
    overall: Overall | None


def newest(slot: Assignment) -> Readback:
    """The newest revision of what was submitted for the slot. Four queries."""
    revision = Revision.objects.filter(annotation__assignment=slot).order_by("-number")[0]
    scores = list(revision.scores.select_related("criterion", "level"))
    notes = list(revision.notes.all())
    of_criteria = {note.criterion_id: note.text for note in notes}
    return Readback(
        revision=revision,
        answers=[Answer(score, of_criteria.get(score.criterion_id, "")) for score in scores if score.criterion.is_rated],
        penalties=[score.criterion for score in scores if not score.criterion.is_rated],
        block_notes=[note for note in notes if note.block is not None],
        errors=list(revision.error_marks.select_related("error_type")),
        overall=overalls.of_revision(slot.task.rubric, revision, scores),
    )


def as_body(said: Readback) -> dict[str, Any]:
    """The body that would say the same again: without the time it took, the looks, and errors that are offered no more."""
    rated = [answer.score for answer in said.answers]
    body = {
        "scores": {score.criterion.key: score.answer for score in rated},
        "penalties": [criterion.key for criterion in said.penalties],
        "feedback": said.revision.feedback,
        "active_seconds": 0,
        "notes": {answer.score.criterion.key: answer.note for answer in said.answers if answer.note},
        "block_notes": [{"part": note.part, "block": note.block, "text": note.text} for note in said.block_notes],
        "errors": [
            {"type": error.error_type.key, "block": error.block} for error in said.errors if error.error_type.retired_at is None
        ],
        "confidence": {score.criterion.key: score.confidence for score in rated if score.confidence},
    }
    return body if said.revision.holistic is None else body | {"overall": said.revision.holistic}
