"""What disputes teach. Read disputes (a row per disputed criterion of a response), then causes and adjudicators (counted over
them), scale (levels that are not told apart), report (all of it), and descriptor (the next version of a rubric)."""

from annotation.flow.lessons.disputes import Dispute, Selection, chosen, read_disputes
from annotation.flow.lessons.report import lessons, lessons_at

__all__ = ["Dispute", "Selection", "chosen", "lessons", "lessons_at", "read_disputes"]
