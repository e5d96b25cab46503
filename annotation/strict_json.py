"""JSON as the standard defines it, whoever sends it, with nothing chosen silently: no key twice, no whole number made a float."""

import json
from collections.abc import Iterator
from typing import Any

import orjson
from django.utils.translation import gettext as _

from annotation.errors import Fault

WHOLE_NUMBERS = range(-(2**63), 2**64)  # those that are read as they are written
MOST_DIGITS = 20  # of them
LONGEST_SHOWN = 100  # characters of a key in a message
DEEPEST = 100  # levels


class Ambiguous(Exception):
    """A key is there twice, or a whole number would become a float."""


class Pairs(list[tuple[str, Any]]):
    """An object's keys and values as they are written."""


class LongNumber(str):
    """The digits of a whole number that would become a float."""


def read_json(raw: bytes | str) -> Any:
    """The value. Raises orjson.JSONDecodeError; and Fault, whose field is as in answer[0].text, or "record"."""
    value = orjson.loads(raw)
    text = raw if isinstance(raw, str) else raw.decode()
    try:
        try:
            json.loads(text, object_pairs_hook=check_keys, parse_int=check_number)
        except Ambiguous:
            written = json.loads(text, object_pairs_hook=Pairs, parse_int=number_as_written)
            raise next(faults(written, "")) from None
    except RecursionError:
        raise Fault("record", _("expected at most %(most)s levels") % {"most": DEEPEST}) from None
    return value


def check_keys(pairs: list[tuple[str, Any]]) -> None:
    if len(dict(pairs)) < len(pairs):
        raise Ambiguous


def check_number(digits: str) -> None:
    if is_long(digits):
        raise Ambiguous


def number_as_written(digits: str) -> int | LongNumber:
    return LongNumber(digits) if is_long(digits) else int(digits)


def is_long(digits: str) -> bool:
    return len(digits) > MOST_DIGITS or int(digits) not in WHOLE_NUMBERS


def faults(written: Any, place: str) -> Iterator[Fault]:
    """What is wrong in the order in which it is written. `place` is the field that holds it."""
    if isinstance(written, LongNumber):
        expected = _("expected a whole number of at most 64 bits, not %(number)s") % {"number": written[:LONGEST_SHOWN]}
        yield Fault(place or "record", expected)
    elif isinstance(written, Pairs):
        seen = set()
        for key, value in written:
            below = f"{place}.{key[:LONGEST_SHOWN]}" if place else key[:LONGEST_SHOWN]
            if key in seen:
                yield Fault(below, _("there twice"))
            seen.add(key)
            yield from faults(value, below)
    elif isinstance(written, list):
        for number, value in enumerate(written):
            yield from faults(value, f"{place}[{number}]")
