from collections import Counter
from random import Random

import pytest

from annotation.exporters.split.draw import TRIED, combinations, draw, widths
from annotation.exporters.split.groups import Group

FIELDS = [("pbl", "art"), ("pbl", "physics"), ("sa", "art")]


def group(name: str, systems: str, *strata: int) -> Group:
    return Group((name,), len(systems), Counter(FIELDS[place] for place in strata), Counter(systems), trains=True)


def fields(groups: list[Group]) -> list[int]:
    return [sum(group.strata.get(field, 0) for group in groups) for field in FIELDS]


def test_each_stratum_gives_its_share_and_each_system_has_its_own() -> None:
    """A query has one response here: so without an exchange the systems would differ by chance."""
    pool = [group(f"q{place:03}", "ab"[place % 2], place % 10 // 5 + place % 10 // 8) for place in range(400)]
    assert fields(pool) == [200, 120, 80]
    chosen = draw(pool=pool, has=[], whole=pool, amount=40, random=Random(5))
    assert fields(chosen) == [20, 12, 8]
    assert Counter(name for group in chosen for name in group.systems) == {"a": 20, "b": 20}


def test_what_a_split_has_already_counts_towards_its_size_and_its_shares() -> None:
    has = [group(f"old{place}", "a", 0) for place in range(6)]
    pool = [group(f"new{place:02}", "ab"[place % 2], place % 3) for place in range(48)]
    chosen = draw(pool=pool, has=has, whole=[*has, *pool], amount=18, random=Random(0))
    assert fields([*has, *chosen]) == [7, 6, 5] or fields([*has, *chosen]) == [7, 5, 6]
    assert Counter(name for group in (*has, *chosen) for name in group.systems) == {"a": 10, "b": 8}


@pytest.mark.parametrize("number", [TRIED, TRIED + 30])
def test_single_strata_make_up_for_groups_that_have_several(number: int) -> None:
    mixed = [group(f"mixed{place:02}", "aaaa", 0, 0, 0, 1) for place in range(number)]
    single = [group(f"single{place:03}", "a", place % 3) for place in range(300)]
    chosen = draw(pool=[*mixed, *single], has=[], whole=[*mixed, *single], amount=60, random=Random(1))
    whole = fields([*mixed, *single])
    assert sum(fields(chosen)) == 60
    assert all(abs(taken - 60 * all_ / sum(whole)) < 1 for taken, all_ in zip(fields(chosen), whole, strict=True))


def test_the_size_holds_where_every_group_has_several_strata() -> None:
    pool = [group(f"q{place:02}", "ab", place % 3, (place + 1) % 3) for place in range(60)]
    chosen = draw(pool=pool, has=[], whole=pool, amount=31, random=Random(2))
    assert sum(fields(chosen)) == 30
    assert all(6 <= number <= 14 for number in fields(chosen))


def test_nothing_is_drawn_where_nothing_is_wanted_or_left() -> None:
    pool = [group("q", "a", 0)]
    assert draw(pool=pool, has=pool, whole=pool, amount=1, random=Random(0)) == []
    assert draw(pool=[], has=[], whole=pool, amount=1, random=Random(0)) == []


def test_combinations_are_all_choices() -> None:
    groups = [group("a", "a", 0), group("b", "b", 1)]
    assert combinations(groups) == [[], [groups[1]], [groups[0]], groups]
    assert combinations([]) == [[]]


def test_widths_grow_to_one_group_each_and_then_to_everything() -> None:
    within, beyond = widths({"small": 1, "large": 5}, total=10)
    assert within == [
        {"small": 1, "large": 1},
        {"small": 1, "large": 2},
        {"small": 1, "large": 4},
        {"small": 1, "large": 5},
    ]
    assert beyond == [
        {"small": 2, "large": 10},
        {"small": 4, "large": 20},
        {"small": 8, "large": 40},
        {"small": 16, "large": 80},
    ]
