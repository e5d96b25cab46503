from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.flow.sample.plan import allocate, draw

Sizes = dict[tuple[str, ...], int]
sizes = st.dictionaries(st.text("abc", min_size=1, max_size=2).map(lambda name: (name,)), st.integers(1, 40), min_size=1)


def test_mmie_s_800_of_four_systems_are_200_of_each() -> None:
    pool = {(system,): 1_000 for system in ("anole", "gill", "minigpt", "show-o")}
    assert allocate(pool, 800, "equal") == dict.fromkeys(pool, 200)


def test_what_a_small_stratum_cannot_give_comes_from_the_others() -> None:
    assert allocate({("a",): 2, ("b",): 100, ("c",): 100}, 11, "equal") == {("a",): 2, ("b",): 5, ("c",): 4}


def test_each_stratum_has_its_share_and_the_largest_remainders_the_rest() -> None:
    """Of 10 from 50, 30 and 17: 5.15, 3.09 and 1.75."""
    assert allocate({("a",): 50, ("b",): 30, ("c",): 17}, 10, "proportional") == {("a",): 5, ("b",): 3, ("c",): 2}


def test_of_equal_remainders_the_first_by_name_has_the_rest() -> None:
    assert allocate({("b",): 10, ("a",): 10, ("c",): 10}, 4, "proportional") == {("a",): 2, ("b",): 1, ("c",): 1}


def test_more_than_there_are_is_all_of_them() -> None:
    assert [allocate({("a",): 3, ("b",): 4}, 100, how) for how in ("equal", "proportional")] == [{("a",): 3, ("b",): 4}] * 2


@pytest.mark.parametrize("allocation", ["equal", "proportional"])
@given(sizes=sizes, size=st.integers(1, 200))
def test_as_many_as_asked_for_and_never_more_than_a_stratum_has(sizes: Sizes, size: int, allocation: str) -> None:
    drawn = allocate(sizes, size, allocation)
    assert sum(drawn.values()) == min(size, sum(sizes.values()))
    assert all(0 <= drawn[stratum] <= sizes[stratum] for stratum in sizes)


@given(sizes=sizes, size=st.integers(1, 200))
def test_a_share_is_never_off_by_one_or_more(sizes: Sizes, size: int) -> None:
    size, total = min(size, sum(sizes.values())), sum(sizes.values())
    drawn = allocate(sizes, size, "proportional")
    assert all(abs(drawn[stratum] - size * sizes[stratum] / total) < 1 for stratum in sizes)


@given(sizes=sizes, size=st.integers(1, 200))
def test_equal_numbers_differ_only_where_a_stratum_is_used_up(sizes: Sizes, size: int) -> None:
    drawn = allocate(sizes, size, "equal")
    left = [number for stratum, number in drawn.items() if number < sizes[stratum]]
    assert not left or (max(left) - min(left) <= 1 and all(number <= min(left) + 1 for number in drawn.values()))


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    members: Any = {("a",): list(range(100)), ("b",): list(range(100, 120))}
    drawn = {("a",): 10, ("b",): 3}
    assert draw(members, drawn, "1:1") == draw(members, drawn, "1:1") != draw(members, drawn, "2:1")


def test_each_member_is_as_likely_as_any_other() -> None:
    """3 of 10 in 4,000 draws: 1,200 each; ten counts stay within 120 of it (four standard deviations) with these seeds."""
    members: Any = {(): list(range(10))}
    counts = Counter(one for seed in range(4_000) for one in draw(members, {(): 3}, str(seed))[()])
    assert all(abs(counts[one] - 1_200) < 120 for one in range(10))
