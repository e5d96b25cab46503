from collections import Counter

from annotation.exporters.split.balance import balanced
from annotation.exporters.split.groups import Group

ART, PHYSICS = ("pbl", "art"), ("pbl", "physics")


def group(name: str, *systems: str) -> Group:
    return Group((name,), len(systems), {ART: len(systems)}, Counter(systems), trains=True)


def names(groups: list[Group]) -> list[str]:
    return sorted(group.queries[0] for group in groups)


def test_groups_are_exchanged_for_others_of_their_stratum_and_size_until_systems_have_their_shares() -> None:
    groups = [group("a1", "a"), group("a2", "a"), group("a3", "a"), group("b1", "b"), group("b2", "b"), group("b3", "b")]
    taken = balanced({ART: groups[:2]}, {ART: groups}, {"a": 10, "b": -10}, 10)
    assert names(taken) == ["a1", "b3"]


def test_no_group_is_exchanged_for_one_of_another_stratum_or_size() -> None:
    single = {ART: [group("a", "a"), group("bb", "b", "b")], PHYSICS: [group("b", "b")]}
    assert names(balanced({ART: single[ART][:1], PHYSICS: []}, single, {"a": 50, "b": -50}, 10)) == ["a"]


def test_nothing_is_exchanged_where_that_brings_nothing() -> None:
    groups = [group("a", "a"), group("b", "b")]
    assert names(balanced({ART: groups[:1]}, {ART: groups}, {"a": 5, "b": -5}, 10)) == ["a"]


def test_the_exchange_that_helps_most_comes_first() -> None:
    groups = [group("ab", "a", "b"), group("ac", "a", "c"), group("bc", "b", "c"), group("cc", "c", "c")]
    assert names(balanced({ART: groups[:1]}, {ART: groups}, {"a": 10, "b": 10, "c": -20}, 10)) == ["cc"]
