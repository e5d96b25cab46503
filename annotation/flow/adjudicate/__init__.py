"""Adjudication. Read queue (the next case), case (blind scores, then the decision), then answers (reads what is posted)."""

from annotation.flow.adjudicate.case import decide, score_blind
from annotation.flow.adjudicate.queue import start, waiting_cases

__all__ = ["decide", "score_blind", "start", "waiting_cases"]
