from collections import Counter
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.exporters.split import Leak, Response, Size, TooLarge, divide, target
from tests.annotation.exporters.split.projects import (
    FIELDS,
    Drawn,
    choices,
    drawn,
    is_within_one_group,
    queries_in,
    size,
)

SEEDS = st.integers(-3, 3)


def split(project: Drawn, check: Size | None, seed: int = 0, **options: object) -> dict[str, str]:
    settings = {"sizes": {"check": check}, "earlier": {}, "seed": seed} | options
    return divide(responses=project.responses, together=project.together, **settings)  # type: ignore[arg-type]


def plain(number: int, each: int = 4) -> Drawn:
    """Queries of one field, each with as many responses of as many systems."""
    responses = [Response("pbl", "art", f"system-{system}") for system in range(each)]
    return Drawn({f"q{query:02}": responses for query in range(number)}, {}, [])


@settings(max_examples=150)
@given(drawn(), st.integers(0, 8), st.integers(0, 4), SEEDS)
def test_no_query_and_no_image_and_no_duplicate_is_in_two_splits(project: Drawn, check: int, test: int, seed: int) -> None:
    try:
        splits = split(project, None, seed, sizes={"check": check, "test": test})
    except TooLarge:
        return
    assert sorted(splits) == sorted(project.responses)
    assert [group for group in project.groups if len({splits[query] for query in group}) > 1] == []
    shown = {(image, splits[query]) for query, images in project.images.items() for image in images}
    assert max(Counter(image for image, _split in shown).values(), default=0) <= 1
    assert "train" in splits.values()


@settings(max_examples=150)
@given(drawn(), st.integers(0, 12), st.integers(0, 6), SEEDS)
def test_check_and_then_test_come_as_close_to_their_sizes_as_whole_groups_allow(
    project: Drawn, check: int, test: int, seed: int
) -> None:
    try:
        splits = split(project, None, seed, sizes={"check": check, "test": test})
    except TooLarge:
        return
    wanted: list[tuple[str, int, set[str]]] = [("check", check, set()), ("test", test, queries_in(splits, "check"))]
    for name, amount, others in wanted:
        groups = [group for group in project.groups if not group & others]
        # some group is left to train on
        totals = {size(project, chosen) for chosen in choices(groups) if chosen | others != set(project.responses)}
        _distance, best = min((abs(total - amount), total) for total in totals)
        assert size(project, queries_in(splits, name)) == best


@settings(max_examples=200)
@given(drawn(), st.integers(0, 12), SEEDS)
def test_every_stratum_is_within_one_group_of_its_share_where_that_is_possible(project: Drawn, check: int, seed: int) -> None:
    try:
        chosen = queries_in(split(project, check, seed), "check")
    except TooLarge:
        return
    as_large = [other for other in choices(project.groups) if size(project, other) == size(project, chosen)]
    assert is_within_one_group(project, chosen) == any(is_within_one_group(project, other) for other in as_large)


def test_strata_keep_their_shares_where_a_proportionate_choice_of_groups_of_several_strata_does_not() -> None:
    """Seven pairs, each of two fields: of the first choice of pairs no completion is within one group."""
    queries = [(2, 1), (0, 3), (1, 1), (0, 3), (1, 3), (0, 1), (1, 2), (2, 1), (0, 3), (2, 1), (2, 2), (1, 1), (1, 2), (2, 1)]
    responses = {f"q{place:02}": [Response(*FIELDS[field], "a")] * number for place, (field, number) in enumerate(queries)}
    project = Drawn(responses, {}, [(f"q{place:02}", f"q{place + 1:02}") for place in range(0, 14, 2)])
    chosen = queries_in(split(project, 12), "check")
    assert size(project, chosen) == 12
    assert is_within_one_group(project, chosen)


@settings(max_examples=100)
@given(
    st.lists(st.tuples(st.sampled_from(FIELDS), st.integers(1, 5)), min_size=20, max_size=60),
    st.fractions(0, Fraction(4, 5)),
    SEEDS,
)
def test_strata_keep_their_shares_in_projects_too_large_to_try_every_choice(
    queries: list[tuple[tuple[str, str], int]], share: Fraction, seed: int
) -> None:
    project = Drawn({f"q{place:02}": [Response(*field, "a")] * number for place, (field, number) in enumerate(queries)}, {}, [])
    chosen = queries_in(split(project, share, seed), "check")
    taken = size(project, chosen)
    possible = {0}
    for field in FIELDS:
        numbers = [number for other, number in queries if other == field]
        sums = {0}
        for number in numbers:
            sums |= {total + number for total in sums}
        near = {total for total in sums if abs(total - Fraction(sum(numbers) * taken, project.total)) <= max(numbers, default=0)}
        possible = {before + total for before in possible for total in near}
    assert is_within_one_group(project, chosen) == (taken in possible)


@settings(max_examples=150)
@given(drawn(), st.sampled_from("abc"), st.integers(0, 12), SEEDS)
def test_a_response_by_another_system_is_left_to_train_on(project: Drawn, system: str, check: int, seed: int) -> None:
    others = {query for query, responses in project.responses.items() if any(one.system != system for one in responses)}
    training = [size(project, group) for group in project.groups if group & others]
    most = project.total - min(training) if training else None
    splits: dict[str, str] = {}
    refused: list[int | None] = []
    try:
        splits = split(project, check, seed, hold_out=frozenset(system))
    except TooLarge as too_large:
        refused = [too_large.most]
    if refused:
        assert refused == [most]
        assert most is None or check > most
    else:
        assert queries_in(splits, "train") & others


@settings(max_examples=200)
@given(drawn(), st.data())
def test_queries_keep_their_earlier_splits_or_the_leak_is_named(project: Drawn, data: st.DataObject) -> None:
    splits = st.sampled_from(["train", "check", "test"])
    earlier = data.draw(st.dictionaries(st.sampled_from(sorted(project.responses)), splits))
    leaking = [group for group in project.groups if len({earlier[query] for query in group if query in earlier}) > 1]
    if leaking:
        with pytest.raises(Leak) as refused:
            split(project, 2, earlier=earlier)
        links = {frozenset(pair) for pair in project.together}
        for chain in refused.value.chains:
            assert earlier[chain[0]] != earlier[chain[-1]]
            assert not any(query in earlier for query in chain[1:-1])
            assert links.issuperset(map(frozenset, pairwise(chain)))
        assert len(refused.value.chains) == len(leaking)
    else:
        try:
            divided = split(project, 2, earlier=earlier)
        except TooLarge:
            assert "train" not in earlier.values()
        else:
            assert {query: divided[query] for query in earlier} == earlier


def test_without_a_size_the_earlier_check_and_test_sets_stay_as_they_are() -> None:
    earlier = {"q00": "check", "q01": "test", "q02": "train"}
    assert split(plain(20), None, earlier=earlier) == {f"q{query:02}": "train" for query in range(20)} | earlier


def test_a_larger_size_adds_queries_that_were_in_no_earlier_train_split() -> None:
    earlier = {f"q{query:02}": "train" for query in range(16)} | {"q16": "check"}
    divided = split(plain(20), 12, earlier=earlier)
    assert {query: divided[query] for query in earlier} == earlier
    assert Counter(divided.values()) == {"train": 17, "check": 3}


def test_what_shares_an_image_with_the_earlier_check_set_joins_it() -> None:
    project = plain(4)._replace(images={"q00": ["sky"], "q03": ["sky"]})
    assert split(project, None, earlier={"q00": "check"}) == {"q00": "check", "q01": "train", "q02": "train", "q03": "check"}


def test_another_seed_chooses_another_check_split_of_the_same_size() -> None:
    checks = [queries_in(split(plain(50), 40, seed), "check") for seed in (0, 0, 1)]
    assert checks[0] == checks[1] != checks[2]
    assert [len(queries) for queries in checks] == [10, 10, 10]


def test_the_order_in_which_queries_come_does_not_matter() -> None:
    project = plain(50)._replace(duplicates=[("q01", "q02"), ("q07", "q30")])
    backwards = Drawn(dict(reversed(project.responses.items())), {}, project.duplicates[::-1])
    assert split(project, 40, 3) == split(backwards, 40, 3)


def test_a_size_that_leaves_nothing_to_train_on_is_refused_with_the_most_that_may_be_taken() -> None:
    with pytest.raises(TooLarge) as refused:
        split(plain(5), 19)
    assert refused.value.most == 16
    with pytest.raises(TooLarge) as refused:
        split(plain(5), None, sizes={"check": 10, "test": 11})
    assert refused.value.most == 16
    assert Counter(split(plain(5), 16).values()) == {"check": 4, "train": 1}
    assert Counter(split(plain(5), 17).values()) == {"check": 4, "train": 1}  # 16 is closer than 20


def test_nothing_can_be_taken_where_nothing_trains() -> None:
    with pytest.raises(TooLarge) as refused:
        split(plain(5), None, earlier={f"q{query:02}": "check" for query in range(5)})
    assert refused.value.most is None


@pytest.mark.parametrize(
    ("asked", "total", "number"),
    [
        (None, 40, 8),
        (None, 43, 9),
        (None, 42, 8),
        (None, 1_000, 200),
        (None, 20_103, 200),
        (None, 2, 0),
        (30, 40, 30),
        (Fraction(1, 5), 20_103, 4_021),
        (Fraction(1, 2), 41, 21),
        (Fraction(0), 41, 0),
    ],
)
def test_a_size_is_a_number_or_a_share_and_by_default_a_fifth_but_at_most_200(
    asked: Size | None, total: int, number: int
) -> None:
    assert target(asked, total) == number
