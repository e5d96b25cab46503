"""Reads a submission back from the database: to show it, and to begin a revision with."""

from dataclasses import dataclass
from typing import Any

from annotation.flow.score import overall as overalls
from annotation.flow.score.overall import Overall
from annotation.models import Assignment, ErrorMark, Note, Revision, Score
from rubrics.models import Criterion


@dataclass(frozen=True)
class Answer:
    """The score of a rated criterion with its note. The score's level is None where the criterion is not applicable."""

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
    """The newest revision of the slot's annotation. Four queries."""
    revision = Revision.objects.filter(annotation__assignment=slot).order_by("-number")[0]
    scores = list(revision.scores.select_related("criterion", "level"))
    notes = list(revision.notes.all())
    note_texts = {note.criterion_id: note.text for note in notes}
    return Readback(
        revision=revision,
        answers=[Answer(score, note_texts.get(score.criterion_id, "")) for score in scores if score.criterion.is_rated],
        penalties=[score.criterion for score in scores if not score.criterion.is_rated],
        block_notes=[note for note in notes if note.block is not None],
        errors=list(revision.error_marks.select_related("error_type")),
        overall=overalls.of_revision(slot.task.rubric, revision, scores),
    )


def as_body(readback: Readback) -> dict[str, Any]:
    """The body of a submission like it, but for the time, the looks, and errors that the project no longer offers."""
    rated = [answer.score for answer in readback.answers]
    body = {
        "scores": {score.criterion.key: score.answer for score in rated},
        "penalties": [criterion.key for criterion in readback.penalties],
        "feedback": readback.revision.feedback,
        "active_seconds": 0,
        "notes": {answer.score.criterion.key: answer.note for answer in readback.answers if answer.note},
        "block_notes": [{"part": note.part, "block": note.block, "text": note.text} for note in readback.block_notes],
        "errors": [
            {"type": mark.error_type.key, "block": mark.block} for mark in readback.errors if mark.error_type.retired_at is None
        ],
        "confidence": {score.criterion.key: score.confidence for score in rated if score.confidence},
    }
    return body if readback.revision.holistic is None else body | {"overall": readback.revision.holistic}
