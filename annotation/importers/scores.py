"""Reads a file of scores, CSV or JSON Lines, into rows, and checks each in itself. Knows nothing of the database."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any, BinaryIO, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import Fault, Refused, Rejection
from annotation.fields import is_empty, is_whole, whole_number
from annotation.importers import items
from annotation.importers.items import checked_text
from annotation.importers.readers import csv_rows, json_lines
from annotation.limits import LONGEST_FEEDBACK, LONGEST_NAME, LONGEST_TIME, LONGEST_USERNAME
from annotation.spreadsheets import unguarded

REQUIRED = ("id", "model", "annotator", "criterion", "score")
OPTIONAL = ("sample", "comment", "submitted_at", "active_seconds", "rubric")
RELEASED = ("split", "revision", "first", "role", "confidence")  # further columns of a release's ratings.csv
OTHER_NAMES = {"system": "model"}  # as a release's ratings.csv calls it
NAMES = {*REQUIRED, *OPTIONAL, *RELEASED, *OTHER_NAMES}
LONGEST_SHOWN = 100  # characters of an unknown name in a message
ZEROS = re.compile(r"\.0{1,9}$")  # a spreadsheet may write 4 as 4.0


class Row(NamedTuple):
    """One score. `score` is "na" where it is not applicable. A value that is at fault is None, and the row is not `sound`."""

    number: int
    id: str
    model: str
    sample: int
    annotator: str
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
    if PurePosixPath(name).suffix.lower() not in (".csv", ".jsonl"):
        raise Refused(_("%(file)s: expected a file named .csv or .jsonl") % {"file": name})


def read_rows(file: BinaryIO, name: str) -> Iterator[Read]:
    """Each record's row, or None where it does not say which annotation it belongs to, with its faults. None without a fault
    is a rating of a release that is no first judgement of an annotator.

    Memory does not grow with the file. A `name` in .jsonl means JSON Lines, any other CSV. Raises Refused for a bad first line.
    """
    now = as_stored(timezone.now())
    is_table = not name.lower().endswith(".jsonl")
    records = csv_rows(file, name, named_columns) if is_table else json_lines(file, name)
    for number, record in records:
        if isinstance(record, Fault):
            yield None, [Rejection(number, record.field, record.error)]
        elif not isinstance(record, dict):
            yield None, [Rejection(number, "record", _("expected keys with values"))]
        elif record.get("role", "annotator") != "annotator" or str(record.get("first", 1)).strip() == "0":
            yield None, []
        else:
            yield parse(number, {key: unguarded(value) for key, value in record.items()} if is_table else record, now)


def named_columns(columns: list[str], name: str) -> list[str]:
    """The columns of a first line, by our names. Raises Refused where one is unknown, missing or there twice."""
    columns = [column.strip() for column in columns]
    renamed = [OTHER_NAMES.get(column, column) for column in columns]
    faults = [
        *(fault.field + ": " + fault.error for fault in unknown_names(columns)),
        *(column + ": " + _("missing") for column in REQUIRED if column not in renamed),
        *(column + ": " + _("there twice") for column in sorted(set(renamed)) if renamed.count(column) > 1),
    ]
    if faults:
        raise Refused("\n".join(_("%(file)s, first line: %(fault)s") % {"file": name, "fault": fault} for fault in faults))
    return renamed


def unknown_names(names: list[str]) -> list[Fault]:
    expected = _("unknown; expected %(known)s") % {"known": ", ".join(sorted(NAMES - set(RELEASED)))}
    return [Fault(name[:LONGEST_SHOWN], expected) for name in sorted(set(names) - NAMES)]


def parse(number: int, record: dict[str, Any], now: str) -> Read:
    faults = unknown_names(list(record)) if record.keys() - NAMES else []
    for other, name in OTHER_NAMES.items():
        if other in record:
            if name in record:
                faults.append(Fault(other, _("another name of %(name)s, which is there too") % {"name": name}))
            record = {name: record[other]} | record
    values: dict[str, Any] = {}
    for name, read in READERS.items():
        values[name] = None
        try:
            if name in REQUIRED and name not in record:
                raise Fault(name, _("missing"))
            values[name] = read(record.get(name), name)
        except Fault as fault:
            faults.append(fault)
    if values["submitted_at"] and values["submitted_at"] > now:
        faults.append(Fault("submitted_at", _("expected a time that has passed")))
    rejections = [Rejection(number, fault.field, fault.error) for fault in faults]
    if None in (values["id"], values["model"], values["sample"], values["annotator"]):
        return None, rejections
    return Row(number=number, sound=not faults, **values), rejections


def as_text(value: Any) -> Any:
    """A whole number as a text, as a JSON file may write ids and names. Anything else as it is."""
    return str(value) if is_whole(value) else value


def read_name(value: Any, field: str) -> str:
    return items.read_name(as_text(value), field)


def read_annotator(value: Any, field: str) -> str:
    return items.read_name(checked_text(as_text(value), field, LONGEST_USERNAME), field)


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
    if score is None:
        raise Fault(field, _("expected a whole number, or nothing where the criterion is not applicable"))
    return score


def read_sample(value: Any, field: str) -> int:
    sample = 0 if is_empty(value) else as_whole(value)
    if sample is None or sample < 0:
        raise Fault(field, _("expected a whole number from 0"))
    return sample


def read_time(value: Any, field: str) -> str | None:
    """ISO 8601; without a zone it is UTC."""
    if is_empty(value):
        return None
    try:
        time = datetime.fromisoformat(value.strip())
        time = (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (AttributeError, ValueError, OverflowError) as error:
        raise Fault(field, _("expected a time such as 2026-05-01T12:00:00Z")) from error
    if time.year < 1970:
        raise Fault(field, _("expected a time from 1970 on"))
    return as_stored(time)


def as_stored(time: datetime) -> str:
    return time.isoformat(timespec="microseconds")


def read_seconds(value: Any, field: str) -> int | None:
    if is_empty(value):
        return None
    seconds = as_whole(value)
    if seconds is None or not 0 <= seconds <= LONGEST_TIME:
        raise Fault(field, _("expected a whole number of seconds, at most %(longest)s") % {"longest": f"{LONGEST_TIME:,}"})
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
