"""Reads a file of records, JSON or JSON Lines, one record at a time: memory holds one, however large the file is.

A record that is not JSON does not end the reading, so that a report can name them all; a file that ends too early does.
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import orjson
from django.utils.translation import gettext as _

from annotation.errors import Fault, Refused, beginning_of
from annotation.strict_json import read_json

LONGEST_RECORD = 16 * 1024 * 1024
MOST_PARTS = 1_000_000  # of a record: brackets and commas. A list of empty lists takes thirty times its bytes in memory
CHUNK = 64 * 1024
BEFORE = 20  # characters before the place where a record is no JSON that are quoted
BOM = b"\xef\xbb\xbf"
SPACE = b" \t\r\n"
# A whole string, or a mark that opens, closes or separates. A string that the end of the buffer cuts is found as a lone quote.
TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{},]', re.DOTALL)
LONE_QUOTE, OPENING, CLOSING, ENDS_RECORD = b'"', (b"[", b"{"), (b"]", b"}"), (b",", b"]")

Numbered = tuple[int, Any]  # a record's number from 1 (in JSON Lines its line), and its data or a Fault


def json_list(file: BinaryIO, name: str) -> Iterator[Numbered]:
    """The records of a JSON list. Raises Refused where the file does not begin with one."""
    head = file.read(CHUNK).removeprefix(BOM).lstrip(SPACE)
    while not head and (more := file.read(CHUNK)):
        head = more.lstrip(SPACE)
    if not head.startswith(b"["):
        raise Refused(
            _("%(file)s: expected a list of records in UTF-8, as in [{…}, {…}]; a file with a record per line is named .jsonl")
            % {"file": name}
        )
    for number, raw in enumerate(raw_records(file, head[1:]), 1):
        yield number, raw if isinstance(raw, Fault) else decoded(raw)


def raw_records(file: BinaryIO, buffer: bytes) -> Iterator[bytes | Fault]:
    """The bytes of each record of the outermost list; a Fault for one that is too long, or where the file ends too early.

    `buffer` begins behind the list's opening bracket. A record ends at a comma or bracket that stands in no inner bracket.
    """
    start = position = 0  # of the record, and of what is not searched yet
    depth, is_first = 1, True
    while True:
        for match in TOKEN.finditer(buffer, position):
            token = match[0]
            if token == LONE_QUOTE:
                position = match.start()
                break
            if token in OPENING:
                depth += 1
            elif depth > 1 and token in CLOSING:
                depth -= 1
            elif depth == 1 and token in ENDS_RECORD:
                record = buffer[start : match.start()].strip(SPACE)
                if record or token == b"," or not is_first:  # an empty list has no record
                    yield record if len(record) <= LONGEST_RECORD else Fault("record", too_long())
                start, is_first = match.end(), False
                if token == b"]":
                    if (buffer[start:] + file.read(CHUNK)).strip(SPACE):
                        yield Fault("record", _("expected the end of the file behind the list"))
                    return
        else:
            position = len(buffer)
        buffer, position, start = buffer[start:], position - start, 0
        more = file.read(max(CHUNK, len(buffer)))  # twice as much each time, so that a long string is searched few times
        if not more or len(buffer) > LONGEST_RECORD:
            yield Fault("record", too_long() if more else _("the file ends in the middle of it: expected its end and a ]"))
            return
        buffer += more


def too_long() -> str:
    return _("expected at most %(most)s MB") % {"most": LONGEST_RECORD // 1024 // 1024}


def json_lines(file: BinaryIO, name: str) -> Iterator[Numbered]:
    """A record per line; empty lines are passed over."""
    number = 0
    while line := file.readline(LONGEST_RECORD + 1):
        number += 1
        if len(line) > LONGEST_RECORD:
            yield number, Fault("record", too_long())
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST_RECORD)
        elif text := line.removeprefix(BOM if number == 1 else b"").strip(SPACE):
            yield number, decoded(text)


def decoded(raw: bytes) -> Any:
    """The value, or a Fault where it is not JSON as the standard has it, or would have to be chosen from."""
    if not raw:
        return Fault("record", _("not JSON: nothing stands here"))
    if len(raw) > MOST_PARTS and sum(map(raw.count, (b"[", b"{", b","))) > MOST_PARTS:
        return Fault(
            "record", _("expected at most %(most)s brackets and commas") % {"most": f"{MOST_PARTS:,}"}, beginning_of(raw)
        )
    try:
        return read_json(raw)
    except Fault as fault:
        return fault
    except orjson.JSONDecodeError as error:
        not_json = _("not JSON: %(problem)s")
        return Fault("record", not_json % {"problem": error}, beginning_of(raw[max(0, error.pos - BEFORE) :]), kind=not_json)
