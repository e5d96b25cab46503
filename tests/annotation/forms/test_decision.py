"""An adjudicator's posted form is read into what the flow takes and a draft holds, and a draft fills the form again."""

from typing import Any

from annotation.forms.decision import (
    fault_rows,
    form_entries,
    page_faults,
    posted_answers,
    posted_decisions,
    posted_draft,
    posted_feedback,
    shared_reason,
)
from tests.annotation.forms.test_submission import posted

CRITERIA: list[dict[str, Any]] = [
    {"key": "text", "kind": "rated", "title": "Text"},
    {"key": "images", "kind": "rated", "title": "Images"},
    {"key": "harm", "kind": "penalty", "title": "Harm"},
    {"key": "haste", "kind": "penalty", "title": "Haste"},
    {"key": "open", "kind": "rated", "title": "Open"},
]
FORM = [
    ("score-text", "4"),
    ("score-images", "na"),
    ("score-harm", "yes"),
    ("score-haste", "perhaps"),
    ("score-open", ""),
    ("score-unasked", "3"),
    ("cause-text", "rubric_gap"),
    ("reason-text", "Level 4 says so."),
    ("shared_reason", "They slipped."),
]


def test_an_answer_is_a_level_na_or_a_boolean_and_an_open_criterion_has_none() -> None:
    assert posted_answers(posted(*FORM), CRITERIA) == {"text": 4, "images": "na", "harm": True, "haste": "perhaps"}


def test_a_decision_has_score_cause_and_reason_its_own_or_that_of_all_for_each_asked_criterion() -> None:
    assert posted_decisions(posted(*FORM), [CRITERIA[0], CRITERIA[4]]) == {
        "text": {"score": 4, "cause": "rubric_gap", "reason": "Level 4 says so."},
        "open": {"score": None, "cause": None, "reason": "They slipped."},
    }


def test_the_feedback_is_an_annotators_or_else_in_own_words() -> None:
    assert posted_feedback(posted(("adopt", ""), ("feedback", "Shorter."))) == {"feedback": "Shorter.", "adopt": None}
    assert posted_feedback(posted(("adopt", "B"), ("feedback", "Shorter."))) == {"feedback": "", "adopt": "B"}


def test_a_draft_of_each_phase_fills_the_form_as_it_was() -> None:
    blind = posted_draft(posted(("phase", "blind"), *FORM), CRITERIA[:3])
    assert blind == {"phase": "blind", "scores": {"text": 4, "images": "na", "harm": True}}
    assert form_entries(blind) == [("score-text", "4"), ("score-images", "na"), ("score-harm", "yes")]
    decision = posted_draft(posted(("phase", "decision"), ("adopt", "B"), *FORM), CRITERIA[:3])
    assert form_entries(decision) == [
        ("score-text", "4"),
        ("score-images", "na"),
        ("score-harm", "yes"),
        ("shared_reason", "They slipped."),
        ("cause-text", "rubric_gap"),
        ("reason-text", "Level 4 says so."),
        ("adopt", "B"),
    ]
    assert posted_draft(posted(("phase", "decision"), *form_entries(decision)), CRITERIA[:3]) == decision


def test_the_reason_of_most_criteria_stands_for_all() -> None:
    reasons = {"a": {"reason": "One."}, "b": {"reason": "Two."}, "c": {"reason": "Two."}, "d": {}}
    assert (shared_reason({"decisions": reasons}), shared_reason({})) == ("Two.", "")


def test_a_criterions_own_reason_and_the_one_for_all_stay_in_their_fields() -> None:
    """By number neither comes first; and where every criterion has its own, the one for all stands for none."""
    both = [("reason-text", "Its own."), ("shared_reason", "For all.")]
    form = [("score-text", "4"), ("score-harm", "yes"), *both]
    draft = posted_draft(posted(("phase", "decision"), *form), [CRITERIA[0], CRITERIA[2]])
    assert [entry for entry in form_entries(draft) if "reason" in entry[0]] == [("shared_reason", "For all."), both[0]]
    alone = posted_draft(posted(("phase", "decision"), *form), CRITERIA[:1])
    assert [entry for entry in form_entries(alone) if "reason" in entry[0]] == [("shared_reason", "For all."), both[0]]


def test_own_words_stay_in_the_draft_beside_what_is_adopted() -> None:
    draft = posted_draft(posted(("phase", "decision"), ("adopt", "B"), ("feedback", "Shorter.")), [])
    assert form_entries(draft) == [("feedback", "Shorter."), ("adopt", "B")]


def test_faults_are_sentences_at_the_fields_of_the_form() -> None:
    body = {"decisions": {"text": {"score": None}, "harm": {"score": None, "reason": "x" * 6000}}}
    flow = {
        "text": "missing",
        "text.cause": "Choose why they differed.",
        "text.reason": "Give a reason.",
        "harm": "missing",
        "harm.reason": "is too long",
        "adopt": "This annotator wrote no feedback.",
    }
    faults = page_faults(flow, body, [CRITERIA[0], CRITERIA[2]])
    assert faults == {
        "scores.text": "Choose a level.",
        "cause.text": "Choose why they differed.",
        "shared_reason": "Give a reason.",
        "scores.harm": "Choose whether it applies.",
        "reason.harm": "is too long",
        "adopt": "This annotator wrote no feedback.",
    }
    assert list(fault_rows(faults, [CRITERIA[0], CRITERIA[2]])) == [
        {"title": "Text", "fault": "Choose a level.", "at": "criterion-text"},
        {"title": "Text", "fault": "Choose why they differed.", "at": "criterion-text"},
        {"title": "Harm", "fault": "Choose whether it applies.", "at": "criterion-harm"},
        {"title": "Harm", "fault": "is too long", "at": "criterion-harm"},
        {"title": "Reason", "fault": "Give a reason.", "at": "shared-reason"},
        {"title": "Feedback for the release", "fault": "This annotator wrote no feedback.", "at": "adopt"},
    ]


def test_a_level_that_is_not_taken_is_said_in_the_flows_words() -> None:
    faults = page_faults({"text": "expected 1 to 6"}, {"scores": {"text": 9}}, CRITERIA[:1])
    assert faults == {"scores.text": "expected 1 to 6"}
