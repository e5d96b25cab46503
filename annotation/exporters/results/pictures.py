"""Pictures of results as SVG: the intervals of systems on one axis, and a heat map of a table.

A picture stands alone: its colours are presentation attributes, which a page's style sheet overrides by the classes; it has no
style of its own, no script, and nothing that is fetched. Its text is text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from html import escape

from annotation.exporters.paper.markup import MARKUPS, plain
from annotation.exporters.paper.table import width
from annotation.exporters.results.data import Cell, ResultsTable, Row

Domain = tuple[float, float]  # the two ends of an axis, or of the shades

INK, QUIET, LINE, ACCENT, PAPER = "#1c1b18", "#5f5d56", "#d5d2ca", "#1d5fa8", "#ffffff"
SHADES = (
    "#eef4fb", "#dceaf7", "#c6dbf0", "#adc9e8", "#91b4de", "#739dd2", "#5585c2", "#3a6cad", "#255592", "#143e74",
)  # fmt: skip
LIGHT = 7  # so many shades have dark text
LETTER, HEIGHT, AXIS, TITLE = 7, 30, 360, 34  # pixels
CELL, GAP = 92, 2
TICKS = 5
UNREADABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # characters that XML cannot have


def intervals(rows: Sequence[Row], *, title: str, domain: Domain, places: str = "0.1") -> str:
    """The first cell of each row as a dot with its interval, its figures beside it. What lies beyond the domain is drawn at its
    end; where the domain has 0 inside, a line stands there."""
    left = max((breadth(row.title) for row in rows), default=0) + 24
    figures = [figures_of(row.cells[0], places) for row in rows]
    right = max(map(breadth, figures), default=0) + 24
    bottom = TITLE + HEIGHT * len(rows)
    parts = [*axis(left, bottom, domain)]
    for number, (row, figure) in enumerate(zip(rows, figures, strict=True)):
        y = TITLE + HEIGHT * number + HEIGHT // 2
        parts.append(words(left - 12, y, row.title, anchor="end"))
        parts += dot(row.cells[0], left, y, domain)
        parts.append(words(left + AXIS + 16, y, figure, kind="figure"))
    return svg(left + AXIS + right, bottom + 28, title, parts)


def heat_map(results: ResultsTable, *, title: str, domain: Domain) -> str:
    """A square for each cell with its value; the darker, the nearer to the upper end of the domain."""
    left = max((breadth(row.title) for row in results.rows), default=0) + 24
    head = [wrapped(column) for column in results.columns]
    top = TITLE + 16 * max(map(len, head), default=0) + 8
    parts: list[str] = []
    for number, lines in enumerate(head):
        x = left + (CELL + GAP) * number + CELL // 2
        parts += [words(x, top - 12 - 16 * (len(lines) - 1 - at), line, anchor="middle") for at, line in enumerate(lines)]
    for number, row in enumerate(results.rows):
        y = top + (HEIGHT + GAP) * number
        parts.append(words(left - 12, y + HEIGHT // 2, row.title, anchor="end"))
        for at, (column, cell) in enumerate(zip(results.columns, row.cells, strict=True)):
            name = f"{row.title}, {column}: {figures_of(cell, results.places)}"
            parts.append(square(left + (CELL + GAP) * at, y, cell, name, results.places, domain))
    size = left + (CELL + GAP) * len(results.columns) + 8, top + (HEIGHT + GAP) * len(results.rows) + 8
    return svg(*size, title, parts)


def axis(left: int, bottom: int, domain: Domain) -> Iterator[str]:
    low, high = domain
    for tick in range(TICKS):
        value = low + (high - low) * tick / (TICKS - 1)
        x = place(value, left, domain)
        yield f'<line class="axis" x1="{x:g}" x2="{x:g}" y1="{TITLE}" y2="{bottom}" stroke="{LINE}"/>'
        yield words(x, bottom + 14, f"{value:g}", anchor="middle", kind="tick")
    if low < 0 < high:
        x = place(0, left, domain)
        yield f'<line class="zero" x1="{x:g}" x2="{x:g}" y1="{TITLE}" y2="{bottom}" stroke="{QUIET}" stroke-dasharray="3 3"/>'


def dot(cell: Cell, left: int, y: int, domain: Domain) -> Iterator[str]:
    if cell.value is None:
        return
    if cell.low is not None and cell.high is not None:
        ends = [place(end, left, domain) for end in (cell.low, cell.high)]
        yield (
            f'<line class="band" x1="{ends[0]:g}" x2="{ends[1]:g}" y1="{y}" y2="{y}" '
            f'stroke="{ACCENT}" stroke-width="3" stroke-linecap="round"/>'
        )
    yield f'<circle class="dot" cx="{place(cell.value, left, domain):g}" cy="{y}" r="5" fill="{ACCENT}"/>'


def square(x: int, y: int, cell: Cell, name: str, places: str, domain: Domain) -> str:
    if cell.value is None:
        kind, fill, ink, value = "undefined", PAPER, QUIET, "–"
    else:
        low, high = domain
        shade = min(max(int(len(SHADES) * (cell.value - low) / (high - low)), 0), len(SHADES) - 1)
        kind, fill, ink = f"shade-{shade}", SHADES[shade], INK if shade < LIGHT else PAPER
        value = rounded(cell.value, places)
    return (
        f'<g class="{kind}"><title>{texted(name)}</title>'
        f'<rect x="{x}" y="{y}" width="{CELL}" height="{HEIGHT}" rx="3" fill="{fill}" stroke="{LINE}"/>'
        f"{words(x + CELL // 2, y + HEIGHT // 2, value, anchor='middle', kind='value', fill=ink)}</g>"
    )


def place(value: float, left: int, domain: Domain) -> float:
    low, high = domain
    return round(left + AXIS * min(max((value - low) / (high - low), 0.0), 1.0), 2)


def figures_of(cell: Cell, places: str) -> str:
    """The value with its interval, or the reason for none, in words."""
    if cell.value is None:
        return cell.reason or "–"
    value = rounded(cell.value, places)
    if cell.low is None or cell.high is None:
        return value
    return f"{value} [{rounded(cell.low, places)}, {rounded(cell.high, places)}]"


def rounded(number: float, places: str) -> str:
    return MARKUPS["text"].decimals(Decimal(str(number)), places)


def breadth(text: str) -> int:
    """About how wide a text is, in pixels."""
    return LETTER * width(plain(text))


def wrapped(title: str) -> list[str]:
    """The title in lines that fit a column where words are short enough."""
    lines = [""]
    for word in plain(title).split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and breadth(longer) > CELL:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def words(x: float, y: int, text: str, *, anchor: str = "start", kind: str = "name", fill: str = INK) -> str:
    return f'<text class="{kind}" x="{x:g}" y="{y}" dy="0.36em" text-anchor="{anchor}" fill="{fill}">{texted(text)}</text>'


def texted(text: str) -> str:
    """The text as XML has it."""
    return escape(plain(UNREADABLE.sub("", text)))


def svg(wide: int, high: int, title: str, parts: Iterable[str]) -> str:
    wide = max(wide, breadth(title) + 16)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="results" role="img" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}" font-family="system-ui, sans-serif" font-size="13">'
    )
    ground = f'<rect class="ground" width="{wide}" height="{high}" fill="{PAPER}"/>'
    lines = [head, f"<title>{texted(title)}</title>", ground, words(8, 16, title, kind="title"), *parts, "</svg>"]
    return "\n".join(lines) + "\n"
