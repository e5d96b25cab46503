"""ratings.csv: every first rating, labelled or not, exactly as stored: a guard against spreadsheet formulas would alter it."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from annotation.exporters.data import Content

COLUMNS = ("id", "system", "sample", "split", "rubric", "annotator", "criterion", "score")


def files(content: Content) -> Iterator[tuple[str, bytes]]:
    rows = ([getattr(rating, column) for column in COLUMNS] for rating in content.ratings)
    yield "ratings.csv", "".join(map(line, (COLUMNS, *rows))).encode()


def line(values: Iterable[Any]) -> str:
    """One line, ended by \\n. It is written with \\r\\n first: else csv, and so pandas, leaves a lone \\r unquoted."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(["" if value is None else value for value in values])
    return text.getvalue().removesuffix("\r\n") + "\n"
