"""The tables of agreement, one per rubric: cells with their notes, laid out in one of the forms."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from string import ascii_lowercase

from annotation.exporters.paper.context import PaperContext, PlainFigure, Row, figures, has_interval, rows_by_rubric
from annotation.exporters.paper.markup import MARKUPS, Markup


@dataclass(frozen=True)
class Column:
    """Shows the first of `keys` that a row has. `write` is None where that is a figure, and not where it is a number."""

    title: str
    keys: tuple[str, ...]
    write: Callable[[Markup, float], str] | None = None


COLUMNS = (
    Column("Responses", ("pairable_items",), lambda _markup, number: f"{number:,}"),
    Column("Alpha", ("alpha",)),
    Column("AC2", ("ac2", "ac1")),
    Column("Kappa", ("ordinal_kappa",)),
    Column("ICC, one", ("icc_single",)),
    Column("ICC, mean", ("icc_mean",)),
    Column("Exact, %", ("exact",), Markup.share),
    Column("Adjacent, %", ("adjacent",), Markup.share),
    Column("MAD", ("mean_absolute_difference",), Markup.points),
    Column("Given, %", ("prevalence",), Markup.share),
)
EXPLANATIONS = {
    "pairable_items": "Responses: those with two ratings or more.",
    "ac2": "AC2 has ordinal weights.",
    "ac1": "AC2 is AC1 for penalties.",
    "ordinal_kappa": "Kappa has ordinal weights.",
    "icc_single": "ICC, one: of one rating.",
    "icc_mean": "ICC, mean: of the mean rating, not of an adjudicated label.",
    "exact": "Exact: pairs of ratings that are equal.",
    "adjacent": "Adjacent: pairs of ratings at most one level apart.",
    "mean_absolute_difference": "MAD: mean absolute difference of a pair of ratings, in points.",
    "prevalence": "Given: judgements that give the penalty.",
}
UNDEFINED, NO_INTERVAL = "Undefined", "No interval"  # how a note begins
KINDS = {"rated": "criteria", "overall": "the overall score", "penalty": "penalties"}


@dataclass(frozen=True)
class Cell:
    """`notes` has the reasons why there is no value, or no interval; `mark` refers to them below the table."""

    value: str = ""
    interval: str = ""
    notes: tuple[str, ...] = ()
    mark: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.value, self.interval))) + self.mark


class Notes:
    """The notes below the table. One that applies to all is said once, without marks: the only reason why cells have no value,
    which their dashes show, or why no cell has an interval. The others come in the order of their marks."""

    def __init__(self, notes: Iterable[str], markup: Markup, *, has_intervals: bool) -> None:
        notes = list(dict.fromkeys(notes))
        self.markup = markup
        self.undefined = only(note for note in notes if note.startswith(UNDEFINED))
        self.no_interval = "" if has_intervals else only(note for note in notes if note.startswith(NO_INTERVAL))
        self.marked = [note for note in notes if note not in (self.undefined, self.no_interval)]

    def marks(self, notes: Iterable[str]) -> str:
        """Those of one cell's notes."""
        return "".join(self.mark(note) for note in notes if note in self.marked)

    def mark(self, note: str) -> str:
        return self.markup.note_mark.format(ascii_lowercase[self.marked.index(note)])

    def sentences(self) -> Iterator[str]:
        if self.undefined:
            yield f"{UNDEFINED} ({self.markup.dash}){self.undefined.removeprefix(UNDEFINED)}."
        if self.no_interval:
            yield f"{self.no_interval}."
        for note in self.marked:
            yield f"{self.mark(note).strip()} {note}."


def only(notes: Iterable[str]) -> str:
    """The one note; empty if there is none, or another."""
    first, *others = [*notes, ""]
    return "" if len(others) > 1 else first


@dataclass(frozen=True)
class Table:
    """A table in the words of its markup. `right` tells of each column but the first whether it is aligned to the right, `label`
    and its number are what LaTeX refers to it by."""

    number: int
    caption: str
    head: list[str]
    right: list[bool]
    rows: list[tuple[str, list[Cell]]]
    note: str
    label: str = "agreement"


def table(rows: Sequence[Row], context: PaperContext, form: str) -> str:
    """A table per rubric, numbered in the report's order, with a blank line between two; LaTeX needs booktabs."""
    tables = [
        rubric_table(number, name, rubric_rows, context, MARKUPS[form])
        for number, (name, rubric_rows) in enumerate(rows_by_rubric(rows).items(), 1)
    ]
    return "\n\n".join(map(LAYOUTS[form], tables))


def rubric_table(number: int, name: str, rows: Sequence[Row], context: PaperContext, markup: Markup) -> Table:
    fields = {key for row in rows for key in row}
    columns = [column for column in COLUMNS if fields.intersection(column.keys)]
    cells = [[cell(row, column, markup) for column in columns] for row in rows]
    notes = notes_of(cells, markup)
    lowest, highest = context.scale[name]
    rubric = f"{markup.words(context.rubrics[name])} ({markup.words(name)})"
    return Table(
        number=number,
        caption=f"Agreement under {rubric}, scale {lowest} to {highest}.",
        head=["Criterion", *(markup.words(column.title) for column in columns)],
        right=[column.write is not None for column in columns],
        rows=[
            (markup.words(context.row_title(row)), [marked(cell, notes) for cell in of_row])
            for row, of_row in zip(rows, cells, strict=True)
        ],
        note=" ".join([*explanations(rows, fields, markup), *notes.sentences()]),
    )


def notes_of(rows: Iterable[Iterable[Cell]], markup: Markup, *others: str) -> Notes:
    """Those of the cells, and others."""
    cells = list(chain.from_iterable(rows))
    notes = chain(others, chain.from_iterable(cell.notes for cell in cells))
    return Notes(notes, markup, has_intervals=any("[" in cell.interval for cell in cells))


def marked(cell: Cell, notes: Notes) -> Cell:
    return replace(cell, mark=notes.marks(cell.notes))


def cell(row: Row, column: Column, markup: Markup) -> Cell:
    key = next((key for key in column.keys if key in row), None)
    if key is None:
        return Cell()
    value = row[key]
    if column.write is None:
        return figure_cell(value, markup)
    if value is None:  # for the reason that alpha has: no ratings, or none that can be compared
        return Cell(markup.dash, notes=(f"{UNDEFINED}: {markup.words(row['alpha']['reason'])}",))
    return number_cell(value, row.get("intervals", {}).get(key), column.write, markup)


def number_cell(value: float, figure: PlainFigure | None, write: Callable[[Markup, float], str], markup: Markup) -> Cell:
    if figure is None:
        return Cell(write(markup, value))
    if has_interval(figure):
        return Cell(write(markup, value), f"[{write(markup, figure['low'])}, {write(markup, figure['high'])}]")
    return Cell(write(markup, value), notes=no_interval(figure, markup))


def figure_cell(figure: PlainFigure, markup: Markup) -> Cell:
    if figure["value"] is None:
        return Cell(markup.dash, notes=(f"{UNDEFINED}: {markup.words(figure['reason'])}",))
    value = markup.coefficient(figure["value"])
    if has_interval(figure):
        return Cell(value, f"[{markup.coefficient(figure['low'])}, {markup.coefficient(figure['high'])}]")
    return Cell(value, notes=no_interval(figure, markup))


def no_interval(figure: PlainFigure, markup: Markup) -> tuple[str, ...]:
    """Empty where nobody asked for an interval."""
    reason = figure.get("no_interval")
    return (f"{NO_INTERVAL}: {markup.words(reason)}",) if reason else ()


def explanations(rows: Sequence[Row], fields: set[str], markup: Markup) -> Iterator[str]:
    """What the columns mean, for the fields that some row has."""
    levels = {KINDS[row["kind"]]: row["alpha"]["level"] for row in rows}
    yield f"Alpha: {', '.join(f'{level} for {kind}' for kind, level in levels.items())}."
    if any(has_interval(figure) for row in rows for figure in figures(row)):
        yield f"In brackets: 95{markup.percent} confidence intervals."
    yield from (explanation for key, explanation in EXPLANATIONS.items() if key in fields)


def in_text(table: Table) -> str:
    lines = [table.head, *([title, *map(str, cells)] for title, cells in table.rows)]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * columns for columns in widths])
    aligned = [aligned_in_text(line, widths, table.right) for line in lines]
    return "\n".join([f"Table {table.number}. {table.caption}", "", *aligned, "", f"Note. {table.note}"])


def aligned_in_text(line: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    cells = []
    for text, columns, to_the_right in zip(line, widths, (False, *right), strict=True):
        space = " " * (columns - width(text))
        cells.append(space + text if to_the_right else text + space)
    return "  ".join(cells).rstrip()


def width(text: str) -> int:
    """How many columns of a terminal the text takes: a Chinese character two, a combining mark none."""
    return sum(
        0 if unicodedata.category(character) in {"Mn", "Me", "Cf"} else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )


def in_markdown(table: Table) -> str:
    lines = [table.head, [":--", *("--:" if right else ":--" for right in table.right)]]
    lines += [[title, *map(str, cells)] for title, cells in table.rows]
    rows = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join([f"**Table {table.number}.** {table.caption}", "", *rows, "", f"*Note.* {table.note}"])


def in_latex(table: Table) -> str:
    rows = [line for title, cells in table.rows for line in latex_lines(title, cells)]
    return "\n".join([
        r"\begin{table*}[t]",
        r"\centering",
        r"\footnotesize",
        r"\setlength{\tabcolsep}{4pt}",
        rf"\caption{{{table.caption}}}",
        rf"\label{{tab:{table.label}-{table.number}}}",
        rf"\begin{{tabular}}{{l{''.join('r' if right else 'l' for right in table.right)}}}",
        r"\toprule",
        rf"{' & '.join(table.head)} \\",
        r"\midrule",
        *rows,
        r"\bottomrule",
        r"\end{tabular}",
        "",
        r"\smallskip",
        rf"\parbox{{\linewidth}}{{\emph{{Note.}} {table.note}}}",
        r"\end{table*}",
    ])  # fmt: skip


def latex_lines(title: str, cells: Sequence[Cell]) -> Iterator[str]:
    """Intervals stand below their values, or the table would be wider than a page."""
    yield rf"{' & '.join([title, *(f'{cell.value}{cell.mark}' for cell in cells)])} \\"
    if any(cell.interval for cell in cells):
        yield rf"{' & '.join(['', *(cell.interval for cell in cells)]).strip()} \\"


LAYOUTS: dict[str, Callable[[Table], str]] = {"text": in_text, "markdown": in_markdown, "latex": in_latex}
