"""Quotes a value in a message, so that whoever reads it can search for what stands there."""

import json
from typing import Any

LONGEST_QUOTE = 80  # characters of a value
NOTHING: Any = object()  # stands where a value would: there is none to quote


def quoted(value: Any) -> str:
    """The value as a message quotes it: cut, with what nobody would see as an escape; other than a text as JSON has it."""
    text = value if isinstance(value, str) and value.strip() else beginning_of_json(value)
    return f"`{visible(text[:LONGEST_QUOTE])}{'…' * (len(text) > LONGEST_QUOTE)}`"


def beginning_of(raw: bytes) -> str:
    """Enough of a record for a quote."""
    return raw[: 4 * LONGEST_QUOTE].decode(errors="replace")


def beginning_of_json(value: Any) -> str:
    """Enough of it for a quote: the value may be large and deep."""
    parts, length = [], 0
    for part in json.JSONEncoder(ensure_ascii=False, default=str).iterencode(value):
        parts.append(part[: LONGEST_QUOTE + 1])
        length += len(part)
        if length > LONGEST_QUOTE:
            break
    return "".join(parts)


def visible(text: str) -> str:
    """The text with controls, marks of direction and odd spaces as escapes."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
