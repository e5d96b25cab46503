"""The plots of a scorer: plain data in, the places of the marks out. All are in the units of a square drawing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Any

from django.utils.formats import number_format

from annotation.views.agreement.charts import Cell, Matrix, matrix, shade

LEFT, TOP, SIZE = 44, 12, 264  # of the room in which is drawn; the names of the axes stand left and below
SHADES = 9
Domain = tuple[float, float]


@dataclass(frozen=True)
class Square:
    x: float
    y: float
    width: float
    height: float
    shade: int


@dataclass(frozen=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    kind: str  # a class: diagonal, level, limit


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    low: float | None
    high: float | None
    title: str


@dataclass(frozen=True)
class Plot:
    squares: tuple[Square, ...] = ()
    lines: tuple[Line, ...] = ()
    points: tuple[Point, ...] = ()
    across: tuple[tuple[float, str], ...] = field(default=())
    up: tuple[tuple[float, str], ...] = field(default=())
    left: int = LEFT
    top: int = TOP
    size: int = SIZE


def x_of(value: float, domain: Domain) -> float:
    return round(LEFT + SIZE * inside(value, domain), 2)


def y_of(value: float, domain: Domain) -> float:
    return round(TOP + SIZE * (1 - inside(value, domain)), 2)


def inside(value: float, domain: Domain) -> float:
    """The share of the way along the domain; beyond an end, that end."""
    low, high = domain
    return min(max((value - low) / (high - low), 0.0), 1.0)


def scatter(plots: dict[str, Any]) -> Plot:
    """Scores over labels, as many in a square as its shade tells, with the line on which both are equal."""
    domain = padded(plots["range"])
    low, high = plots["range"]
    return Plot(
        squares=squares(plots["scatter"], domain, domain),
        lines=(Line(x_of(low, domain), y_of(low, domain), x_of(high, domain), y_of(high, domain), "diagonal"),),
        across=ticks(range(low, high + 1), domain, x_of),
        up=ticks(range(low, high + 1), domain, y_of),
    )


def differences(plots: dict[str, Any]) -> Plot:
    """Score - label over their mean, with the mean difference and the limits of agreement."""
    low, high = plots["range"]
    domain, size = padded(plots["range"]), high - low
    made = plots["differences"]
    reach = max([2.0, *(abs(y) for _x, y, _n in made["squares"])]) + 0.25
    of_y = (-reach, reach)
    levels = [(0.0, "level")]
    if made["limits"]:
        levels += [(made["mean"], "mean"), *((limit, "limit") for limit in made["limits"])]
    return Plot(
        squares=squares(made["squares"], domain, of_y),
        lines=tuple(
            Line(LEFT, y_of(value, of_y), LEFT + SIZE, y_of(value, of_y), kind) for value, kind in levels if abs(value) < reach
        ),
        across=ticks(range(low, high + 1), domain, x_of),
        up=ticks([value for value in range(-size, size + 1) if abs(value) < reach], of_y, y_of),
    )


def calibration(plots: dict[str, Any], words: Any) -> Plot:
    """The mean label of the responses at each level of the score, with its interval; `words` puts a level into words."""
    low, high = plots["range"]
    domain = padded(plots["range"])
    points = [
        Point(
            x_of(one["score"]["value"], domain),
            y_of(one["label"]["value"], domain),
            None if one["label"]["low"] is None else y_of(one["label"]["low"], domain),
            None if one["label"]["high"] is None else y_of(one["label"]["high"], domain),
            words(one),
        )
        for one in plots["calibration"]["score"]
        if one["n"]
    ]
    return Plot(
        lines=(Line(x_of(low, domain), y_of(low, domain), x_of(high, domain), y_of(high, domain), "diagonal"),),
        points=tuple(points),
        across=ticks(range(low, high + 1), domain, x_of),
        up=ticks(range(low, high + 1), domain, y_of),
    )


def confusion(plots: dict[str, Any]) -> Matrix:
    """Labels are rows, scores columns; a cell is shaded by its share of its row."""
    levels = [str(level) for level in plots["confusion"]["levels"]]
    cells = []
    for row in plots["confusion"]["counts"]:
        total = sum(row) or 1
        cells.append([Cell(count, str(count) if count else "", "", "", shade(count / total)) for count in row])
    return matrix(levels, levels, cells)


def padded(ends: Sequence[int]) -> Domain:
    return ends[0] - 0.25, ends[1] + 0.25


def squares(counted: Iterable[Sequence[float]], of_x: Domain, of_y: Domain) -> tuple[Square, ...]:
    """A quarter of a point wide and high; the shade goes by the logarithm of the count, so that single ones are seen too."""
    given = list(counted)
    most = max((count for _x, _y, count in given), default=1)
    width, height = (SIZE / 4 / (high - low) for low, high in (of_x, of_y))
    return tuple(
        Square(
            round(x_of(x, of_x) - width / 2, 2),
            round(y_of(y, of_y) - height / 2, 2),
            round(width, 2),
            round(height, 2),
            2 + int((SHADES - 2) * log(count) / log(most)) if most > 1 else SHADES,
        )
        for x, y, count in given
    )


def ticks(values: Iterable[int], domain: Domain, place: Any) -> tuple[tuple[float, str], ...]:
    return tuple((place(value, domain), number_format(value)) for value in values)
