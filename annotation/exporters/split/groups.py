"""Groups of queries that stay on one side of a split, and the chains of queries by which earlier splits would leak."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

Stratum = tuple[str, str]  # category and field
Links = Mapping[str, Collection[str]]  # of each query the queries that stay with it


class Response(NamedTuple):
    category: str
    field: str
    system: str

    @property
    def stratum(self) -> Stratum:
        return (self.category, self.field)


class Group(NamedTuple):
    """Queries that stay together, with the numbers of their responses; `trains`: one of them may be trained on."""

    queries: tuple[str, ...]
    size: int
    strata: Mapping[Stratum, int]
    systems: Mapping[str, int]
    trains: bool


class Leak(Exception):
    """Queries that stay together, but were in different splits of an earlier release.

    `chains` are lists of queries, each linked to the next; the first and the last were in different splits.
    """

    def __init__(self, chains: list[list[str]]) -> None:
        super().__init__(chains)
        self.chains = chains


def sharing(images: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    """The pairs of queries, of all that show an image the first one with each other. `images` has what each query shows."""
    first: dict[str, str] = {}
    for query in sorted(images):
        for image in images[query]:
            if first.setdefault(image, query) != query:
                yield first[image], query


def linked(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """The links of all queries that the pairs name."""
    links: defaultdict[str, set[str]] = defaultdict(set)
    for first, second in pairs:
        links[first].add(second)
        links[second].add(first)
    return dict(links)


def reached(start: str, links: Links) -> dict[str, str]:
    """Every query that `start` is linked to, itself among them, with the query before it on a shortest way."""
    before = {start: start}
    waiting = deque([start])
    while waiting:
        query = waiting.popleft()
        for other in sorted(links.get(query, ())):
            if other not in before:
                before[other] = query
                waiting.append(other)
    return before


def grouped(responses: Mapping[str, Sequence[Response]], links: Links, hold_out: Set[str]) -> list[Group]:
    """The groups of the queries that have responses, in the order of their first ones. Links through other queries count too:
    once those have responses, the group could not be parted any more."""
    groups = []
    placed: set[str] = set()
    for query in sorted(responses):
        if query not in placed:
            together = sorted(reached(query, links).keys() & responses.keys()) if query in links else [query]
            placed.update(together)
            groups.append(group_of(together, responses, hold_out))
    return groups


def group_of(queries: Sequence[str], responses: Mapping[str, Sequence[Response]], hold_out: Set[str]) -> Group:
    strata: dict[Stratum, int] = {}  # a Counter takes four times as long for so few, and there are tens of thousands
    systems: dict[str, int] = {}
    size = 0
    for query in queries:
        for category, field, system in responses[query]:
            strata[category, field] = strata.get((category, field), 0) + 1
            systems[system] = systems.get(system, 0) + 1
            size += 1
    return Group(tuple(queries), size, strata, systems, not hold_out >= systems.keys())


def leaks(groups: Iterable[Group], links: Links, earlier: Mapping[str, str]) -> Iterator[list[str]]:
    """For each group whose queries were in several splits a chain of queries between two of these."""
    for group in groups:
        splits = {query: earlier[query] for query in group.queries if query in earlier}
        if len(set(splits.values())) > 1:
            start = next(iter(splits))
            before = reached(start, links)
            end = next(query for query in before if splits.get(query, splits[start]) != splits[start])
            yield chain(before, splits, end)


def chain(before: Mapping[str, str], splits: Mapping[str, str], end: str) -> list[str]:
    """The way to `end` from the last query on it that was in a split."""
    way = [before[end], end]
    while way[0] not in splits:
        way.insert(0, before[way[0]])
    return way
