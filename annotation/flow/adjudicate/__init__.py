"""Disputes: queue gives an adjudicator the next case; case takes the blind scores, then the decision."""

from annotation.flow.adjudicate.case import decide, score_blind
from annotation.flow.adjudicate.queue import start, waiting_cases

__all__ = ["decide", "score_blind", "start", "waiting_cases"]
