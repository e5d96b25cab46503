"""Tables as CSV, written in parts: rows come one after another, and a part of them is a pandas frame at a time."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import pandas as pd

from annotation.exporters.folder import Folder
from annotation.spreadsheets import guarded

Row = TypeVar("Row", bound=NamedTuple)
PART = 20_000  # rows


def write_table(folder: Folder, name: str, rows: Iterable[Row], kind: type[Row]) -> None:
    file = folder.open(name)
    for data in table_bytes(rows, kind):
        file.write(data)
    file.close()


def table_bytes(rows: Iterable[Row], kind: type[Row]) -> Iterator[bytes]:
    """A table, a piece after another. The columns are the fields of `kind`; None is an empty cell."""
    yield head_bytes(kind._fields)
    for part in parts(rows, kind):
        yield part_bytes(part)


def parts(rows: Iterable[Row], kind: type[Row]) -> Iterator[pd.DataFrame]:
    rows = iter(rows)
    while part := list(islice(rows, PART)):
        yield frame_of(part, kind._fields, texts_of(kind))


def texts_of(kind: type[Row]) -> list[str]:
    return [column for column, annotated in kind.__annotations__.items() if annotated is str]


def frame_of(rows: Sequence[Sequence[Any]], columns: Sequence[str], texts: Iterable[str]) -> pd.DataFrame:
    """Whole numbers stay whole beside empty cells; the columns of `texts` are guarded against spreadsheets."""
    frame = pd.DataFrame(rows, columns=list(columns), dtype=object)
    for column in texts:
        changed = {text: safe for text in frame[column].unique() if (safe := guarded(text)) != text}
        if changed:
            frame[column] = [changed.get(text, text) for text in frame[column]]
    return frame


def head_bytes(columns: Sequence[str]) -> bytes:
    return pd.DataFrame(columns=list(columns)).to_csv(index=False, lineterminator="\n").encode()


def part_bytes(part: pd.DataFrame) -> bytes:
    """As `to_csv` writes them, which looks at each cell anew and takes twice as long. A part with a carriage return in a text has
    all its texts in quotes: csv and pandas would leave a lone one bare."""
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows(zip(*(column.tolist() for _name, column in part.items()), strict=True))
    text = lines.getvalue()
    if "\r" in text:
        text = part.to_csv(index=False, header=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    return text.encode()
