"""Divides responses into train and check by whole queries: no query and no image is on both sides."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from random import Random


def choose_check_queries(
    *, sizes: Mapping[str, int], images: Mapping[str, Iterable[str]], check_size: int, seed: int
) -> set[str]:
    """The queries of the check split.

    `sizes` has each query's number of responses, `images` the images that each shows. Queries that share an image stay
    together. The responses of the chosen come as close to `check_size` as whole groups allow (the smaller of two that are
    as close); which groups is drawn by the seed.
    """
    groups = grouped(sizes, images)
    Random(seed).shuffle(groups)
    last = last_groups([sum(sizes[query] for query in group) for group in groups], most=2 * check_size)
    best = min(last, key=lambda total: (abs(total - check_size), total))
    chosen: set[str] = set()
    while best:
        group = groups[last[best]]
        chosen.update(group)
        best -= sum(sizes[query] for query in group)
    return chosen


def last_groups(sizes: Sequence[int], *, most: int) -> dict[int, int]:
    """Per total up to `most` that some of the groups make: the last group of the first choice that makes it (-1 of 0).

    The totals reached so far are the bits of one whole number, so that a group is one shift: 20,000 groups for a check of
    20,000 take a second where a table of totals takes more than a minute.
    """
    last = {0: -1}
    reached, room = 1, (1 << (min(most, sum(sizes)) + 1)) - 1
    for index, size in enumerate(sizes):
        new = (reached << size) & room & ~reached
        reached |= new
        while new:
            lowest = new & -new
            last[lowest.bit_length() - 1] = index
            new ^= lowest
    return last


def grouped(sizes: Mapping[str, int], images: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The queries, sorted, in groups that share no image with each other."""
    parent = {query: query for query in sizes}

    def root(query: str) -> str:
        while parent[query] != query:
            parent[query] = parent[parent[query]]
            query = parent[query]
        return query

    first: dict[str, str] = {}
    for query in sorted(sizes):
        for image in images.get(query, ()):
            parent[root(query)] = root(first.setdefault(image, query))
    found: defaultdict[str, list[str]] = defaultdict(list)
    for query in sorted(sizes):
        found[root(query)].append(query)
    return [found[key] for key in sorted(found)]
