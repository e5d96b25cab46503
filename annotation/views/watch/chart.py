"""The bars of what was submitted over time: plain data in, what the template draws out, in units of the chart."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

WIDTH, HEIGHT = 640, 120
MOST_DAYS = 92  # more are drawn by week
FEWEST_PLACES = 8  # of which a chart has room: a single day is a bar, not a wall
WEEK = 7


class Bar(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    first: date
    number: int


class Bars(NamedTuple):
    bars: list[Bar]
    days: int  # that a bar stands for
    most: int
    first: date
    last: date
    end: float  # of the last bar


def bars_of(days: Mapping[date, int], today: date) -> Bars | None:
    """A bar per day, or per week where the days are many, from the first submission until today; None without any."""
    if not days:
        return None
    first, last = min(days), max(today, *days)
    step = 1 if (last - first).days < MOST_DAYS else WEEK
    if step == WEEK:
        first -= timedelta(first.weekday())  # to its Monday
    places = (last - first).days // step + 1
    numbers = [0] * places
    for day, number in days.items():
        numbers[(day - first).days // step] += number
    most, width = max(numbers), WIDTH / max(places, FEWEST_PLACES)
    bars = [
        Bar(
            round(width * place + 0.1 * width, 2),
            round(HEIGHT - HEIGHT * number / most, 2),
            round(0.8 * width, 2),
            round(HEIGHT * number / most, 2),
            first + timedelta(step * place),
            number,
        )
        for place, number in enumerate(numbers)
    ]
    return Bars(bars, step, most, first, last, round(width * places, 2))
