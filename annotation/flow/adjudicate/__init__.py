"""Adjudication.

Read disputes (what could wait, by the ratings), cases (what has come of it), queue (what waits, and for whom), claims (who holds
a case), case (drafts, blind scores, the decision) with answers and letters (the annotators' neutral names), ways_out and further,
then reopen and comments.
"""

from annotation.flow.adjudicate.case import decide, draft_of, own_review, save_draft, score_blind
from annotation.flow.adjudicate.claims import claim
from annotation.flow.adjudicate.comments import comment, comments_of, may_comment, work_is_done
from annotation.flow.adjudicate.further import after_submission, ask_further, ask_further_where_due
from annotation.flow.adjudicate.letters import adopted_letter, given_the_same
from annotation.flow.adjudicate.queue import Queue, offered, read_queue, waiting_count
from annotation.flow.adjudicate.reasons import reasons_used
from annotation.flow.adjudicate.reopen import confirm, reopen
from annotation.flow.adjudicate.ways_out import (
    awaits_annotator,
    call_back,
    call_back_response,
    colleagues,
    hand_over,
    mark_unusable,
    send_back,
    skip,
    take_back,
)

__all__ = [
    "Queue",
    "adopted_letter",
    "after_submission",
    "ask_further",
    "ask_further_where_due",
    "awaits_annotator",
    "call_back",
    "call_back_response",
    "claim",
    "colleagues",
    "comment",
    "comments_of",
    "confirm",
    "decide",
    "draft_of",
    "given_the_same",
    "hand_over",
    "mark_unusable",
    "may_comment",
    "offered",
    "own_review",
    "read_queue",
    "reasons_used",
    "reopen",
    "save_draft",
    "score_blind",
    "send_back",
    "skip",
    "take_back",
    "waiting_count",
    "work_is_done",
]
