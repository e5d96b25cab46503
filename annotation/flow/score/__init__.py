"""An annotator's way through a response.

Claims, drafts, submission (with remarks), store; concerns (skip, flag); revise; readback and overall show it again.
"""

from annotation.flow.score.claims import ahead, claim, free_slots, take_up
from annotation.flow.score.concerns import skip
from annotation.flow.score.own import own_assignment, submitted_by
from annotation.flow.score.store import save_draft, submit

__all__ = ["ahead", "claim", "free_slots", "own_assignment", "save_draft", "skip", "submit", "submitted_by", "take_up"]
