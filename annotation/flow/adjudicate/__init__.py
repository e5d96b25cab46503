"""Adjudication. Read queue (what waits), claims (who holds a case), case (blind scores, then the decision), then answers."""

from annotation.flow.adjudicate.case import decide, own_review, score_blind
from annotation.flow.adjudicate.claims import claim
from annotation.flow.adjudicate.queue import waiting_cases

__all__ = ["claim", "decide", "own_review", "score_blind", "waiting_cases"]
