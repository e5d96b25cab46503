"""What the splits of a release hold, as tables: of a manifest, and of a draft that is not made yet."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from annotation.views.release.words import REASONS, SPLITS

Held = Mapping[str, Mapping[str, Any]]  # `splits` of a manifest


class Cell(NamedTuple):
    responses: int
    percent: float | None  # of the split


class Row(NamedTuple):
    name: str
    cells: list[Cell]
    whole: Cell  # in all splits together


class Contents(NamedTuple):
    """`splits` are (name, responses, queries); the rows have a cell for each of them."""

    splits: list[tuple[str, int, int]]
    categories: list[Row]
    systems: list[Row]
    missing: list[str]  # categories that are not in check, though check has something


class Reason(NamedTuple):
    key: str
    words: Any
    responses: int


def contents_of(held: Held) -> Contents:
    """Test is there only where it holds something."""
    names = [name for name in SPLITS if name in held and (name != "test" or held[name]["responses"])]
    categories = {name: summed(held[name]["strata"], "category") for name in names}
    systems = {name: summed(held[name]["systems"], "system") for name in names}
    check = categories.get("check", Counter())
    return Contents(
        splits=[(str(SPLITS[name]), held[name]["responses"], held[name]["queries"]) for name in names],
        categories=rows_of(categories),
        systems=rows_of(systems),
        missing=sorted(name for name, responses in check.items() if not responses) if check.total() else [],
    )


def summed(parts: Iterable[Mapping[str, Any]], column: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for part in parts:
        counts[part[column]] += part["responses"]
    return counts


def rows_of(counts: Mapping[str, Counter[str]]) -> list[Row]:
    """By name, which each split has."""
    names = {name for part in counts.values() for name in part}
    whole = {name: sum(part[name] for part in counts.values()) for name in names}
    everything = sum(whole.values())
    return [
        Row(name, [cell(part[name], part.total()) for part in counts.values()], cell(whole[name], everything))
        for name in sorted(whole)
    ]


def cell(responses: int, total: int) -> Cell:
    return Cell(responses, 100 * responses / total if total else None)


def reasons_of(counts: Mapping[str, int]) -> list[Reason]:
    """The most frequent first; a reason of another version stands as its code."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Reason(key, REASONS.get(key, key), responses) for key, responses in ordered]
