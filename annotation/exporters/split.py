"""The division of responses into train and check by whole queries: no query and no image is in both splits."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from random import Random


def choose_check_queries(
    *, sizes: Mapping[str, int], images: Mapping[str, Iterable[str]], check_size: int, seed: int
) -> set[str]:
    """The queries of the check split.

    `sizes` has each query's number of responses, `images` the images that it shows. Queries that share an image stay
    together. The number of responses of the chosen queries comes as close to `check_size` as whole groups allow (of two equally
    close, the smaller). The seed decides which groups are chosen.
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
    """For each total up to `most` that some groups make: the last group of the first choice that makes it (-1 for 0).

    The totals reached so far are the bits of one whole number, so adding a group is one shift: 20,000 groups for a check split
    of 20,000 take a second, where a table of totals takes more than a minute.
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
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for query in sorted(sizes):
        groups[root(query)].append(query)
    return [groups[key] for key in sorted(groups)]
