"""Drawn projects for the tests of splits, and what every choice of whole groups would make of them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from hypothesis import strategies as st

from annotation.exporters.split import Response, sharing

FIELDS = (("pbl", "art"), ("pbl", "physics"), ("sa", "art"))


class Drawn(NamedTuple):
    """`responses` by query, the `images` that each query shows, and pairs of `duplicates`."""

    responses: dict[str, list[Response]]
    images: dict[str, list[str]]
    duplicates: list[tuple[str, str]]

    @property
    def together(self) -> list[tuple[str, str]]:
        return [*sharing(self.images), *self.duplicates]

    @property
    def total(self) -> int:
        return sum(map(len, self.responses.values()))

    @property
    def groups(self) -> list[set[str]]:
        """What stays together, by joining sets until nothing can be joined any more."""
        groups = [{query} for query in sorted(self.responses)]
        for first, second in self.together:
            joined = [group for group in groups if first in group or second in group]
            groups = [group for group in groups if group not in joined] + [set.union(*joined)]
        return groups


@st.composite
def drawn(draw: st.DrawFn, most: int = 6) -> Drawn:
    queries = [f"q{number}" for number in range(draw(st.integers(1, most)))]
    responses = {
        query: [
            Response(*draw_field, system)
            for draw_field in [draw(st.sampled_from(FIELDS))]
            for system in draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=4))
        ]
        for query in queries
    }
    images = {query: draw(st.lists(st.sampled_from("uvwxyz"), max_size=1)) for query in queries}
    duplicates = draw(st.lists(st.tuples(st.sampled_from(queries), st.sampled_from(queries)), max_size=2))
    return Drawn(responses, images, duplicates)


def queries_in(splits: Mapping[str, str], split: str) -> set[str]:
    return {query for query, name in splits.items() if name == split}


def size(project: Drawn, queries: set[str]) -> int:
    return sum(len(project.responses[query]) for query in queries)


def choices(groups: Sequence[set[str]]) -> Iterator[set[str]]:
    """Every union of some of the groups."""
    for taken in product((False, True), repeat=len(groups)):
        yield {query for group, is_taken in zip(groups, taken, strict=True) if is_taken for query in group}


def strata(project: Drawn, queries: set[str]) -> Counter[tuple[str, str]]:
    return Counter(one.stratum for query in queries for one in project.responses[query])


def largest(project: Drawn) -> dict[tuple[str, str], int]:
    """The most responses of a stratum in one group."""
    most: defaultdict[tuple[str, str], int] = defaultdict(int)
    for group in project.groups:
        for stratum, number in strata(project, group).items():
            most[stratum] = max(most[stratum], number)
    return dict(most)


def is_within_one_group(project: Drawn, queries: set[str]) -> bool:
    """Whether every stratum of these queries is within its largest group of its share of all responses."""
    held, whole, most = strata(project, queries), strata(project, set(project.responses)), largest(project)
    taken = size(project, queries)
    return all(
        abs(held[stratum] * project.total - number * taken) <= most[stratum] * project.total for stratum, number in whole.items()
    )
