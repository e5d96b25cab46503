from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from annotation.exporters.split.groups import Group
from annotation.exporters.split.sums import Option, Plan, cheapest, closest, reachable, take, totals

SIZES = st.lists(st.integers(1, 9), max_size=8)


def sums(sizes: list[int]) -> set[int]:
    made = {0}
    for size in sizes:
        made |= {total + size for total in made}
    return made


@given(SIZES)
def test_the_totals_are_those_that_some_of_the_sizes_make(sizes: list[int]) -> None:
    assert totals(reachable(sizes)).tolist() == sorted(sums(sizes))


@given(SIZES, st.integers(-5, 90))
def test_the_closest_total_is_the_smaller_of_two_equally_close(sizes: list[int], amount: int) -> None:
    assert closest(reachable(sizes), amount) == min(sums(sizes), key=lambda total: (abs(total - amount), total))


@given(SIZES)
def test_groups_make_every_total_exactly(sizes: list[int]) -> None:
    groups = [Group((f"q{place}",), size, {}, {}, trains=True) for place, size in enumerate(sizes)]
    for total in sums(sizes):
        taken = take(groups, total)
        assert sum(group.size for group in taken) == total
        assert len({group.queries for group in taken}) == len(taken)


OPTIONS = st.lists(st.dictionaries(st.integers(0, 6), st.integers(0, 20)), max_size=4)


@given(OPTIONS, st.integers(0, 20))
def test_the_cheapest_plan_costs_no_more_than_any_other(options: list[dict[int, int]], total: int) -> None:
    plan = cheapest(
        [Option(*map(np.array, (sorted(option), [option[sum_] for sum_ in sorted(option)]))) for option in options], total
    )
    costs = [
        sum(option[sum_] for option, sum_ in zip(options, way, strict=True))
        for way in product(*map(sorted, options))
        if sum(way) == total
    ]
    assert (plan.cost if plan else None) == min(costs, default=None)
    if plan:
        assert sum(plan.sums) == total
        assert sum(option[sum_] for option, sum_ in zip(options, plan.sums, strict=True)) == plan.cost
    assert cheapest([], 0) == Plan(0, [])
