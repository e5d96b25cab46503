"""Exchanges groups of a split for others of the same stratum and size, so that every system comes closer to its share."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from annotation.exporters.split.groups import Group, Stratum

Integers = NDArray[np.int64]
Kind = tuple[int, ...]  # a group's responses by system
TRIED = 16  # kinds of groups that are tried for an exchange: those without which the systems are closest to their shares


def balanced(
    taken: Mapping[Stratum, Sequence[Group]], single: Mapping[Stratum, Sequence[Group]], away: Mapping[str, int], unit: int
) -> list[Group]:
    """The groups to take instead of those that are `taken` of each stratum's (`single`).

    `away` is how far each system is from its share with the taken ones, in parts of a response of which `unit` make one. The sum
    of its squares falls with every exchange, until none makes it smaller.
    """
    systems = sorted(away)
    distance = np.array([away[name] for name in systems], np.int64)
    cells = [Cell(*cell, systems, unit) for stratum in single for cell in by_size(taken[stratum], single[stratum])]
    exchanging = [cell for cell in cells if cell.taken and cell.left]
    while sum(cell.exchange(distance) for cell in exchanging):
        pass
    return [group for cell in cells for groups in cell.taken.values() for group in groups]


def by_size(taken: Iterable[Group], groups: Iterable[Group]) -> list[tuple[list[Group], list[Group]]]:
    """For each size the groups that are taken and those that are left."""
    chosen = {group.queries for group in taken}
    cells: defaultdict[int, tuple[list[Group], list[Group]]] = defaultdict(lambda: ([], []))
    for group in groups:
        cells[group.size][group.queries not in chosen].append(group)
    return list(cells.values())


class Cell:
    """Groups of one stratum and size, by kind: those `taken` into the split and those `left`."""

    def __init__(self, taken: Iterable[Group], left: Iterable[Group], systems: Sequence[str], unit: int) -> None:
        self.unit = unit
        self.taken, self.left = by_kind(taken, systems), by_kind(left, systems)

    def exchange(self, away: Integers) -> bool:
        """Exchange groups as long as that brings the systems closer to their shares, and change `away` with them."""
        changed = False
        while better := self.better(away):
            leaving, coming = better
            away += self.unit * (np.array(coming) - np.array(leaving))
            move(self.taken, self.left, leaving)
            move(self.left, self.taken, coming)
            changed = True
        return changed

    def better(self, away: Integers) -> tuple[Kind, Kind] | None:
        """The kinds whose exchange helps most, if any does."""
        leaving, coming = list(self.taken), list(self.left)
        without = away - self.unit * np.array(leaving)
        tried = np.argsort((without**2).sum(axis=1), kind="stable")[:TRIED]
        after = without[tried, None] + self.unit * np.array(coming)
        squares = (after**2).sum(axis=2)
        if squares.min() >= (away**2).sum():
            return None
        out, into = np.unravel_index(squares.argmin(), squares.shape)
        return leaving[tried[out]], coming[into]


def by_kind(groups: Iterable[Group], systems: Sequence[str]) -> dict[Kind, list[Group]]:
    kinds: dict[Kind, list[Group]] = {}
    for group in groups:
        kinds.setdefault(tuple(group.systems.get(name, 0) for name in systems), []).append(group)
    return kinds


def move(here: dict[Kind, list[Group]], there: dict[Kind, list[Group]], kind: Kind) -> None:
    there.setdefault(kind, []).append(here[kind].pop())
    if not here[kind]:
        del here[kind]
