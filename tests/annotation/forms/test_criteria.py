"""A form's criteria show the answers so far and what is wrong with them."""

from typing import Any

from django.utils import translation

from annotation.forms.criteria import by_words, criterion_rows, fault_of

RUBRIC: dict[str, Any] = {"criteria": [{"key": "text", "kind": "rated"}, {"key": "harm", "kind": "penalty"}]}
EMPTY = {"score": None, "note": "", "confidence": None, "applies": False, "may_be_na": False, "fault": ""}


def test_each_criterion_has_its_answers_and_faults() -> None:
    body = {"scores": {"text": 4}, "notes": {"text": "Short."}, "confidence": {"text": 2}, "penalties": ["harm"]}
    assert criterion_rows(RUBRIC, allowed_na={"text"}, body=body, faults={"scores.text": "expected 1 to 3"}) == [
        RUBRIC["criteria"][0]
        | {"name": "score-text", "score": 4, "note": "Short.", "confidence": 2}
        | {"applies": False, "may_be_na": True, "fault": "expected 1 to 3"},
        RUBRIC["criteria"][1] | EMPTY | {"name": "score-harm", "applies": True},
    ]


def test_a_draft_without_answers_leaves_the_criteria_empty() -> None:
    assert criterion_rows(RUBRIC, allowed_na=set(), body={"scores": [1], "notes": "x"}) == [
        RUBRIC["criteria"][0] | EMPTY | {"name": "score-text"},
        RUBRIC["criteria"][1] | EMPTY | {"name": "score-harm"},
    ]


def test_the_faults_of_a_criterion_say_which_of_its_fields_is_wrong() -> None:
    faults = {
        "scores.text": "missing",
        "confidence.text": "expected 1, 2 or 3",
        "notes.text": "too long",
        "scores.images": "missing",
    }
    with translation.override("en"):
        messages = [fault_of(key, faults) for key in ("text", "images", "harm")]
    assert messages == [
        "missing; how sure: expected 1, 2 or 3; note: too long",
        "missing",
        "",
    ]


def test_faults_of_which_the_same_is_said_stand_together_in_the_order_of_the_first() -> None:
    text, images, note = (
        {"title": title, "fault": fault} for title, fault in (("T", "missing"), ("I", "missing"), ("N", "long"))
    )
    assert by_words([text, note, images]) == [("missing", [text, images]), ("long", [note])]
    assert by_words([]) == []
