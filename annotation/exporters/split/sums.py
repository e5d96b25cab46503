"""Sums of whole groups: those that can be made, the closest to a number, the cheapest of several strata.

The totals that groups can make are the bits of one whole number, so adding a group is one shift. All arithmetic is on whole
numbers: the same groups are chosen on every machine.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotation.exporters.split.groups import Group

Integers = NDArray[np.int64]
NEVER = np.iinfo(np.int64).max // 2


@dataclass(frozen=True)
class Option:
    """Sums that the groups of one stratum can make, ascending, each with its cost."""

    sums: Integers
    costs: Integers


@dataclass(frozen=True)
class Plan:
    """One sum of each option, and the cost of them all."""

    cost: int
    sums: list[int]


def reachable(sizes: Iterable[int]) -> int:
    """The totals that groups of these sizes can make, as bits."""
    bits = 1
    for size, number in sorted(Counter(sizes).items()):
        step = 1
        while number:
            step = min(step, number)
            bits |= bits << step * size
            number -= step
            step *= 2
    return bits


def closest(bits: int, amount: int) -> int:
    """The total that is closest to the amount; of two equally close the smaller."""
    amount = max(amount, 0)
    below = (bits & ((1 << amount + 1) - 1)).bit_length() - 1
    above = bits >> amount
    if not above:
        return below
    above = amount + (above & -above).bit_length() - 1
    return above if above - amount < amount - below else below


def totals(bits: int) -> Integers:
    """The bits that are set, ascending."""
    data = np.frombuffer(bits.to_bytes(bits.bit_length() // 8 + 1, "little"), np.uint8)
    return np.flatnonzero(np.unpackbits(data, bitorder="little")).astype(np.int64)


def take(groups: Sequence[Group], total: int) -> list[Group]:
    """Groups that make the total exactly, the earliest that can."""
    last = {0: -1}
    bits, room = 1, (1 << total + 1) - 1
    for index, group in enumerate(groups):
        if total in last:
            break
        new = (bits << group.size) & room & ~bits
        bits |= new
        while new:
            lowest = new & -new
            last[lowest.bit_length() - 1] = index
            new ^= lowest
    chosen = []
    while total:
        chosen.append(groups[last[total]])
        total -= chosen[-1].size
    return chosen


def cheapest(options: Iterable[Option], total: int) -> Plan | None:
    """One sum of each option, so that they make the total at the least cost; None if none do."""
    costs, low = np.zeros(1, np.int64), 0
    choices: list[tuple[Option, int, NDArray[Any]]] = []
    for option in options:
        if not len(option.sums):
            return None
        offsets = option.sums - option.sums[0]
        summed = np.full(len(costs) + offsets[-1], NEVER)
        choice = np.zeros(len(summed), np.int32)
        for place, (offset, cost) in enumerate(zip(offsets.tolist(), option.costs.tolist(), strict=True)):
            candidates, window = costs + cost, slice(offset, offset + len(costs))
            better = candidates < summed[window]
            summed[window][better] = candidates[better]
            choice[window][better] = place
        costs, low = summed, low + int(option.sums[0])
        choices.append((option, low, choice))
    if not 0 <= total - low < len(costs) or costs[total - low] >= NEVER:
        return None
    cost, sums = int(costs[total - low]), []
    for option, low, choice in reversed(choices):
        sums.append(int(option.sums[choice[total - low]]))
        total -= sums[-1]
    return Plan(cost, sums[::-1])
