"""An annotator's way through a response.

In reading order: own (whose assignment), claims, submission (with remarks), drafts, store; concerns (skip, flag); revise;
readback and overall show what was submitted. The functions take an assignment by its id or as own_assignment or a claim gave it.
"""

from annotation.flow.score.claims import (
    ahead,
    claim,
    day_is_full,
    elsewhere,
    free_slots,
    is_limited,
    progress,
    progress_in,
    take_up,
)
from annotation.flow.score.concerns import skip
from annotation.flow.score.own import held_assignment, own_assignment, submitted_by
from annotation.flow.score.store import save_draft, submit

__all__ = [
    "ahead",
    "claim",
    "day_is_full",
    "elsewhere",
    "free_slots",
    "held_assignment",
    "is_limited",
    "own_assignment",
    "progress",
    "progress_in",
    "save_draft",
    "skip",
    "submit",
    "submitted_by",
    "take_up",
]
