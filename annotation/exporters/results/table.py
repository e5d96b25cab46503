"""A table of results as CSV, and as text for a paper in three forms: plain text, Markdown and LaTeX (with booktabs)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from annotation.exporters.paper import table as paper
from annotation.exporters.paper.markup import MARKUPS, Markup
from annotation.exporters.paper.text import latex_head
from annotation.exporters.results.data import Cell, ResultsTable
from annotation.exporters.tables.parts import table_bytes

TEXT_FORMS = tuple(paper.LAYOUTS)


class Record(NamedTuple):
    """A line of the CSV: a cell, not rounded."""

    row: str
    column: str
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    reason: str
    no_interval: str
    note: str


def csv_bytes(results: ResultsTable) -> bytes:
    """A line for each cell, row by row; `note` has the row's note before the cell's. Texts are guarded against spreadsheets."""
    return b"".join(table_bytes(records(results), Record))


def records(results: ResultsTable) -> Iterator[Record]:
    for row in results.rows:
        for column, cell in zip(results.columns, row.cells, strict=True):
            note = "; ".join(filter(None, (row.note, cell.note)))
            reasons = (cell.reason or "", cell.no_interval or "")
            yield Record(row.title, column, cell.value, cell.low, cell.high, cell.n, *reasons, note)


def text(results: ResultsTable, form: str, *, number: int = 1) -> str:
    """The table in one of TEXT_FORMS. Everything that people or models named is escaped; `number` is the table's own."""
    markup = MARKUPS[form]
    cells = [[shown(cell, results.places, markup) for cell in row.cells] for row in results.rows]
    of_rows = [markup.words(row.note) for row in results.rows]
    notes = paper.notes_of(cells, markup, *filter(None, of_rows))
    rows = [
        (markup.words(row.title) + notes.marks([note]), [paper.marked(cell, notes) for cell in of_row])
        for row, note, of_row in zip(results.rows, of_rows, cells, strict=True)
    ]
    table = paper.Table(
        number=number,
        caption=markup.words(results.caption),
        head=[markup.words(results.corner), *map(markup.words, results.columns)],
        right=[False] * len(results.columns),
        rows=rows,
        note=" ".join([*explanations(results, markup), *notes.sentences()]),
        label="results",
    )
    laid_out = f"{paper.LAYOUTS[form](table)}\n"
    return f"{latex_head(laid_out)}{laid_out}" if form == "latex" else laid_out


def shown(cell: Cell, places: str, markup: Markup) -> paper.Cell:
    reasons = [
        f"{paper.UNDEFINED}: {markup.words(cell.reason)}" if cell.reason else "",
        f"{paper.NO_INTERVAL}: {markup.words(cell.no_interval)}" if cell.no_interval else "",
        markup.words(cell.note),
    ]
    notes = tuple(filter(None, reasons))
    if cell.value is None:
        return paper.Cell(markup.dash, notes=notes)
    value, n = rounded(cell.value, places, markup), "" if cell.n is None else f"({cell.n:,})"
    if cell.low is None or cell.high is None:
        return paper.Cell(value, n, notes)
    ends = f"[{rounded(cell.low, places, markup)}, {rounded(cell.high, places, markup)}]"
    return paper.Cell(value, f"{ends} {n}".rstrip(), notes)


def rounded(number: float, places: str, markup: Markup) -> str:
    return markup.decimals(Decimal(str(number)), places)


def explanations(results: ResultsTable, markup: Markup) -> Iterator[str]:
    cells = [cell for row in results.rows for cell in row.cells if cell.value is not None]
    if results.note:
        yield markup.words(results.note)
    if any(cell.low is not None for cell in cells):
        yield f"In brackets: 95{markup.percent} confidence intervals."
    if any(cell.n is not None for cell in cells):
        yield "In parentheses: the number of responses."
