"""A table of results: systems against categories, fields or criteria, or any other rows against columns."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """A figure that is never rounded. `value` is None exactly when `reason` says why; `low` and `high` are both or neither, and
    `no_interval` says why there are none. `n` is how many responses it rests on. `note` is what the reader must know of this
    cell alone."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    reason: str | None = None
    no_interval: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Row:
    """`note` is what the reader must know of the whole row: that the system answered a part of the queries, say."""

    title: str
    cells: tuple[Cell, ...]
    note: str = ""


@dataclass(frozen=True)
class ResultsTable:
    """`corner` says what the rows are, `columns` has a title for each cell of a row. Texts may hold anything. `note` is about the
    whole table, in sentences. `places` is the last decimal that is shown: "0.1", "0.01" or "1"."""

    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    places: str = "0.1"

    def __post_init__(self) -> None:
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("each row has a cell for each column")
