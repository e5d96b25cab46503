"""What the results say in a sentence, as parts that a page or command puts into words."""

from collections.abc import Sequence
from typing import Any

from annotation.flow.results.tables import Row, neighbours


def headline(systems: Sequence[Row], criteria: Sequence[Row], differences: Sequence[Row]) -> dict[str, Any]:
    """`steps` has the difference of each system that has labels and the next; `beyond` the further ones of which the first is
    ahead beyond chance; `weakest` the weakest criterion of each rubric, and whether it is that of every system; `part` the
    systems that left queries unanswered."""
    names = [row["system"] for row in systems if row["overall"]["value"] is not None]
    return {
        "steps": neighbours(differences, names),
        "beyond": [row["second"] for row in differences if row["first"] in names[:1] and is_ahead(row, names[2:])],
        "weakest": [weakest for table in criteria if (weakest := weakest_criterion(table))],
        "part": [{"system": row["system"], "unanswered": row["unanswered"]} for row in systems if row["unanswered"]],
    }


def is_ahead(row: Row, names: Sequence[str]) -> bool:
    """Whether the first is ahead of the second beyond chance, which is among these."""
    return row["second"] in names and row["beyond_chance"] and row["value"] > 0


def weakest_criterion(table: Row) -> Row | None:
    """Of the rated ones; None where fewer than two have a value."""
    rated = [place for place, item in enumerate(table["criteria"]) if item["kind"] == "rated"]
    place = lowest(table["all"], rated)
    if place is None:
        return None
    of_systems = {lowest(row["cells"], rated) for row in table["rows"]} - {None}
    item = table["criteria"][place]
    return {
        "rubric": table["rubric"],
        "rubric_title": table["title"],
        "criterion": item["key"],
        "title": item["title"],
        "value": table["all"][place]["value"],
        "of_every_system": of_systems == {place},
    }


def lowest(cells: Sequence[Row], places: Sequence[int]) -> int | None:
    """The place of the lowest value among these, the first of two; None where fewer than two have one."""
    defined = [place for place in places if cells[place]["value"] is not None]
    return min(defined, key=lambda place: float(cells[place]["value"])) if len(defined) > 1 else None
