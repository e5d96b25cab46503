"""What is alike, on numbers and words alone; the join is held against comparing everything with everything."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotation.flow.duplicates import similarity
from annotation.flow.duplicates.similarity import (
    Array,
    SimilarPairs,
    Tokens,
    address,
    near_images,
    shared_sources,
    similar_sets,
    words,
)


def pairs(similar: SimilarPairs, total: int) -> dict[tuple[int, int], float]:
    return {divmod(int(pair), total): figure for pair, figure in zip(similar.pairs, similar.figures.tolist(), strict=True)}


def all_new(total: int) -> Array:
    return np.ones(total, bool)


def sets_of(*sets: set[int]) -> list[Array]:
    return [np.array(sorted(tokens), np.int64) for tokens in sets]


some_sets = st.lists(st.tuples(st.frozensets(st.integers(-3, 12), max_size=12), st.booleans()), max_size=12)


@settings(max_examples=150)
@example([(frozenset(range(7)), True), (frozenset(range(10)), False)])  # just enough
@given(some_sets)
def test_the_join_finds_exactly_the_pairs_that_comparing_all_with_all_finds(drawn: list[tuple[frozenset[int], bool]]) -> None:
    expected = {}
    for (first, (tokens, is_new)), (second, (other, other_is_new)) in combinations(enumerate(drawn), 2):
        if tokens and other and (is_new or other_is_new):
            share = Fraction(len(tokens & other), len(tokens | other))
            if share >= similarity.ALIKE:
                expected[first, second] = float(share)
    similar = similar_sets(sets_of(*(set(tokens) for tokens, _new in drawn)), np.array([new for _tokens, new in drawn], bool))
    assert pairs(similar, len(drawn)) == expected


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(st.sampled_from([0x0F0F0F0F0F0F0F0F, 0x00FF00FF00FF00FF, 0x3]), st.sets(st.integers(0, 63), max_size=4)),
        max_size=15,
    ),
    st.data(),
)
def test_near_images_are_exactly_those_that_comparing_all_with_all_finds(
    drawn: list[tuple[int, set[int]]], data: st.DataObject
) -> None:
    """Fewer pictures than would make one of them a logo, each in a query of its own."""
    values = [value ^ sum(1 << bit for bit in bits) for value, bits in drawn]
    new = np.array([data.draw(st.booleans()) for _value in values], bool)
    telling = [similarity.FLAT <= value.bit_count() <= 64 - similarity.FLAT for value in values]
    expected = {}
    for first, second in combinations(range(len(values)), 2):
        distance = (values[first] ^ values[second]).bit_count()
        if telling[first] and telling[second] and distance <= similarity.NEAR and (new[first] or new[second]):
            expected[first, second] = distance
    shown = {f"image {number}": [number] for number in range(len(values))}
    similar = near_images(shown, {f"image {number}": f"{value:016x}" for number, value in enumerate(values)}, new)
    assert pairs(similar, len(values)) == expected


def test_nothing_compared_with_nothing_is_nothing() -> None:
    nothing = np.empty(0, bool)
    assert (
        pairs(similar_sets([], nothing), 1)
        == pairs(near_images({}, {}, nothing), 1)
        == pairs(shared_sources([], nothing), 1)
        == {}
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How does TCP's hand-shake work?", ["how", "does", "tcp", "s", "hand", "shake", "work"]),
        ("画出 二叉树。", ["画", "出", "二", "叉", "树"]),
        ("ラーメンの作り方", list("ラーメンの作り方")),
        ("한국어 문장", list("한국어문장")),
        ("Straße ＡＢＣ ﬁn_x", ["strasse", "abc", "fin", "x"]),
        ("Привет, мир! १२", ["привет", "мир", "१२"]),
        ("… — !", []),
    ],
)
def test_words_are_folded_and_each_east_asian_character_is_one(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_text_is_compared_by_three_words_in_a_row_and_a_short_one_as_a_whole() -> None:
    tokens = Tokens()
    long = list("abcdefgh")
    assert len(tokens.of(long)) == 6
    assert tokens.of(long[:7]).tolist() == tokens.of(long[:7]).tolist() == [-1]
    assert tokens.of(long[1:8]).tolist() == [-2]
    assert tokens.of([]).tolist() == []
    assert sorted(set(tokens.of(long)) & set(tokens.of(long[::-1]))) == []
    assert len(tokens.of(list("abcabcabc"))) == 3


@pytest.mark.parametrize(
    ("source", "same", "similar"),
    [
        ("https://www.Example.org/How-To/", "example.org/How-To", "example.org/How-To"),
        ("http://example.org:80/How-To#step-2", "example.org/How-To", "example.org/How-To"),
        ("example.org/How-To?utm_source=x&fbclid=y", "example.org/How-To", "example.org/How-To"),
        ("https://example.org/q?page=2&id=7&utm_medium=m", "example.org/q?id=7&page=2", "example.org/q"),
        ("https://example.org:8443/", "example.org:8443", "example.org:8443"),
        ("https://[broken", "https://[broken", ""),
        ("", "", ""),
        (" Textbook, Page 7 ", "textbook, page 7", "textbook, page 7"),
    ],
)
def test_an_address_loses_what_does_not_tell_pages_apart(source: str, same: str, similar: str) -> None:
    assert address(source) == (same, similar)


def test_an_address_that_too_many_share_says_nothing() -> None:
    few, many = ["https://a.org/x"] * similarity.SHARED, ["https://b.org/data"] * (similarity.SHARED + 1)
    similar = pairs(shared_sources(few + many, all_new(41)), 41)
    assert similar == dict.fromkeys(combinations(range(similarity.SHARED), 2), 1)


def test_addresses_that_differ_in_the_query_string_are_similar_even_where_one_of_them_is_shared_by_many() -> None:
    similar = shared_sources(
        ["https://a.org/x?id=1", "http://a.org/x?id=2", "https://a.org/x?id=1#top", "https://a.org/y"], all_new(4)
    )
    assert pairs(similar, 4) == {(0, 1): 0, (0, 2): 1, (1, 2): 0}
    crowd = [f"https://a.org/x?id={number}" for number in range(similarity.SHARED)] + ["https://a.org/x?id=0"]
    assert pairs(shared_sources(crowd, all_new(len(crowd))), len(crowd)) == {(0, similarity.SHARED): 1}


CHECKED = 0x0F0F0F0F0F0F0F0F


def test_the_very_same_image_counts_whatever_its_hash_and_a_flat_one_says_nothing_by_it() -> None:
    shown = {"blank": [0, 1], "black": [2], "white": [3], "white too": [4], "no hash": [5], "none either": [6]}
    hashes = {"blank": "0" * 16, "black": "0" * 16, "white": "f" * 16, "white too": "f" * 15 + "e", "no hash": ""}
    assert pairs(near_images(shown, hashes, all_new(7)), 7) == {(0, 1): 0}


def test_the_nearest_images_of_two_queries_count() -> None:
    shown = {"a": [0], "b": [0], "c": [1], "d": [1], "e": [2]}
    hashes = {"a": f"{CHECKED:016x}", "b": f"{CHECKED ^ 0b111:016x}", "c": f"{CHECKED ^ 0b11:016x}", "d": "00ff00ff00ff00ff"}
    hashes["e"] = f"{CHECKED ^ (0b1111111 << 8):016x}"  # 7 bits
    assert pairs(near_images(shown, hashes, all_new(3)), 3) == {(0, 1): 1}


def test_a_logo_says_nothing_even_where_it_was_saved_in_many_ways() -> None:
    """21 times the same file; 21 times the same picture in files of their own; 21 pictures two bits apart; two twins."""
    many = similarity.SHARED + 1
    one_file = {"logo": list(range(many))}
    own_files = {f"copy {number}": [many + number] for number in range(many)}
    nearly = {f"near {number}": [2 * many + number] for number in range(many)}
    shown = {**one_file, **own_files, **nearly, "twin": [3 * many], "other twin": [3 * many + 1]}
    hashes = {"logo": "00ff00ff00ff00ff", "twin": "3333333333333333", "other twin": "3333333333333330"}
    hashes |= dict.fromkeys(own_files, "5555555555555555") | {
        name: f"{CHECKED ^ 1 << place:016x}" for place, name in enumerate(nearly)
    }
    total = 3 * many + 2
    assert pairs(near_images(shown, hashes, all_new(total)), total) == {(3 * many, 3 * many + 1): 2}


def test_boilerplate_makes_no_pairs_but_what_is_beside_it_does() -> None:
    common = list(range(100, 140))
    own = [set(common) | {10 * number + 1000 + step for step in range(8)} for number in range(similarity.COMMON - 1)]
    twins = [own[0] | set(), own[0] ^ {1007}]
    little = [set(common) | {5000}, set(common) | {5000}]
    sets = sets_of(*own, *twins, *little)
    similar = pairs(similarity.similar_texts(sets, all_new(len(sets))), len(sets))
    assert similar == {(0, 49): 1.0, (0, 50): 7 / 8, (49, 50): 7 / 8}
