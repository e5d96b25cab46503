"""Reads a file of scores, CSV or JSON Lines, into rows, and checks each in itself. Knows nothing of the database."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from annotation.errors import Fault, Refused, Rejection, quoted
from annotation.fields import is_empty, normal_form, whole_number
from annotation.importers.readers import json_lines
from annotation.importers.tables import csv_rows, our_columns
from annotation.importers.times import as_stored, read_time
from annotation.importers.values import as_text, checked_text, read_name
from annotation.limits import LONGEST_FEEDBACK, LONGEST_NAME, LONGEST_TIME, LONGEST_USERNAME
from annotation.spreadsheets import unguarded

REQUIRED = ("id", "model", "annotator", "criterion", "score")
OPTIONAL = ("sample", "comment", "submitted_at", "active_seconds", "rubric")
RELEASED = ("split", "revision", "first", "role", "confidence")  # further columns of a release's ratings.csv
OTHER_NAMES = {"system": "model"}  # as a release's ratings.csv calls it
NAMES = {*REQUIRED, *OPTIONAL, *RELEASED, *OTHER_NAMES}
KNOWN = {name: OTHER_NAMES.get(name, name) for name in NAMES}
ACCEPTED = ", ".join(sorted(NAMES - set(RELEASED)))
LONGEST_SHOWN = 100  # characters of an unknown name in a message
ZEROS = re.compile(r"\.0{1,9}$|,0{1,2}$")  # a spreadsheet may write 4 as 4.0, or 4,0; but 4,000 is four thousand
HALF = re.compile(r"-?[0-9]+[.,][0-9]*[1-9][0-9]*")


class Row(NamedTuple):
    """One score. `score` is "na" where it is not applicable. A value that is at fault is None, and the row is not `sound`.

    `annotator` is the name in its normal form, in which it is one person's, and `spelling` as the file has it.
    """

    number: int
    id: str
    model: str
    sample: int
    annotator: str
    spelling: str
    rubric: str | None
    criterion: str | None
    score: int | str | None
    comment: str | None
    submitted_at: str | None  # UTC, always of one length, so that the texts sort as the times do
    active_seconds: int | None
    sound: bool


Read = tuple[Row | None, list[Rejection]]


def check_score_file(name: str) -> None:
    """Check the name's suffix. Raises Refused."""
    if PurePosixPath(name).suffix.lower() not in (".csv", ".tsv", ".jsonl"):
        raise Refused(_("%(file)s: expected a file named .csv, .tsv or .jsonl") % {"file": name})


def read_rows(file: BinaryIO, name: str, zone: tzinfo | None = None) -> Iterator[Read]:
    """Each record's row, or None where it does not say which annotation it belongs to, with its faults. None without a fault
    is a rating of a release that is no first judgement of an annotator.

    Times without a zone are in `zone`. Memory does not grow with the file. A `name` in .jsonl means JSON Lines, others a table.
    Raises Refused for a bad first line.
    """
    now = as_stored(datetime.now(UTC))
    is_table = not name.lower().endswith(".jsonl")
    records = csv_rows(file, name, named_columns) if is_table else json_lines(file, name)
    for number, record in records:
        if isinstance(record, Fault):
            yield None, [Rejection.of(number, record)]
        elif not isinstance(record, dict):
            yield None, [Rejection.of(number, Fault("record", _("expected keys with values"), record))]
        elif record.get("role", "annotator") != "annotator" or str(record.get("first", 1)).strip() == "0":
            yield None, []
        else:
            yield parse(number, {key: unguarded(value) for key, value in record.items()} if is_table else record, now, zone)


def named_columns(heads: list[str], name: str) -> list[str]:
    """The columns of a first line, by our names. Raises Refused where one is unknown, missing or there twice."""
    names = our_columns(heads, name, required=REQUIRED, optional=OPTIONAL, known=KNOWN)
    if unknown := sorted({column for column in names if column} - NAMES):
        told = {"file": name, "unknown": ", ".join(quoted(column) for column in unknown), "known": ACCEPTED}
        raise Refused(_("%(file)s: the first line names what is unknown: %(unknown)s; expected %(known)s") % told)
    return names


def unknown_names(record: dict[str, Any]) -> list[Fault]:
    expected = _("unknown; expected %(known)s") % {"known": ACCEPTED}
    return [Fault(name[:LONGEST_SHOWN], expected, record[name]) for name in sorted(record.keys() - NAMES)]


def parse(number: int, record: dict[str, Any], now: str, zone: tzinfo | None) -> Read:
    faults = unknown_names(record) if record.keys() - NAMES else []
    for other, name in OTHER_NAMES.items():
        if other in record:
            if name in record:
                faults.append(Fault(other, _("another name of %(name)s, which is there too") % {"name": name}, record[other]))
            record = {name: record[other]} | record
    values: dict[str, Any] = {}
    for name, read in READERS.items():
        values[name] = None
        try:
            if name in REQUIRED and name not in record:
                raise Fault(name, _("missing"))
            values[name] = read(record.get(name), name) if name != "submitted_at" else read_time(record.get(name), name, zone)
        except Fault as fault:
            faults.append(fault)
    if values["submitted_at"] and values["submitted_at"] > now:
        faults.append(Fault("submitted_at", _("expected a time that has passed"), record["submitted_at"]))
    rejections = [Rejection.of(number, fault) for fault in faults]
    if None in (values["id"], values["model"], values["sample"], values["annotator"]):
        return None, rejections
    values |= {"annotator": one_form(values["annotator"]), "spelling": values["annotator"]}
    return Row(number=number, sound=not faults, **values), rejections


one_form = lru_cache(10_000)(normal_form)  # a file names few people, many times


def read_annotator(value: Any, field: str) -> str:
    return read_name(checked_text(as_text(value), field, LONGEST_USERNAME), field)


def read_rubric(value: Any, field: str) -> str:
    return "" if value is None else checked_text(as_text(value), field, LONGEST_NAME)


def read_comment(value: Any, field: str) -> str:
    return "" if value is None else checked_text(as_text(value), field, LONGEST_FEEDBACK)


def as_whole(value: Any) -> int | None:
    """The whole number that a value is, also when it is written as a text or with zeros after the point."""
    if isinstance(value, str):
        return whole_number(ZEROS.sub("", value.strip()))
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 10**9 and value == int(value):
        return int(value)
    return None


def read_score(value: Any, field: str) -> int | str:
    if is_empty(value) or (isinstance(value, str) and value.strip().lower() == "na"):
        return "na"
    score = as_whole(value)
    if score is None and isinstance(value, str | float) and HALF.fullmatch(str(value).strip()):
        raise Fault(
            field, _("expected a whole number: for half points use a rubric with twice the levels, and double the scores"), value
        )
    if score is None:
        expected = _(
            "expected a whole number; nothing or na where the criterion is not applicable; no row where nobody scored it"
        )
        raise Fault(field, expected, value)
    return score


def read_sample(value: Any, field: str) -> int:
    sample = 0 if is_empty(value) else as_whole(value)
    if sample is None or sample < 0:
        raise Fault(field, _("expected a whole number from 0"), value)
    return sample


def read_seconds(value: Any, field: str) -> int | None:
    if is_empty(value):
        return None
    seconds = as_whole(value)
    if seconds is None or not 0 <= seconds <= LONGEST_TIME:
        told = {"longest": f"{LONGEST_TIME:,}"}
        raise Fault(field, _("expected a whole number of seconds, at most %(longest)s") % told, value)
    return seconds


READERS: dict[str, Callable[[Any, str], Any]] = {
    "id": read_name,
    "model": read_name,
    "sample": read_sample,
    "annotator": read_annotator,
    "rubric": read_rubric,
    "criterion": read_name,
    "score": read_score,
    "comment": read_comment,
    "submitted_at": read_time,
    "active_seconds": read_seconds,
}  # of all columns but RELEASED, which only say what a release made of a rating
