"""Plans of samples: so many responses, or whole queries, of each stratum, at random. Nothing of the database."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from annotation.models import Sample

Stratum = tuple[str, ...]
STRATA = ("category", "field", "subfield", "system")
OF_QUERIES = STRATA[:3]  # what is the same for all responses to a query


@dataclass(frozen=True)
class Plan:
    """`size` counts responses, or with the unit "query" queries, of which all responses are drawn; `by` names the strata, of
    STRATA; `systems` are those from which alone is drawn, all where it is empty."""

    size: int
    by: tuple[str, ...] = ()
    unit: str = Sample.Unit.RESPONSE
    allocation: str = Sample.Allocation.PROPORTIONAL
    systems: tuple[str, ...] = ()
    seed: int = 0


def allocate(sizes: Mapping[Stratum, int], size: int, allocation: str) -> dict[Stratum, int]:
    """How many are drawn of each stratum, in the order of the strata; at most as many as it has.

    "equal" gives every stratum as many, and what small strata cannot give comes from the others. "proportional" gives each its
    share, and what is left by rounding to the largest remainders (Hamilton's method). Of equals the first by name goes first.
    """
    strata = sorted(sizes)
    size = min(size, sum(sizes.values()))
    if allocation == Sample.Allocation.EQUAL:
        return level(strata, sizes, size)
    total = sum(sizes.values())
    shares = {stratum: divmod(size * sizes[stratum], total) for stratum in strata}
    drawn = {stratum: whole for stratum, (whole, _rest) in shares.items()}
    left = size - sum(drawn.values())
    for stratum in sorted(strata, key=lambda each: -shares[each][1])[:left]:  # sorting keeps the order of equals
        drawn[stratum] += 1
    return drawn


def level(strata: Sequence[Stratum], sizes: Mapping[Stratum, int], size: int) -> dict[Stratum, int]:
    """As many of each as `size` allows, and what is left one each, in the order of the strata."""

    def drawn_up_to(number: int) -> int:
        return sum(min(number, of_stratum) for of_stratum in sizes.values())

    each = bisect_right(range(max(sizes.values()) + 1), size, key=drawn_up_to) - 1
    drawn = {stratum: min(each, sizes[stratum]) for stratum in strata}
    left = size - sum(drawn.values())
    for stratum in [stratum for stratum in strata if sizes[stratum] > each][:left]:
        drawn[stratum] += 1
    return drawn


def draw(members: Mapping[Stratum, Sequence[Any]], drawn: Mapping[Stratum, int], seed: str) -> dict[Stratum, list[Any]]:
    """Of each stratum so many of its members, each set as likely as any other; `members` stand in an order that never changes."""
    random = Random(seed)
    return {stratum: random.sample(members[stratum], drawn[stratum]) for stratum in sorted(members)}
