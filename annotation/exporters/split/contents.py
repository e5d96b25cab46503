"""What each split holds: responses, queries, and how much of each stratum and system, against their shares of the whole."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from fractions import Fraction
from typing import Any

from annotation.exporters.split.division import SPLITS, TRAIN
from annotation.exporters.split.groups import Response

DIGITS = 4  # after the point, of shares


def contents(
    responses: Mapping[str, Sequence[Response]], splits: Mapping[str, str], hold_out: Set[str] = frozenset()
) -> dict[str, dict[str, Any]]:
    """Per split `responses`, `queries`, `strata` (category x field) and `systems`.

    Each stratum and system has its number of `responses`, their `share` of the split and, as `whole`, their share of all
    responses. Those of the systems in `hold_out` are not in train, but count in the whole.
    """
    everything = [one for query in splits for one in responses[query]]
    queries = {split: [query for query, name in splits.items() if name == split] for split in SPLITS}
    return {
        split: content(responses, queries[split], everything, hold_out if split == TRAIN else frozenset()) for split in SPLITS
    }


def content(
    responses: Mapping[str, Sequence[Response]], queries: Sequence[str], everything: Sequence[Response], hold_out: Set[str]
) -> dict[str, Any]:
    held = {query: [one for one in responses[query] if one.system not in hold_out] for query in queries}
    members = [one for some in held.values() for one in some]
    strata, all_strata = (Counter(one.stratum for one in some) for some in (members, everything))
    systems, all_systems = (Counter(one.system for one in some) for some in (members, everything))
    return {
        "responses": len(members),
        "queries": sum(bool(some) for some in held.values()),
        "strata": [{"category": category, "field": field} | figures for (category, field), figures in shares(strata, all_strata)],
        "systems": [{"system": system} | figures for system, figures in shares(systems, all_systems)],
    }


def shares(part: Counter[Any], whole: Counter[Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Each of the whole's names, sorted, with its number in the part, and its shares of the part and of the whole."""
    for name in sorted(whole):
        share, in_whole = share_of(part[name], part.total()), share_of(whole[name], whole.total())
        yield name, {"responses": part[name], "share": share, "whole": in_whole}


def share_of(number: int, total: int) -> float | None:
    """None where there is nothing to have a share of."""
    return float(round(Fraction(number, total), DIGITS)) if total else None
