"""The table of agreement, one per rubric: cells with their notes, then laid out in the form asked for."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase

from annotation.exporters.paper.context import Found, PaperContext, Row, bounded, by_rubric, figures
from annotation.exporters.paper.markup import FORM, Form


@dataclass(frozen=True)
class Column:
    """Shows the first of `keys` that a row has. `write` is None for what is a figure with an interval."""

    title: str
    keys: tuple[str, ...]
    write: Callable[[Form, float], str] | None = None


COLUMNS = (
    Column("Responses", ("pairable_items",), lambda form, number: f"{number:,}"),
    Column("Alpha", ("alpha",)),
    Column("AC2", ("ac2", "ac1")),
    Column("Kappa", ("weighted_kappa",)),
    Column("ICC, one", ("icc_single",)),
    Column("ICC, mean", ("icc_mean",)),
    Column("Exact, %", ("exact",), Form.share),
    Column("Adjacent, %", ("adjacent",), Form.share),
    Column("MAD", ("mean_absolute_difference",), Form.points),
    Column("Given, %", ("prevalence",), Form.share),
)
EXPLAINED = {
    "pairable_items": "Responses: those with two ratings or more.",
    "ac1": "AC2 is AC1 for penalties.",
    "weighted_kappa": "Kappa has quadratic weights.",
    "icc_single": "ICC, one: of one rating.",
    "icc_mean": "ICC, mean: of the mean rating, not of an adjudicated label.",
    "exact": "Exact: pairs of ratings that are equal.",
    "adjacent": "Adjacent: pairs of ratings at most one level apart.",
    "mean_absolute_difference": "MAD: mean absolute difference of a pair of ratings, in points.",
    "prevalence": "Given: judgements that give the penalty.",
}
OF_ALPHA = {"rated": "criteria", "overall": "the overall score", "penalty": "penalties"}


@dataclass(frozen=True)
class Cell:
    value: str = ""
    interval: str = ""
    mark: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.value, self.interval))) + self.mark


@dataclass
class Notes:
    """What marks in the cells refer to, in the order in which they are met."""

    form: Form
    found: list[str] = field(default_factory=list)

    def mark(self, note: str) -> str:
        if note not in self.found:
            self.found.append(note)
        return self.form.mark.format(ascii_lowercase[self.found.index(note)])

    def said(self) -> list[str]:
        return [f"{self.mark(note).strip()} {note}." for note in self.found]


@dataclass(frozen=True)
class Table:
    """In words of its form. `right` says of each column but the first whether it is aligned to the right."""

    number: int
    caption: str
    head: list[str]
    right: list[bool]
    rows: list[tuple[str, list[Cell]]]
    note: str


def table(rows: Sequence[Row], about: PaperContext, form: str) -> str:
    """A table per rubric, numbered in the report's order, with a blank line between two; LaTeX needs booktabs."""
    tables = [
        made(number, name, of_rubric, about, FORM[form]) for number, (name, of_rubric) in enumerate(by_rubric(rows).items(), 1)
    ]
    return "\n\n".join(map(LAYOUTS[form], tables))


def made(number: int, name: str, rows: Sequence[Row], about: PaperContext, form: Form) -> Table:
    there = {key for row in rows for key in row}
    columns = [column for column in COLUMNS if there.intersection(column.keys)]
    notes = Notes(form)
    lowest, highest = about.scale[name]
    return Table(
        number=number,
        caption=f"Agreement under {form.words(about.rubrics[name])} ({form.words(name)}), scale {lowest} to {highest}.",
        head=["Criterion", *(form.words(column.title) for column in columns)],
        right=[column.write is not None for column in columns],
        rows=[(form.words(about.named(row)), [cell(row, column, form, notes) for column in columns]) for row in rows],
        note=" ".join([*explained(rows, there, form), *notes.said()]),
    )


def cell(row: Row, column: Column, form: Form, notes: Notes) -> Cell:
    key = next((key for key in column.keys if key in row), None)
    if key is None:
        return Cell()
    found = row[key]
    if column.write is None:
        return of_figure(found, form, notes)
    if found is None:  # for the reason that alpha is: no ratings, or none that can be compared
        return Cell(form.dash, mark=notes.mark(f"Undefined: {form.words(row['alpha']['reason'])}"))
    return Cell(column.write(form, found))


def of_figure(found: Found, form: Form, notes: Notes) -> Cell:
    if found["value"] is None:
        return Cell(form.dash, mark=notes.mark(f"Undefined: {form.words(found['reason'])}"))
    value = form.coefficient(found["value"])
    if bounded(found):
        return Cell(value, f"[{form.coefficient(found['low'])}, {form.coefficient(found['high'])}]")
    why = found.get("no_interval")
    return Cell(value, mark=notes.mark(f"No interval: {form.words(why)}") if why else "")


def explained(rows: Sequence[Row], there: set[str], form: Form) -> Iterator[str]:
    levels = {OF_ALPHA[row["kind"]]: row["alpha"]["level"] for row in rows}
    yield f"Alpha: {', '.join(f'{level} for {kind}' for kind, level in levels.items())}."
    if any(bounded(found) for row in rows for found in figures(row)):
        yield f"In brackets: 95{form.percent} confidence intervals."
    yield from (said for key, said in EXPLAINED.items() if key in there)


def in_text(made: Table) -> str:
    lines = [made.head, *([title, *map(str, cells)] for title, cells in made.rows)]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * columns for columns in widths])
    aligned = [aligned_in_text(line, widths, made.right) for line in lines]
    return "\n".join([f"Table {made.number}. {made.caption}", "", *aligned, "", f"Note. {made.note}"])


def aligned_in_text(line: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    cells = []
    for said, columns, to_the_right in zip(line, widths, (False, *right), strict=True):
        space = " " * (columns - width(said))
        cells.append(space + said if to_the_right else said + space)
    return "  ".join(cells).rstrip()


def width(said: str) -> int:
    """How many columns of a terminal it takes: two for a Chinese character, none for a mark on the letter before."""
    return sum(
        0 if unicodedata.category(character) in {"Mn", "Me", "Cf"} else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in said
    )


def in_markdown(made: Table) -> str:
    lines = [made.head, [":--", *("--:" if right else ":--" for right in made.right)]]
    lines += [[title, *map(str, cells)] for title, cells in made.rows]
    rows = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join([f"**Table {made.number}.** {made.caption}", "", *rows, "", f"*Note.* {made.note}"])


def in_latex(made: Table) -> str:
    rows = [line for title, cells in made.rows for line in latex_lines(title, cells)]
    return "\n".join([
        r"\begin{table*}[t]",
        r"\centering",
        r"\footnotesize",
        r"\setlength{\tabcolsep}{4pt}",
        rf"\caption{{{made.caption}}}",
        rf"\label{{tab:agreement-{made.number}}}",
        rf"\begin{{tabular}}{{l{''.join('r' if right else 'l' for right in made.right)}}}",
        r"\toprule",
        rf"{' & '.join(made.head)} \\",
        r"\midrule",
        *rows,
        r"\bottomrule",
        r"\end{tabular}",
        "",
        r"\smallskip",
        rf"\parbox{{\linewidth}}{{\emph{{Note.}} {made.note}}}",
        r"\end{table*}",
    ])  # fmt: skip


def latex_lines(title: str, cells: Sequence[Cell]) -> Iterator[str]:
    """Intervals stand below their values, or the table would be wider than a page."""
    yield rf"{' & '.join([title, *(f'{cell.value}{cell.mark}' for cell in cells)])} \\"
    if any(cell.interval for cell in cells):
        yield rf"{' & '.join(['', *(cell.interval for cell in cells)]).strip()} \\"


LAYOUTS: dict[str, Callable[[Table], str]] = {"text": in_text, "markdown": in_markdown, "latex": in_latex}
