"""What the list offers: its filters with their choices, and the headings by which it is sorted."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from annotation.access.disputes import STATE_NAMES
from annotation.flow.adjudicate.listing import Filters
from annotation.flow.adjudicate.queue import Queue
from annotation.forms.disputes import WITHOUT

AGES = (1, 7, 30)
LARGEST_GAP = 5
HEADINGS = {
    "category": _("Category"),
    "field": _("Field"),
    "criterion": _("Criteria"),
    "gap": _("Gap"),
    "age": _("Last scored"),
    "state": _("State"),
}
LARGEST_FIRST = {"gap", "age"}  # how a column is sorted at first


class Choice(NamedTuple):
    value: str
    name: Any
    chosen: bool
    responses: int | None = None


class Heading(NamedTuple):
    """`sort` is what the heading sorts by next; `direction` how it is sorted now, as aria-sort says it."""

    name: Any
    sort: str
    direction: str


def choices(queue: Queue, filters: Filters) -> dict[str, list[Choice]]:
    return {
        "categories": names(queue.categories, filters.category),
        "fields": names(queue.fields, filters.field),
        "ages": [Choice(str(days), days, days == filters.age) for days in AGES],
        "gaps": [Choice(str(gap), gap, gap == filters.gap) for gap in range(1, LARGEST_GAP + 1)],
    }


def names(column: Iterable[str], chosen: str | None) -> list[Choice]:
    """What the column has; what was chosen stays a choice where nothing has it any more."""
    present = {*column} | ({chosen} if chosen is not None else set())
    return [Choice(name or WITHOUT, name or "–", name == chosen) for name in sorted(present)]


def states(known: Iterable[str], chosen: str, counts: dict[str, int] | None = None) -> list[Choice]:
    return [Choice(state, STATE_NAMES[state], state == chosen, counts.get(state, 0) if counts else None) for state in known]


def headings(columns: Iterable[str], filters: Filters) -> dict[str, Heading]:
    found = {}
    for name in columns:
        now = filters.sort if filters.sort.removeprefix("-") == name else ""
        following = name if now == f"-{name}" or (not now and name not in LARGEST_FIRST) else f"-{name}"
        direction = {"": "", name: "ascending", f"-{name}": "descending"}[now]
        found[name] = Heading(HEADINGS[name], following, direction)
    return found
