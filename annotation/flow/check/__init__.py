"""Checks automatic scorers against people's labels. Read scale (a file's own scale, or the rubric's), file (its rows, held
against the project), scores (as arrays of runs x tasks), store (which keeps them), withdraw, truth (the labels), the package
report (all figures), scorer (which makes it of a file or of what is kept), compare (scorers side by side), worst (the largest
disagreements) and of_response (what scorers say of one response).

Of what is here nothing goes to annotators or adjudicators: docs/check-a-scorer.md.
"""

from annotation.flow.check.compare import compare_scorers, compare_scorers_at, compared_as_text
from annotation.flow.check.of_response import SaidOfResponse, scorers_on
from annotation.flow.check.scale import Scale, parse_scale
from annotation.flow.check.scorer import check_scorer, report_if_labels, scorer_report, scorer_report_at
from annotation.flow.check.scores import ScorerScores, read_scores
from annotation.flow.check.store import Kept, check_scorer_name, keep_scorer_file
from annotation.flow.check.truth import SPLITS, NoLabels, Truth, read_truth, standing_release
from annotation.flow.check.withdraw import withdraw
from annotation.flow.check.worst import Disagreement, worst_disagreements

__all__ = [
    "SPLITS",
    "Disagreement",
    "Kept",
    "NoLabels",
    "SaidOfResponse",
    "Scale",
    "ScorerScores",
    "Truth",
    "check_scorer",
    "check_scorer_name",
    "compare_scorers",
    "compare_scorers_at",
    "compared_as_text",
    "keep_scorer_file",
    "parse_scale",
    "read_scores",
    "read_truth",
    "report_if_labels",
    "scorer_report",
    "scorer_report_at",
    "scorers_on",
    "standing_release",
    "withdraw",
    "worst_disagreements",
]
