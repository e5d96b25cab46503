"""Reads a file of records, JSON, JSON Lines or CSV, one record at a time: memory holds one, however large the file is.

A record that is not JSON does not end the reading, so that a report can name them all; a file that ends too early does.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, BinaryIO

import orjson
from django.utils.translation import gettext as _

from annotation.errors import Fault, Refused
from annotation.strict_json import read_json

LONGEST_RECORD = 16 * 1024 * 1024
MOST_PARTS = 1_000_000  # of a record: brackets and commas. A list of empty lists takes thirty times its bytes in memory
CHUNK = 64 * 1024
BOM = b"\xef\xbb\xbf"
SPACE = b" \t\r\n"
# A whole string, or a mark that opens, closes or separates. A string that the end of the buffer cuts is found as a lone quote.
TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{},]', re.DOTALL)
LONE_QUOTE, OPENING, CLOSING, ENDS_RECORD = b'"', (b"[", b"{"), (b"]", b"}"), (b",", b"]")

Numbered = tuple[int, Any]  # a record's number from 1 (in JSON Lines its line), and its data or a Fault


def named_once(names: list[str], name: str) -> list[str]:
    """The names of a first line as they are. Raises Refused where there are none, or one twice."""
    if not names or len(set(names)) != len(names):
        raise Refused(_("%(file)s: expected a first line that names each column once") % {"file": name})
    return names


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
        return Fault("record", _("expected at most %(most)s brackets and commas") % {"most": f"{MOST_PARTS:,}"})
    try:
        return read_json(raw)
    except Fault as fault:
        return fault
    except orjson.JSONDecodeError as error:
        return Fault("record", _("not JSON: %(problem)s") % {"problem": error})


def csv_rows(file: BinaryIO, name: str, columns: Callable[[list[str], str], list[str]] = named_once) -> Iterator[Numbered]:
    """A dict per row, by the first line's names as `columns` makes them or refuses them. The first row is record 1."""
    # what is not UTF-8 comes out as lone surrogates, so that the cell at fault can be named and other rows are read
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="")
    reader = csv.reader(Lines(text), strict=True)
    try:
        first = next_row(reader) or []
        if isinstance(first, Fault) or (fault := not_utf8(first, first)):
            raise Refused(f"{name}: {first if isinstance(first, Fault) else fault}")
        names = columns(first, name)
        for number in count(1):
            values = next_row(reader)
            if values is None:
                return
            if values:  # an empty line is no row, but is counted
                yield number, values if isinstance(values, Fault) else as_dict(names, values)
    finally:
        if not file.closed:  # by a caller who did not read on
            text.detach()  # the file stays open: it is the caller's


class Lines:
    """The lines of a file. One that is too long is passed over, and raises a Fault."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        self.file = file

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.file.readline(LONGEST_RECORD + 1)
        if not line:
            raise StopIteration
        if len(line) > LONGEST_RECORD:
            while line and not line.endswith("\n"):
                line = self.file.readline(LONGEST_RECORD)
            raise Fault("record", too_long())
        return line


def next_row(reader: Iterator[list[str]]) -> list[str] | Fault | None:
    try:
        return next(reader, None)
    except Fault as fault:
        return fault
    except csv.Error as error:
        if "field limit" in str(error):
            return Fault("record", _("a field is longer than %(most)s characters") % {"most": f"{csv.field_size_limit():,}"})
        return Fault("record", _("not CSV: %(problem)s") % {"problem": error})


def as_dict(names: list[str], values: list[str]) -> dict[str, str] | Fault:
    if len(values) != len(names):
        return Fault("record", _("expected %(names)s columns, not %(values)s") % {"names": len(names), "values": len(values)})
    return not_utf8(names, values) or dict(zip(names, values, strict=True))


def not_utf8(names: list[str], values: list[str]) -> Fault | None:
    for name, value in zip(names, values, strict=True):
        try:
            value.encode()
        except UnicodeEncodeError:
            return Fault(name if value is not name else "record", _("expected UTF-8"))
    return None


READERS: dict[str, Callable[[BinaryIO, str], Iterator[Numbered]]] = {
    ".json": json_list,
    ".jsonl": json_lines,
    ".csv": csv_rows,
}
