"""The fields of the scoring form: from a posted form to the body of a submission, and back.

The body is what the API takes. The flow alone checks it, so that page and API refuse the same with the same words.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import QueryDict

from annotation.errors import Fault
from annotation.fields import whole_number
from annotation.strict_json import read_json

ALWAYS_SENT = {"scores", "penalties", "feedback", "active_seconds"}

Entries = Iterable[tuple[str, Any]]  # names and values of a form


@dataclass(frozen=True)
class Field:
    """One key of the body: how its value is read from a posted form, and which entries of a form hold it."""

    key: str
    read: Callable[[QueryDict], Any]
    entries: Callable[[Any], Entries]


def as_level(value: str) -> Any:
    """A number where it is one; anything else unchanged, for the flow to refuse."""
    number = whole_number(value)
    return value if number is None else number


def as_text(value: Any) -> str:
    return str(value).replace("\r\n", "\n")


def as_json(value: str) -> Any:
    """What a script has put into a hidden field; anything that is no JSON unchanged, for the flow to refuse."""
    try:
        return read_json(value)
    except (ValueError, Fault):
        return value


def single(key: str, read: Callable[[str], Any], *, default: str = "") -> Field:
    """A value under its own name."""
    return Field(key, lambda post: read(str(post.get(key) or default)), lambda value: [(key, value)])


def repeated(key: str, name: str, read: Callable[[str], Any], write: Callable[[Any], str]) -> Field:
    """A list, each item an entry of the same name."""
    return Field(
        key,
        lambda post: [read(str(value)) for value in post.getlist(name)],
        lambda items: [(name, write(item)) for item in items],
    )


def by_criterion(key: str, prefix: str, read: Callable[[str], Any], *, blanks: bool = True) -> Field:
    """A value per criterion, as in score-text; without `blanks` empty ones are left out."""
    return Field(
        key,
        lambda post: {name: read(value) for name, value in prefixed(post, prefix) if blanks or value.strip()},
        lambda values: [(prefix + criterion, value) for criterion, value in values.items()],
    )


def prefixed(post: QueryDict, prefix: str) -> list[tuple[str, str]]:
    return [(name.removeprefix(prefix), str(value)) for name, value in post.items() if name.startswith(prefix)]


def read_block_notes(post: QueryDict) -> list[dict[str, Any]]:
    """From fields with the part and the number of their block in the name, as in block-note-response-3."""
    notes = []
    for name, text in prefixed(post, "block-note-"):
        part, _dash, number = name.rpartition("-")
        if text.strip():
            notes.append({"part": part, "block": as_level(number), "text": as_text(text)})
    return notes


def block_note_entries(notes: list[Mapping[str, Any]]) -> Entries:
    return [(f"block-note-{note['part']}-{note['block']}", note["text"]) for note in notes]


def read_error(value: str) -> dict[str, Any]:
    """From the value of a checkbox: the error type's key, followed by "@" and a number where it marks one block."""
    key, at, number = value.partition("@")
    return {"type": key, "block": as_level(number) if at else None}


def error_value(mark: Mapping[str, Any]) -> str:
    return str(mark["type"]) if mark["block"] is None else f"{mark['type']}@{mark['block']}"


def looks_entries(looks: Any) -> Entries:
    return [("looks", orjson.dumps(looks).decode())] if looks else []


FIELDS = (
    by_criterion("scores", "score-", as_level),
    repeated("penalties", "penalty", str, str),
    single("feedback", as_text),
    single("active_seconds", as_level, default="0"),
    single("overall", as_level),
    by_criterion("notes", "note-", as_text, blanks=False),
    Field("block_notes", read_block_notes, block_note_entries),
    repeated("errors", "error", read_error, error_value),
    by_criterion("confidence", "confidence-", as_level),
    Field("looks", lambda post: as_json(str(post.get("looks") or "[]")), looks_entries),
)


def posted_submission(post: QueryDict) -> dict[str, Any]:
    """The body; a key that may be absent is left out where its fields are empty."""
    values = ((field.key, field.read(post)) for field in FIELDS)
    return {key: value for key, value in values if key in ALWAYS_SENT or value not in ("", {}, [])}


def form_entries(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The names and values of the form that posted_submission reads as `body`, such as a draft's content."""
    entries = (entry for field in FIELDS if field.key in body for entry in field.entries(body[field.key]))
    return [(name, as_text(value)) for name, value in entries if value != ""]
