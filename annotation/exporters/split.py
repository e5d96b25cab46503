"""Divides responses into train and check by whole queries: no query and no image is on both sides."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from random import Random


def check_queries(*, sizes: Mapping[str, int], images: Mapping[str, Iterable[str]], check_size: int, seed: int) -> set[str]:
    """The queries of the check split.

    `sizes` has each query's number of responses, `images` the images that each shows. Queries that share an image stay
    together. The responses of the chosen come as close to `check_size` as whole groups allow (the smaller of two that are
    as close); which groups is drawn by the seed.
    """
    groups = grouped(sizes, images)
    Random(seed).shuffle(groups)
    # reached[total]: the last group of a choice with so many responses, and the total before it
    reached: dict[int, tuple[int, int]] = {0: (-1, 0)}
    for index, group in enumerate(groups):
        size = sum(sizes[query] for query in group)
        for total in sorted(reached, reverse=True):
            if total + size <= 2 * check_size and total + size not in reached:
                reached[total + size] = (index, total)
    best = min(reached, key=lambda total: (abs(total - check_size), total))
    chosen: set[str] = set()
    while best:
        index, best = reached[best]
        chosen.update(groups[index])
    return chosen


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
