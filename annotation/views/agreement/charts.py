"""The places of the marks in the charts of the agreement pages: plain data in, what the templates draw out.

Places along an axis are in per cent of its length: a chart is as wide as its container. A matrix is in pixels: it scrolls.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from unicodedata import east_asian_width

from annotation.flow.agree.paper import RELIABLE, TENTATIVE

Domain = tuple[float, float]  # the two ends of an axis
Run = list[tuple[float, float]]  # places that follow each other without a gap

ALPHA: Domain = (0.0, 1.0)
LIGHTS = (TENTATIVE, RELIABLE)  # the thresholds of alpha

# In pixels: from one cell to the next, across and down, as in the template; a Latin letter, and the longest label.
CELL, LINE, LETTER = 50, 36, 7
LONGEST = 16 * LETTER
FEW, MANY = 3, 8  # labels below a trend in a narrow room and in a wide one


def place(value: float, domain: Domain) -> float:
    """The place along the domain, in per cent; a value beyond an end is drawn at that end."""
    low, high = domain
    return round(100 * min(max((value - low) / (high - low), 0.0), 1.0), 2)


def about_zero(values: Iterable[float]) -> Domain:
    """The domain of whole levels that is symmetric about 0 and holds all values."""
    furthest = max(1, ceil(max(map(abs, values), default=0.0)))
    return -furthest, furthest


def shade(share: float) -> int:
    """The shade from 0 to 9 for a share from 0 to 1; a negative value has the lightest."""
    return min(max(int(10 * share), 0), 9)


@dataclass(frozen=True)
class Interval:
    value: float
    low: float | None
    high: float | None
    x: float
    band: Domain | None
    below: bool  # a part of it lies below the axis
    above: bool
    lines: tuple[float, ...]
    light: str


def interval(value: float, low: float | None, high: float | None, *, domain: Domain, lights: bool = False) -> Interval:
    """A value on an axis, with its interval if it has one. `lights` marks the lower bound by the thresholds of alpha."""
    numbers = [number for number in (low, value, high) if number is not None]
    lines = LIGHTS if lights else (0.0,) if domain[0] < 0 < domain[1] else ()
    return Interval(
        value=value,
        low=low,
        high=high,
        x=place(value, domain),
        band=None if low is None or high is None else (place(low, domain), place(high, domain)),
        below=min(numbers) < domain[0],
        above=max(numbers) > domain[1],
        lines=tuple(place(line, domain) for line in lines),
        light="plain" if low is None or not lights else ("poor", "tentative", "good")[sum(low >= line for line in LIGHTS)],
    )


@dataclass(frozen=True)
class Cell:
    value: float | None  # None where it is undefined: a dash is drawn, and `title` says why
    text: str
    href: str
    title: str
    shade: int
    share: str = ""  # a second line


@dataclass(frozen=True)
class Label:
    text: str
    name: str  # in full
    x: int
    y: int


@dataclass(frozen=True)
class Square:
    x: int
    y: int
    cell: Cell | None
    same: bool  # row and column are the same


@dataclass(frozen=True)
class Matrix:
    width: int
    height: int
    left: int  # what the names of the rows take
    top: int
    turned: bool  # the columns' labels, where one is wider than its column
    columns: tuple[Label, ...]
    rows: tuple[tuple[Label, tuple[Square, ...]], ...]


def matrix(rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[Cell | None]]) -> Matrix:
    """`cells` are rows x columns; None where there is no value, as for annotators with themselves."""
    heads = [shortened(name) for name in columns]
    longest = max(map(breadth, heads), default=0)
    turned = longest > CELL
    aslant = ceil(0.71 * longest)  # at 45 degrees
    left = max((breadth(shortened(name)) for name in rows), default=0) + 12
    top = aslant + 14 if turned else 24
    across = range(left, left + CELL * len(columns), CELL)
    down = range(top, top + LINE * len(rows), LINE)
    return Matrix(
        width=across.stop + (max(aslant - CELL // 2, 0) if turned else 0),
        height=down.stop,
        left=left - 2,
        top=top,
        turned=turned,
        columns=tuple(Label(head, name, x + 24, top - 8) for head, name, x in zip(heads, columns, across, strict=True)),
        rows=tuple(
            (
                Label(shortened(name), name, left - 8, y + 17),
                tuple(
                    Square(x, y, cell, cell is not None and name == column)
                    for x, column, cell in zip(across, columns, line, strict=True)
                ),
            )
            for name, y, line in zip(rows, down, cells, strict=True)
        ),
    )


def breadth(text: str) -> int:
    """About how wide a label is, in pixels."""
    return LETTER * sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def shortened(name: str) -> str:
    """A long name without its middle: numbered names differ at their ends."""
    if breadth(name) <= LONGEST:
        return name
    head = max(cut for cut in range(len(name)) if breadth(name[:cut]) <= LONGEST - 7 * LETTER)
    tail = min(cut for cut in range(len(name)) if breadth(name[cut:]) <= 6 * LETTER)
    return f"{name[:head]}…{name[tail:]}"


@dataclass(frozen=True)
class Point:
    label: str
    value: float | None
    low: float | None
    high: float | None
    href: str
    reason: str = ""  # why there is no value


@dataclass(frozen=True)
class Mark:
    point: Point
    x: float
    y: float | None  # from the top
    beyond: str  # "below" or "above" the axis
    column: float  # where its column begins
    labelled: str  # "always", "wide" (where there is room) or not at all


@dataclass(frozen=True)
class Trend:
    """Lines, bands and the bands' lower edges are coordinates as a polyline takes them, in per cent of the plot."""

    step: float  # width of a point's column
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[float, str], ...]  # how far from the top, and what stands there
    lines: tuple[str, ...]
    bands: tuple[str, ...]
    feet: tuple[str, ...]


def trend(points: Sequence[Point], *, domain: Domain, lines: Sequence[float] = ()) -> Trend:
    """Values over time, with a gap where one is undefined. `lines` are thresholds to compare them with."""
    step = 100 / max(len(points), 1)
    marks = tuple(marked(points, domain, step))
    feet = [widened(run, step) for run in runs((mark.x, from_top(mark.point.low, domain)) for mark in marks)]
    tops = [widened(run, step) for run in runs((mark.x, from_top(mark.point.high, domain)) for mark in marks)]
    values = sorted({*domain, *lines, *({0.0} if domain[0] < 0 < domain[1] else ())})
    return Trend(
        step=round(step, 2),
        marks=marks,
        ticks=tuple((round(100 - place(value, domain), 2), f"{value:g}") for value in values),
        lines=tuple(joined(run) for run in runs((mark.x, mark.y) for mark in marks) if len(run) > 1),
        bands=tuple(joined(foot + top[::-1]) for foot, top in zip(feet, tops, strict=True)),
        feet=tuple(map(joined, feet)),
    )


def marked(points: Sequence[Point], domain: Domain, step: float) -> Iterable[Mark]:
    wide = ceil(len(points) / MANY) or 1
    always = wide * ceil(ceil(len(points) / wide) / FEW)
    for number, point in enumerate(points):
        value = point.value
        yield Mark(
            point=point,
            x=round((number + 0.5) * step, 2),
            y=from_top(value, domain),
            beyond="" if value is None else "below" if value < domain[0] else "above" if value > domain[1] else "",
            column=round(number * step, 2),
            labelled="always" if number % always == 0 else "wide" if number % wide == 0 else "",
        )


def from_top(value: float | None, domain: Domain) -> float | None:
    return None if value is None else round(100 - place(value, domain), 2)


def runs(places: Iterable[tuple[float, float | None]]) -> list[Run]:
    cut = groupby(places, lambda place: place[1] is None)
    return [[(x, y) for x, y in run if y is not None] for gap, run in cut if not gap]


def widened(run: Run, step: float) -> Run:
    """The edge of a band; that of a single point is made wide enough to be seen."""
    (x, y), half = run[0], min(step / 6, 1.5)
    return run if len(run) > 1 else [(round(x - half, 2), y), (round(x + half, 2), y)]


def joined(run: Run) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in run)


@dataclass(frozen=True)
class Bar:
    level: int
    count: int
    href: str
    height: float  # in per cent of the highest
    share: float  # in per cent of all


def histogram(counts: Sequence[tuple[int, int, str]]) -> tuple[Bar, ...]:
    """`counts` are all levels of the scale, each with how often it was given and a link, which may be empty."""
    numbers = [count for _level, count, _href in counts]
    most, total = max(numbers, default=0) or 1, sum(numbers) or 1
    return tuple(
        Bar(level, count, href, round(100 * count / most, 2), round(100 * count / total, 2)) for level, count, href in counts
    )
