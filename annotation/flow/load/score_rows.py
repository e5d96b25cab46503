"""Reads a score file and sorts its rows, so that the rows of one annotation come together.

They may stand anywhere in the file, and be more than memory holds. So they wait in an SQLite database without a name, which
lies on the disk and is gone when it is closed.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import tzinfo
from itertools import groupby
from typing import BinaryIO

from annotation.errors import MOST_REJECTIONS, Rejection, too_many_faults
from annotation.flow.load.report import ScoreReport
from annotation.flow.progress import READING, Progress
from annotation.importers.scores import Row, read_rows

STEP = 10_000  # rows between two reports of progress


Spellings = dict[str, dict[str, None]]  # of each annotator, by the name's normal form: those in the file, in its order


class SortedRows:
    """The rows of a file, one list for each annotator and response; and how they spell the annotators."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.spellings: Spellings = {}
        connection.execute(f"CREATE TABLE rows ({', '.join(Row._fields)})")

    def add(self, rows: Iterator[Row]) -> None:
        marks = ", ".join("?" * len(Row._fields))
        self.connection.executemany(f"INSERT INTO rows VALUES ({marks})", rows)  # noqa: S608 question marks

    def count(self) -> int:
        """How many lists there are."""
        [[count]] = self.connection.execute("SELECT COUNT(*) FROM (SELECT DISTINCT id, model, sample, annotator FROM rows)")
        return int(count)

    def __iter__(self) -> Iterator[list[Row]]:
        rows = map(Row._make, self.connection.execute("SELECT * FROM rows ORDER BY id, model, sample, annotator, number"))
        for _annotation, group in groupby(rows, key=lambda row: (row.id, row.model, row.sample, row.annotator)):
            yield list(group)


@contextmanager
def sorted_rows(
    file: BinaryIO, name: str, report: ScoreReport, progress: Progress, zone: tzinfo | None = None
) -> Iterator[SortedRows]:
    """Read the file from its start to its end; the report gets the faults. Raises Refused for a bad first line."""
    with closing(sqlite3.connect("")) as connection:
        rows = SortedRows(connection)
        rows.add(readable_rows(file, name, report, progress, rows.spellings, zone))
        yield rows


def readable_rows(
    file: BinaryIO, name: str, report: ScoreReport, progress: Progress, spellings: Spellings, zone: tzinfo | None
) -> Iterator[Row]:
    """The rows that say which annotation they belong to. How they spell the annotators is added to `spellings`."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    for number, (row, rejections) in enumerate(read_rows(file, name, zone)):
        report.rejected += rejections
        report.not_first += row is None and not rejections
        if len(report.rejected) > MOST_REJECTIONS:
            report.rejected.append(Rejection.of(report.rejected[-1].record + 1, too_many_faults()))
            break
        if number % STEP == 0:
            progress(READING, file.tell(), size)
        if row:
            spellings.setdefault(row.annotator, {})[row.spelling] = None
            yield row
    progress(READING, size, size)
