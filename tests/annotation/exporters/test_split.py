from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.exporters import choose_check_queries

queries = st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 5), min_size=1)
pictures = st.dictionaries(st.sampled_from("abcdefg"), st.lists(st.sampled_from("xyz"), max_size=2))


@settings(max_examples=150, deadline=None)
@given(queries, pictures, st.integers(0, 20), st.integers(0, 3))
def test_the_split_keeps_queries_and_images_whole_and_comes_as_close_as_it_can(
    sizes: dict[str, int], images: dict[str, list[str]], check_size: int, seed: int
) -> None:
    check = choose_check_queries(sizes=sizes, images=images, check_size=check_size, seed=seed)
    assert check == choose_check_queries(sizes=sizes, images=images, check_size=check_size, seed=seed)
    shown = {side: {image for query in queries for image in images.get(query, ())} for side, queries in
             (("check", check), ("train", set(sizes) - check))}  # fmt: skip
    assert not shown["check"] & shown["train"]
    possible = [
        set(chosen)
        for count in range(len(sizes) + 1)
        for chosen in combinations(sizes, count)
        if not {i for q in chosen for i in images.get(q, ())} & {i for q in set(sizes) - set(chosen) for i in images.get(q, ())}
    ]
    best = min(abs(sum(sizes[query] for query in chosen) - check_size) for chosen in possible)
    assert abs(sum(sizes[query] for query in check) - check_size) == best


def test_another_seed_chooses_another_check_split_of_the_same_size() -> None:
    sizes = {f"q{number:02}": 4 for number in range(50)}
    splits = [choose_check_queries(sizes=sizes, images={}, check_size=40, seed=seed) for seed in (0, 0, 1)]
    assert splits[0] == splits[1] != splits[2]
    assert [len(queries) for queries in splits] == [10, 10, 10]


def test_a_check_split_larger_than_everything_takes_everything() -> None:
    assert choose_check_queries(sizes={"a": 2, "b": 3}, images={}, check_size=1_000_000, seed=0) == {"a", "b"}
    assert choose_check_queries(sizes={"a": 2, "b": 3}, images={}, check_size=0, seed=0) == set()
