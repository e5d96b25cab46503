"""What a browser posts is the body that the API takes, field by field."""

from django.http import QueryDict

from annotation.forms.criteria import fault_of
from annotation.forms.submission import posted_submission


def posted(*pairs: tuple[str, str]) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, value in pairs:
        post.appendlist(name, value)
    return post


EVERYTHING = [
    ("csrfmiddlewaretoken", "x"),
    ("score-text", "4"),
    ("score-images", "na"),
    ("score-odd", "4.5"),
    ("penalty", "harm"),
    ("penalty", "haste"),
    ("feedback", "One.\r\nTwo."),
    ("active_seconds", "31"),
    ("overall", "5"),
    ("note-text", "A slip\r\nhere."),
    ("note-images", "  "),
    ("confidence-text", "3"),
    ("confidence-images", "sure"),
    ("error", "complex-reasoning"),
    ("error", "complex-reasoning@3"),
    ("error", "odd@x"),
    ("block-note-query-1", "Unclear."),
    ("block-note-response-2", ""),
    ("block-note-response-12", "Twice\r\nsaid."),
    ("looks", '[{"levels": [3, 4], "criterion": null, "at": "2026-11-23T12:00:00Z"}]'),
]


def test_every_field_of_the_form_arrives_in_the_body() -> None:
    assert posted_submission(posted(*EVERYTHING)) == {
        "scores": {"text": 4, "images": "na", "odd": "4.5"},
        "penalties": ["harm", "haste"],
        "feedback": "One.\nTwo.",
        "active_seconds": 31,
        "overall": 5,
        "notes": {"text": "A slip\nhere."},
        "confidence": {"text": 3, "images": "sure"},
        "errors": [
            {"type": "complex-reasoning", "block": None},
            {"type": "complex-reasoning", "block": 3},
            {"type": "odd", "block": "x"},
        ],
        "block_notes": [
            {"part": "query", "block": 1, "text": "Unclear."},
            {"part": "response", "block": 12, "text": "Twice\nsaid."},
        ],
        "looks": [{"levels": [3, 4], "criterion": None, "at": "2026-11-23T12:00:00Z"}],
    }


def test_what_was_left_empty_is_left_out() -> None:
    empty = {"scores": {}, "penalties": [], "feedback": "", "active_seconds": 0}
    assert posted_submission(posted()) == empty
    assert posted_submission(posted(("overall", ""), ("looks", ""), ("note-text", " "), ("block-note-query-1", ""))) == empty


def test_looks_that_no_script_wrote_go_on_as_they_came_for_the_flow_to_refuse() -> None:
    assert posted_submission(posted(("looks", "[{")))["looks"] == "[{"


def test_the_faults_of_a_criterion_say_which_of_its_fields_is_wrong() -> None:
    faults = {
        "scores.text": "missing",
        "confidence.text": "expected 1, 2 or 3",
        "notes.text": "too long",
        "scores.images": "missing",
    }
    assert [fault_of(key, faults) for key in ("text", "images", "harm")] == [
        "missing; how sure: expected 1, 2 or 3; note: too long",
        "missing",
        "",
    ]
