"""Reads the scores of an automatic scorer: MMIE's result file, JSON Lines or CSV. Knows nothing of the database.

A score that cannot be read is no fault: its row says why, so that it is counted.
"""

import re
from collections.abc import Iterator
from math import isfinite
from pathlib import PurePosixPath
from typing import Any, BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from annotation.errors import Fault, Rejection, quoted
from annotation.fields import is_empty
from annotation.importers.readers import BOM, CHUNK, SPACE, Numbered, json_lines, json_list
from annotation.importers.scores import OTHER_NAMES, read_sample
from annotation.importers.tables import TABLES, csv_rows, our_columns
from annotation.importers.values import as_text, checked_text, read_name
from annotation.limits import LONGEST_NAME
from annotation.spreadsheets import unguarded

REQUIRED = ("id", "model", "score")
OPTIONAL = ("sample", "criterion", "run")
NAMES = {*REQUIRED, *OPTIONAL, *OTHER_NAMES}  # further columns and keys are passed over
KNOWN = {name: OTHER_NAMES.get(name, name) for name in NAMES}
FEEDBACK = "gpt_feedback"  # of MMIE's result file
HEADING = "### Score"
OVERALL = "overall"  # as a criterion
FIRST_BYTES = {b"[": ".json", b"{": ".jsonl"}
# as MMIE's script finds numbers, and as a number alone is written
NUMBER_IN_TEXT = re.compile(r"-?\d+(?:\.\d+)?")
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)

# Why a score is unreadable
EMPTY, NO_HEADING, NO_NUMBER = "empty", "no_heading", "no_number"


class Written(NamedTuple):
    """What stands where the score should: the number, or None with the reason (EMPTY, NO_HEADING, NO_NUMBER)."""

    score: float | None
    unreadable: str = ""
    several_numbers: bool = False  # whether different ones follow "### Score"


class ScorerRow(NamedTuple):
    """One score. `criterion` is empty for the overall, `run` where the file names none."""

    number: int
    id: str
    model: str
    sample: int
    run: str
    criterion: str
    written: Written
    from_mmie: bool  # whether it stands in a record of MMIE's result file

    @property
    def key(self) -> tuple[str, str, int, str, str]:
        return (self.id, self.model, self.sample, self.run, self.criterion)


Read = tuple[ScorerRow | None, list[Rejection]]


def read_rows(file: BinaryIO, name: str) -> Iterator[Read]:
    """Each record's row, or None with its faults; a second score of the same response, run and criterion is one. The file is
    read from its start. Memory grows with the number of rows, by their keys. Raises Refused for a bad first line."""
    first: dict[tuple[str, str, int, str, str], int] = {}
    for number, record in records_of(file, name):
        row, rejections = parse(number, record)
        if row is not None and row.key in first:
            error = _("a second score of the same response: the first is record %(number)s")
            fault = Fault("id", error % {"number": first[row.key]}, row.id, kind=error)
            row, rejections = None, [Rejection.of(number, fault)]
        elif row is not None:
            first[row.key] = number
        yield row, rejections


def records_of(file: BinaryIO, name: str) -> Iterator[Numbered]:
    """By the name's suffix; where it says nothing, by the first character."""
    kind = PurePosixPath(name).suffix.lower()
    file.seek(0)
    if kind not in (".json", ".jsonl", *TABLES):
        kind = FIRST_BYTES.get(file.read(CHUNK).removeprefix(BOM).lstrip(SPACE)[:1], ".csv")
        file.seek(0)
    if kind == ".json":
        return json_list(file, name)
    if kind == ".jsonl":
        return json_lines(file, name)
    return table_rows(file, name)


def table_rows(file: BinaryIO, name: str) -> Iterator[Numbered]:
    for number, row in csv_rows(file, name, named_columns):
        yield number, row if isinstance(row, Fault) else {key: unguarded(value) for key, value in row.items() if key in NAMES}


def named_columns(heads: list[str], name: str) -> list[str]:
    """The columns of a first line, ours by our names. Raises Refused where one is missing or there twice."""
    return our_columns(heads, name, required=REQUIRED, optional=OPTIONAL, known=KNOWN)


def parse(number: int, record: Any) -> Read:
    if isinstance(record, Fault):
        return None, [Rejection.of(number, record)]
    if not isinstance(record, dict):
        return None, [Rejection.of(number, Fault("record", _("expected keys with values"), record))]
    values: dict[str, Any] = {}
    rejections = []
    for field, read in FIELDS.items():
        try:
            values[field] = read(named(record, field), field)
        except Fault as fault:
            rejections.append(Rejection.of(number, fault))
    try:
        written = read_written(record)
    except Fault as fault:
        rejections.append(Rejection.of(number, fault))
    return (None, rejections) if rejections else (ScorerRow(number, **values, written=written, from_mmie=FEEDBACK in record), [])


def read_written(record: dict[str, Any]) -> Written:
    """Raises Fault where neither `score` nor MMIE's feedback is there, or both and they differ."""
    if "score" not in record and FEEDBACK not in record:
        raise Fault("score", _("missing: expected a number, or MMIE's %(key)s") % {"key": FEEDBACK})
    if FEEDBACK not in record:
        return as_number(record["score"])
    written = after_heading(record[FEEDBACK])
    if "score" in record and as_number(record["score"]).score != written.score:
        error = _("but %(key)s says %(number)s: expected one of the two, or the same number")
        raise Fault("score", error % {"key": FEEDBACK, "number": quoted(written.score)}, record["score"], kind=error)
    return written


def named(record: dict[str, Any], field: str) -> Any:
    """The value of a key that may have another name. Raises Fault where both are there, or a required one is not."""
    others = [other for other, name in OTHER_NAMES.items() if name == field and other in record]
    if others and field in record:
        raise Fault(others[0], _("another name of %(name)s, which is there too") % {"name": field}, record[others[0]])
    if field in REQUIRED and not others and field not in record:
        raise Fault(field, _("missing"))
    return record[others[0]] if others else record.get(field)


def read_run(value: Any, field: str) -> str:
    return "" if value is None else checked_text(as_text(value), field, LONGEST_NAME).strip()


def read_criterion(value: Any, field: str) -> str:
    """A criterion's key; empty where the score is the overall."""
    criterion = read_run(value, field)
    return "" if criterion == OVERALL else criterion


FIELDS = {"id": read_name, "model": read_name, "sample": read_sample, "run": read_run, "criterion": read_criterion}


def as_number(value: Any) -> Written:
    """A number as JSON or a cell holds it."""
    if is_empty(value):
        return Written(None, EMPTY)
    text = str(value).strip()
    if isinstance(value, bool | list | dict) or not NUMBER.fullmatch(text) or not isfinite(float(text)):
        return Written(None, NO_NUMBER)
    return Written(float(text))


def after_heading(text: Any) -> Written:
    """As MMIE's script reads it: the first number after "### Score", rounded half to even. It drops what lies outside 0 to 6."""
    if is_empty(text):
        return Written(None, EMPTY)
    _before, heading, after = text.partition(HEADING) if isinstance(text, str) else ("", "", "")
    if not heading:
        return Written(None, NO_HEADING)
    numbers = [float(number) for number in NUMBER_IN_TEXT.findall(after)]
    if not numbers or not isfinite(numbers[0]):
        return Written(None, NO_NUMBER)
    return Written(float(round(numbers[0])), several_numbers=len(set(numbers)) > 1)
