"""An adjudicator's posted form is read into answers and decisions per asked criterion."""

from typing import Any

from annotation.forms.decision import posted_answers, posted_decisions
from tests.annotation.forms.test_submission import posted

CRITERIA: list[dict[str, Any]] = [
    {"key": "text", "kind": "rated"},
    {"key": "images", "kind": "rated"},
    {"key": "harm", "kind": "penalty"},
    {"key": "haste", "kind": "penalty"},
    {"key": "open", "kind": "rated"},
]
FORM = [
    ("score-text", "4"),
    ("score-images", "na"),
    ("score-harm", "yes"),
    ("score-haste", "perhaps"),
    ("score-unasked", "3"),
    ("cause-text", "guideline"),
    ("reason-text", "Level 4 says so."),
]


def test_an_answer_is_a_level_na_or_a_boolean_and_an_open_criterion_has_none() -> None:
    assert posted_answers(posted(*FORM), CRITERIA) == {"text": 4, "images": "na", "harm": True, "haste": "perhaps"}


def test_a_decision_has_score_cause_and_reason_for_each_asked_criterion() -> None:
    assert posted_decisions(posted(*FORM), [CRITERIA[0], CRITERIA[4]]) == {
        "text": {"score": 4, "cause": "guideline", "reason": "Level 4 says so."},
        "open": {"score": None, "cause": None, "reason": ""},
    }
