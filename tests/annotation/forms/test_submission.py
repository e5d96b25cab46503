"""A posted form is the body that the API takes, field by field, and a body fills the form."""

from typing import Any

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as some

from annotation.forms.submission import form_entries, posted_submission


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


def test_looks_that_are_no_json_stay_unchanged_for_the_flow_to_refuse() -> None:
    assert posted_submission(posted(("looks", "[{")))["looks"] == "[{"


KEYS = some.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)
NUMBERS = some.integers(-99, 604_800)
TEXTS = some.text(some.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=8)
WORDS = TEXTS.filter(str.strip)
BLOCKS = some.integers(1, 500)
LOOKS = some.fixed_dictionaries(
    {"levels": some.lists(NUMBERS, min_size=2, max_size=2), "criterion": some.none() | KEYS, "at": some.datetimes().map(str)}
)
BLOCK_NOTES = some.lists(
    some.fixed_dictionaries({"part": some.sampled_from(["query", "response"]), "block": BLOCKS, "text": WORDS}),
    min_size=1,
    max_size=2,
    unique_by=lambda note: (note["part"], note["block"]),
)
ERRORS = some.lists(some.fixed_dictionaries({"type": KEYS, "block": some.none() | BLOCKS}), min_size=1, max_size=2)
BODIES = some.fixed_dictionaries(
    {
        "scores": some.dictionaries(KEYS, NUMBERS | some.just("na"), max_size=2),
        "penalties": some.lists(KEYS, max_size=2),
        "feedback": TEXTS,
        "active_seconds": NUMBERS,
    },
    optional={
        "overall": NUMBERS,
        "notes": some.dictionaries(KEYS, WORDS, min_size=1, max_size=2),
        "block_notes": BLOCK_NOTES,
        "errors": ERRORS,
        "confidence": some.dictionaries(KEYS, NUMBERS, min_size=1, max_size=2),
        "looks": some.lists(LOOKS, min_size=1, max_size=2),
    },
)


@given(BODIES)
def test_a_form_filled_with_the_entries_of_a_draft_is_read_as_the_draft(body: dict[str, Any]) -> None:
    entries = form_entries(body)
    assert posted_submission(posted(*entries)) == body
    assert form_entries(posted_submission(posted(*entries))) == entries


def test_a_draft_becomes_entries_under_the_names_of_the_forms_fields() -> None:
    entries = form_entries(posted_submission(posted(*EVERYTHING)))
    assert entries == [
        ("score-text", "4"),
        ("score-images", "na"),
        ("score-odd", "4.5"),
        ("penalty", "harm"),
        ("penalty", "haste"),
        ("feedback", "One.\nTwo."),
        ("active_seconds", "31"),
        ("overall", "5"),
        ("note-text", "A slip\nhere."),
        ("block-note-query-1", "Unclear."),
        ("block-note-response-12", "Twice\nsaid."),
        ("error", "complex-reasoning"),
        ("error", "complex-reasoning@3"),
        ("error", "odd@x"),
        ("confidence-text", "3"),
        ("confidence-images", "sure"),
        ("looks", '[{"levels":[3,4],"criterion":null,"at":"2026-11-23T12:00:00Z"}]'),
    ]
