"""ratings.csv: every first rating, labelled or not. Faithful, for it is data: a spreadsheet's guards would alter it."""

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
    """One line, ended by \\n. Written with \\r\\n first: some Pythons leave a \\r unquoted unless it ends lines."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(["" if value is None else value for value in values])
    return text.getvalue().removesuffix("\r\n") + "\n"
