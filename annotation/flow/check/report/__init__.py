"""The scorer report as plain data. Read scored (the labelled responses that have a score), people (first ratings beside them),
subgroups (where a scorer errs), density (the plots), compose (all of it together), then enough (whether labels are enough to say
anything), verdict (what it comes to) and sentences (the verdict in words)."""

from annotation.flow.check.report.compose import report
from annotation.flow.check.report.density import squares
from annotation.flow.check.report.scored import Scored, scored_of
from annotation.flow.check.report.sentences import in_words
from annotation.flow.check.report.verdict import verdict

__all__ = ["Scored", "in_words", "report", "scored_of", "squares", "verdict"]
