"""What a browser posts becomes the body that the API takes, and back.

What is right or wrong is said by the flow alone, so that page and API say the same.
"""

import re
from collections.abc import Mapping
from typing import Any

import orjson
from django.http import QueryDict

WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")


def as_level(value: str) -> Any:
    """A number where it is one; anything else as it came, for the flow to refuse."""
    return int(value) if WHOLE_NUMBER.fullmatch(value) else value


def as_text(value: Any) -> str:
    return str(value).replace("\r\n", "\n")


def posted_submission(post: QueryDict) -> dict[str, Any]:
    """The body that the API takes; what may be left out of it, and was left empty, is left out."""
    body: dict[str, Any] = {
        "scores": {key: as_level(value) for key, value in prefixed(post, "score-")},
        "penalties": post.getlist("penalty"),
        "feedback": as_text(post.get("feedback", "")),
        "active_seconds": as_level(str(post.get("active_seconds") or "0")),
    }
    marks = {
        "overall": as_level(str(post.get("overall", ""))),
        "notes": {key: as_text(text) for key, text in prefixed(post, "note-") if text.strip()},
        "block_notes": [note for name, text in prefixed(post, "block-note-") if (note := block_note(name, text))["text"].strip()],
        "errors": [error_mark(value) for value in post.getlist("error")],
        "confidence": {key: as_level(value) for key, value in prefixed(post, "confidence-")},
        "looks": as_json(str(post.get("looks") or "[]")),
    }
    return body | {key: value for key, value in marks.items() if value not in ("", {}, [])}


def form_entries(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The names and values of a form that says what `body` says, a draft's content: what posted_submission reads, and back."""
    entries: list[tuple[str, Any]] = [
        *((f"score-{key}", value) for key, value in body.get("scores", {}).items()),
        *(("penalty", key) for key in body.get("penalties", [])),
        *((name, body[name]) for name in ("feedback", "active_seconds", "overall") if name in body),
        *((f"note-{key}", text) for key, text in body.get("notes", {}).items()),
        *((f"block-note-{note['part']}-{note['block']}", note["text"]) for note in body.get("block_notes", [])),
        *(("error", error_value(mark)) for mark in body.get("errors", [])),
        *((f"confidence-{key}", value) for key, value in body.get("confidence", {}).items()),
        *(("looks", orjson.dumps(looks).decode()) for looks in [body.get("looks")] if looks),
    ]
    return [(name, as_text(value)) for name, value in entries if value != ""]


def error_value(mark: Mapping[str, Any]) -> str:
    return str(mark["type"]) if mark["block"] is None else f"{mark['type']}@{mark['block']}"


def prefixed(post: QueryDict, prefix: str) -> list[tuple[str, str]]:
    return [(name.removeprefix(prefix), str(value)) for name, value in post.items() if name.startswith(prefix)]


def block_note(name: str, text: str) -> dict[str, Any]:
    """From the name of its field, as in response-3."""
    part, _dash, number = name.rpartition("-")
    return {"part": part, "block": as_level(number), "text": as_text(text)}


def error_mark(value: str) -> dict[str, Any]:
    """From the value of its box: the error's key, and where it is in one block "@" and the block's number."""
    key, at, number = value.partition("@")
    return {"type": key, "block": as_level(number) if at else None}


def as_json(value: str) -> Any:
    """What a script left in a hidden field; anything else as it came, for the flow to refuse."""
    try:
        return orjson.loads(value)
    except ValueError:
        return value
