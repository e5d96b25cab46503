"""Plans of samples: so many responses, or whole queries, of each stratum, at random. Nothing of the database."""

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
    """As many of each as the strata have, the smallest first."""
    drawn = dict.fromkeys(strata, 0)
    left = size
    order = sorted(strata, key=lambda stratum: sizes[stratum])
    for place, stratum in enumerate(order):
        drawn[stratum] = min(sizes[stratum], left // (len(order) - place))
        left -= drawn[stratum]
    for stratum in strata:  # what was rounded away, one each
        if left and drawn[stratum] < sizes[stratum]:
            drawn[stratum] += 1
            left -= 1
    return drawn


def draw(members: Mapping[Stratum, Sequence[Any]], drawn: Mapping[Stratum, int], seed: str) -> dict[Stratum, list[Any]]:
    """Of each stratum so many of its members, each set as likely as any other; `members` stand in an order that never changes."""
    random = Random(seed)
    return {stratum: random.sample(members[stratum], drawn[stratum]) for stratum in sorted(members)}
