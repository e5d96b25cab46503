"""Reads a table, row by row, as spreadsheets and data frames write it: with commas, semicolons or tabs.

What is taken without a word is without a doubt: a line sep=; before the first, a column of numbers without a name before the
others, empty columns and lines, names of columns in other letters. Anything else is a fault.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import chain, count
from typing import BinaryIO

from django.utils.translation import gettext as _

from annotation.errors import Fault, Refused, quoted
from annotation.importers.readers import LONGEST_RECORD, Numbered, json_lines, json_list, too_long

SEPARATORS = (",", ";", "\t")
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE | re.DOTALL)  # which Excel writes and reads
WITHOUT_NAME = re.compile(r"Unnamed: [0-9]+")  # as pandas calls it
WHOLE = re.compile(r"[0-9]*")
GAP = re.compile(r"[\s_-]+")

Columns = Callable[[list[str], str], list[str]]  # from the heads and the file's name; raises Refused


def named_once(heads: list[str], name: str) -> list[str]:
    """The heads as they are. Raises Refused where there are none, or one twice."""
    named = [head for head in heads if head]
    if not named or len(set(named)) != len(named):
        raise Refused(
            _("%(file)s: expected a first line that names each column once, not %(line)s")
            % {"file": name, "line": quoted(",".join(heads))}
        )
    return heads


def form(head: str) -> str:
    """In which the names of columns are compared: Submitted At is submitted_at."""
    return GAP.sub("_", unicodedata.normalize("NFKC", head).casefold().strip())


def our_columns(
    heads: list[str], name: str, *, required: Collection[str], optional: Collection[str], known: Mapping[str, str]
) -> list[str]:
    """The heads, ours by our names: `known` has these by the names in a file. Raises Refused where a required one is missing, or
    one is there twice; that names each column as the file does, where it has it by another name."""
    names = [known.get(form(head), head) for head in heads]
    if missing := [column for column in required if column not in names]:
        as_given = {ours: head for head, ours in zip(heads, names, strict=True) if form(head) in known}
        told = {"file": name, "missing": ", ".join(missing), "line": quoted(",".join(heads))}
        told["required"] = ", ".join(as_given.get(column, column) for column in required)
        told["optional"] = ", ".join(as_given.get(column, column) for column in optional)
        error = _("%(file)s: the first line lacks %(missing)s: expected %(required)s and optionally %(optional)s, not %(line)s")
        raise Refused(error % told)
    if twice := sorted({column for column in names if column and names.count(column) > 1}):
        told = {"file": name, "columns": ", ".join(map(quoted, twice))}
        raise Refused(_("%(file)s: the first line names a column twice: %(columns)s") % told)
    return names


def csv_rows(file: BinaryIO, name: str, columns: Columns = named_once) -> Iterator[Numbered]:
    """A dict per row, by the first line's names as `columns` makes them or refuses them. The first row is record 1."""
    # what is not UTF-8 comes out as lone surrogates, so that the cell at fault can be named and other rows are read
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        lines = Lines(text)
        first, separator = first_line(lines, name, columns)
        reader = csv.reader(chain(first, lines), strict=True, delimiter=separator)
        names = columns(heads(reader, name), name)
        for number in count(1):
            values = next_row(reader)
            if values is None:
                return
            if isinstance(values, Fault):
                yield number, values
            elif any(values):  # an empty line is no row, but is counted
                yield number, as_dict(names, values)
    finally:
        if not file.closed:  # by a caller who did not read on
            text.detach()  # the file stays open: it is the caller's


def first_line(lines: "Lines", name: str, columns: Columns) -> tuple[list[str], str]:
    """The line that names the columns, in a list that is empty where the file is; and what separates them."""
    try:
        line = next(lines, "")
        if match := SEPARATOR_LINE.fullmatch(line):
            return [], match[1]
    except Fault as fault:
        raise Refused(f"{name}: {fault.error}") from fault
    candidates = [separator for separator in SEPARATORS if separator in line] or [","]
    candidates.sort(key=lambda separator: (name.lower().endswith(".tsv") and separator != "\t", -line.count(separator)))
    for separator in candidates:
        try:
            columns(heads(csv.reader([line], strict=True, delimiter=separator), name), name)
        except Refused:
            continue
        return [line], separator
    return [line] if line else [], candidates[0]


def heads(reader: Iterator[list[str]], name: str) -> list[str]:
    """The names in the next line; that of a data frame's index is empty. Raises Refused."""
    first = next_row(reader) or []
    if isinstance(first, Fault):
        raise Refused(f"{name}: {first.error}")
    if fault := not_utf8(first, first):
        raise Refused(f"{name}: {fault.kind}")
    return [head if number or not WITHOUT_NAME.fullmatch(head) else "" for number, head in enumerate(map(str.strip, first))]


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
        not_csv = _("not CSV: %(problem)s")
        return Fault("record", not_csv % {"problem": error}, kind=not_csv)


def as_dict(names: list[str], values: list[str]) -> dict[str, str] | Fault:
    if len(values) > len(names) and not any(values[len(names) :]):
        values = values[: len(names)]
    elif len(values) < len(names) and not any(names[len(values) :]):
        values = values + [""] * (len(names) - len(values))
    if len(values) != len(names):
        error = _("expected %(names)s columns, not %(values)s")
        told = {"names": len(names), "values": len(values)}
        return Fault("record", error % told, ",".join(values), kind=error)
    if "" in names and (fault := value_without_name(names, values)):
        return fault
    row = not_utf8(names, values) or dict(zip(names, values, strict=True))
    if isinstance(row, dict):
        row.pop("", None)
    return row


def value_without_name(names: list[str], values: list[str]) -> Fault | None:
    """A column without a name may number the rows, if it is the first; else it is empty."""
    for number, (name, value) in enumerate(zip(names, values, strict=True)):
        if not name and value and (number or not WHOLE.fullmatch(value)):
            return Fault(f"column {number + 1}", _("stands in a column that the first line does not name"), value)
    return None


def not_utf8(names: list[str], values: list[str]) -> Fault | None:
    for name, value in zip(names, values, strict=True):
        try:
            value.encode()
        except UnicodeEncodeError:
            cell = value.encode(errors="surrogateescape").decode(errors="replace")
            return Fault(name if value is not name else "record", _("expected UTF-8"), cell)
    return None


TABLES = (".csv", ".tsv")
READERS: dict[str, Callable[[BinaryIO, str], Iterator[Numbered]]] = {
    ".json": json_list,
    ".jsonl": json_lines,
    **dict.fromkeys(TABLES, csv_rows),
}
