"""Which groups a split takes: as many responses as whole groups allow, each stratum with its share of them, systems balanced."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, product
from random import Random
from typing import Any

import numpy as np

from annotation.exporters.split.balance import balanced
from annotation.exporters.split.groups import Group, Stratum
from annotation.exporters.split.sums import Integers, Option, cheapest, closest, reachable, take, totals

TRIED, TRIED_LAST = 6, 12  # groups of several strata of which every combination is tried: at first, and where nothing else helps
PARTS = 16  # of a response, in which distances are measured, so that their squares are whole numbers


@dataclass(frozen=True)
class Wanted:
    """What a split takes of each part: all together `total` responses, with which it has `size` out of `of`.

    `parts` are the numbers of responses of each part in the whole, `has` those that the split has already. `largest` is the most
    that one group has of a part.
    """

    total: int
    size: int
    of: int
    parts: Counter[Any]
    has: Counter[Any]
    largest: Mapping[Any, int]

    def option(self, part: Any, sums: Integers, width: int) -> Option:
        """Those sums that leave the part within `width` responses of its share; the cost is the squared distance."""
        share, sizes = self.parts[part] * self.size, sums + self.has[part]
        near = np.abs(sizes * self.of - share) <= width * self.of
        return Option(sums[near], (PARTS * sizes[near] - PARTS * share // self.of) ** 2)

    def after(self, groups: Iterable[Group]) -> "Wanted":
        """What is still wanted when these groups are taken."""
        strata = strata_of(groups)
        return replace(self, total=self.total - strata.total(), has=self.has + strata)


def draw(*, pool: Sequence[Group], has: Sequence[Group], whole: Sequence[Group], amount: int, random: Random) -> list[Group]:
    """The groups of the pool that a split takes beside those that it has, to come as close to the amount as whole groups allow.

    Each stratum is within one group of its share of the whole, where a choice of that size exists that leaves all of them there.
    Of more than TRIED groups of several strata a proportionate choice comes first, and the others make up for it; only where they
    cannot, every combination is tried, but of no more than TRIED_LAST.
    """
    strata, there = strata_of(whole), strata_of(has)
    total = closest(reachable(group.size for group in pool), amount - there.total())
    if not total:
        return []
    wanted = Wanted(total, there.total() + total, strata.total(), strata, there, most_in_one_group(whole))
    shuffled = random.sample(pool, len(pool))
    mixed = [group for group in shuffled if len(group.strata) > 1]
    single: dict[Stratum, list[Group]] = {stratum: [] for stratum in random.sample(sorted(strata), len(strata))}
    for group in shuffled:
        if len(group.strata) == 1:
            single[next(iter(group.strata))].append(group)
    ways = combinations(mixed) if len(mixed) <= TRIED else [proportionate(mixed, single, total)]
    within, beyond = widths(wanted.largest, wanted.of)
    plan = fit(wanted, ways, single, within)
    if not plan and TRIED < len(mixed) <= TRIED_LAST:
        plan = fit(wanted, combinations(mixed), single, within[-1:])
    plan = plan or fit(wanted, ways, single, beyond)
    assert plan, "no choice of groups makes a total that they can make"
    chosen, sums = plan
    taken = {stratum: take(groups, sums[stratum]) for stratum, groups in single.items()}
    return [*chosen, *balanced(taken, single, away(has, chosen, taken, whole, wanted.size), PARTS)]


def strata_of(groups: Iterable[Group]) -> Counter[Stratum]:
    return summed(group.strata for group in groups)


def summed(counts: Iterable[Mapping[Any, int]]) -> Counter[Any]:
    total: defaultdict[Any, int] = defaultdict(int)
    for count_of in counts:
        for name, number in count_of.items():
            total[name] += number
    return Counter(total)


def most_in_one_group(groups: Iterable[Group]) -> dict[Stratum, int]:
    most: dict[Stratum, int] = {}
    for group in groups:
        for stratum, number in group.strata.items():
            most[stratum] = max(number, most.get(stratum, 0))
    return most


def combinations(groups: Sequence[Group]) -> list[list[Group]]:
    """Every choice of some of the groups, none and all among them."""
    taken = product((False, True), repeat=len(groups))
    return [[group for group, is_taken in zip(groups, way, strict=True) if is_taken] for way in taken]


def proportionate(mixed: Sequence[Group], single: Mapping[Stratum, Sequence[Group]], total: int) -> list[Group]:
    """Of the groups of several strata, their share of the total: of each set of strata its own."""
    parts: defaultdict[frozenset[Stratum], list[Group]] = defaultdict(list)
    for group in (*mixed, *chain.from_iterable(single.values())):
        parts[frozenset(group.strata)].append(group)
    sizes = Counter({part: sum(group.size for group in groups) for part, groups in parts.items()})
    largest = {part: max(group.size for group in groups) for part, groups in parts.items()}
    wanted = Wanted(total, total, sizes.total(), sizes, Counter(), largest)
    plan = fit(wanted, [[]], parts, chain(*widths(largest, sizes.total())))
    assert plan, "no choice of groups makes a total that they can make"
    return [group for part, groups in parts.items() if len(part) > 1 for group in take(groups, plan[1][part])]


def fit(
    wanted: Wanted, ways: Iterable[list[Group]], parts: Mapping[Any, Sequence[Group]], widths: Iterable[Mapping[Any, int]]
) -> tuple[list[Group], dict[Any, int]] | None:
    """One of the ways to begin, and how many responses of each part to take beside, with every part as far from its share as the
    first of the widths that this is possible with; None where none is. All are as near as that allows."""
    sums = {part: totals(reachable(group.size for group in groups)) for part, groups in parts.items()}
    begun = [(way, wanted.after(way)) for way in ways]
    for width in widths:
        plans = [
            (plan, way)
            for way, rest in begun
            if (plan := cheapest((rest.option(part, sums[part], width[part]) for part in parts), rest.total))
        ]
        if plans:
            plan, way = min(plans, key=lambda entry: entry[0].cost)
            return way, dict(zip(parts, plan.sums, strict=True))
    return None


def widths(largest: Mapping[Any, int], total: int) -> tuple[list[dict[Any, int]], list[dict[Any, int]]]:
    """How far each part may be from its share, ever wider: by no more than its largest group, and then up to the total."""
    most = max(largest.values())
    within = [{part: min(1 << power, size) for part, size in largest.items()} for power in range(most.bit_length() + 1)]
    beyond = [{part: size << power for part, size in largest.items()} for power in range(1, total.bit_length() + 1)]
    return within, beyond


def away(
    has: Sequence[Group], chosen: Sequence[Group], taken: Mapping[Stratum, Sequence[Group]], whole: Sequence[Group], size: int
) -> dict[str, int]:
    """How far each system is from its share in what a split has and takes, in PARTS of a response."""
    counts = summed(group.systems for group in (*has, *chosen, *chain.from_iterable(taken.values())))
    systems = summed(group.systems for group in whole)
    return {name: PARTS * counts[name] - PARTS * systems[name] * size // systems.total() for name in sorted(systems)}
