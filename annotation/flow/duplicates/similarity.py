"""Measures how alike queries are: by their words, their source addresses and their images. Knows nothing of the database.

Queries are numbered from 0. `new` is a boolean array with an element per query; only pairs with a new query are compared.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, islice, product
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np

Array = np.ndarray[Any, Any]

ALIKE = Fraction(7, 10)  # of the word triples that either of two texts has
SHORT = 8  # words; a shorter text has too few triples, and is compared as a whole
COMMON = 50  # a triple in more texts than this is boilerplate
LEAST = SHORT - 2  # triples that a text must have beside boilerplate
LONGEST = 5_000  # words of a text that are compared
NEAR = 6  # of 64 bits in which two difference hashes may differ
FLAT = 6  # bits that must be set, and as many not; a picture with fewer is nearly of one colour, and like any other such
SHARED = 20  # queries; an address or image that more of them share is a home page or a logo
BLOCK = 64  # rows of the matrix of distances at a time
PAIRS = 4_096  # pairs of sets that are compared at a time

# Kana, ideographs, Hangul: languages that are written without spaces, or that one counts by characters.
CHARACTER = (
    "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
WORD = re.compile(rf"(?=\w)[{CHARACTER}]|[^\W_{CHARACTER}]+")
BITS = 21  # of a word's number; three of them make a token of 63 bits
TRACKING = re.compile(r"utm_.*|fbclid|gclid|dclid|msclkid|yclid|mc_cid|mc_eid|igshid")


class SimilarPairs(NamedTuple):
    """Pairs of queries, each as first * (number of queries) + second with first < second, ascending; and a figure for each."""

    pairs: Array
    figures: Array


def similar_pairs(figures: Mapping[int, float]) -> SimilarPairs:
    pairs = sorted(figures)
    return SimilarPairs(np.array(pairs, np.int64), np.array([figures[pair] for pair in pairs], float))


def words(text: str) -> list[str]:
    """The words, case-folded; each character of Chinese, Japanese or Korean is one."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return [match.group() for match in islice(WORD.finditer(folded), LONGEST)]


class Tokens:
    """Turns the words of a text into tokens, which are numbers: one for every three words in a row, or one for a short text."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.short_texts: dict[str, int] = {}

    def of(self, words: Sequence[str]) -> Array:
        """The distinct tokens, ascending. Exact up to two million different words."""
        if not words:
            return np.empty(0, np.int64)
        if len(words) < SHORT:
            return np.array([-1 - self.short_texts.setdefault(" ".join(words), len(self.short_texts))], np.int64)
        numbers = np.array([self.words.setdefault(word, len(self.words)) for word in words], np.int64) % (1 << BITS)
        return np.unique(numbers[:-2] << 2 * BITS | numbers[1:-1] << BITS | numbers[2:])


def similar_texts(texts: Sequence[Array], new: Array) -> SimilarPairs:
    """The pairs of texts that have a share of at least ALIKE of their tokens in common, without boilerplate; and the shares."""
    return similar_sets(without_boilerplate(texts), new)


def without_boilerplate(texts: Sequence[Array]) -> Sequence[Array]:
    """The texts without the tokens that more than COMMON of them share. A text with few others becomes empty."""
    flat = flattened(texts)
    ordered = np.sort(flat)
    common = np.unique(ordered[COMMON:][ordered[COMMON:] == ordered[:-COMMON]])
    del ordered
    if not common.size:
        return texts
    sizes = np.array([len(text) for text in texts])
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), sizes)
    _places, shared = places(common, flat)
    own = ~shared
    left = np.bincount(owners[own], minlength=len(texts))
    own &= ((left == sizes) | (left >= LEAST))[owners]
    return np.split(flat[own], np.cumsum(np.bincount(owners[own], minlength=len(texts)))[:-1])


def places(ascending: Array, sought: Array) -> tuple[Array, Array]:
    """The index of each sought number among the ascending ones, and whether it is one of them."""
    indexes = np.searchsorted(ascending, sought)
    indexes[indexes == len(ascending)] = 0
    return indexes, ascending[indexes] == sought if len(ascending) else np.zeros(len(sought), bool)


def flattened(sets: Sequence[Array]) -> Array:
    return np.concatenate([np.empty(0, np.int64), *sets])


def similar_sets(sets: Sequence[Array], new: Array) -> SimilarPairs:
    """All pairs of sets of numbers whose Jaccard coefficient is at least ALIKE, and no others; and the coefficients.

    Prefix filtering (Chaudhuri, Ganti and Kaushik 2006): with the tokens of every set in one order, rarest first, two sets that
    share enough share one among the first few of either.
    """
    sizes = np.array([len(tokens) for tokens in sets], np.int64)
    tokens = SharedTokens(sets, sizes)
    prefix = sizes - at_least(sizes) + 1 - tokens.alone  # how many tokens of each set are the first few
    first_few = np.arange(len(tokens.ranks)) - tokens.starts[tokens.owners] < prefix[tokens.owners]
    pairs = sharing(tokens.owners[first_few], tokens.ranks[first_few], sizes, new)
    first, second = np.divmod(pairs, max(len(sets), 1))
    intersection = tokens.overlaps(first, second)
    union = sizes[first] + sizes[second] - intersection
    enough = intersection * ALIKE.denominator >= union * ALIKE.numerator
    return SimilarPairs(pairs[enough], intersection[enough] / union[enough])


class SharedTokens:
    """The tokens that at least two sets have, set by set, each set's rarest first.

    `owners` has the set of each token and `ranks` its rank by rarity; `starts` where each set begins and `sizes` how many tokens
    it has here; `alone` how many others it has. `keys` are owner and rank in one number, ascending.
    """

    def __init__(self, sets: Sequence[Array], sizes: Array) -> None:
        flat = flattened(sets)
        ordered = np.sort(flat)
        tokens = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
        del ordered
        numbers, shared = places(tokens, flat)
        del flat
        numbers = numbers[shared]
        owners = np.repeat(np.arange(len(sets)), sizes)[shared]
        rarity = np.empty(len(tokens), np.int64)
        rarity[np.argsort(np.bincount(numbers, minlength=len(tokens)), kind="stable")] = np.arange(len(tokens))
        self.ranked = max(len(tokens), 1)
        self.keys = owners * self.ranked + rarity[numbers]
        self.keys.sort()
        self.owners, self.ranks = np.divmod(self.keys, self.ranked)
        self.sizes = np.bincount(owners, minlength=len(sets))
        self.starts = np.cumsum(self.sizes) - self.sizes
        self.alone = sizes - self.sizes

    def overlaps(self, first: Array, second: Array) -> Array:
        """How many tokens the sets of each pair have in common."""
        blocks = range(0, len(first), PAIRS)
        return flattened([self.overlap(first[start : start + PAIRS], second[start : start + PAIRS]) for start in blocks])

    def overlap(self, first: Array, second: Array) -> Array:
        sizes = self.sizes[first]
        pair = np.repeat(np.arange(len(first)), sizes)
        step = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        sought = second[pair] * self.ranked + self.ranks[self.starts[first][pair] + step]
        _places, shared = places(self.keys, sought)
        return np.bincount(pair[shared], minlength=len(first))


def at_least(sizes: Array) -> Array:
    """How many tokens a set must share with one that is alike: at least ALIKE of its own, rounded up."""
    return -(-sizes * ALIKE.numerator // ALIKE.denominator)


def sharing(owners: Array, ranks: Array, sizes: Array, new: Array) -> Array:
    """The pairs of sets, by `owners`, that have a rank in common and whose sizes allow them to be alike."""
    order = np.lexsort((owners, ranks))
    owners, ranks = owners[order], ranks[order]
    pairs = np.empty(0, np.int64)
    for step in range(1, len(ranks)):
        same = ranks[step:] == ranks[:-step]
        if not same.any():
            break
        first, second = owners[:-step][same], owners[step:][same]
        small, large = np.minimum(sizes[first], sizes[second]), np.maximum(sizes[first], sizes[second])
        wanted = (new[first] | new[second]) & (small >= at_least(large))
        pairs = np.union1d(pairs, first[wanted] * len(sizes) + second[wanted])
    return pairs


def address(source: str) -> tuple[str, str]:
    """An address without the parts in which addresses of one page differ, and the same without its query string."""
    text = source.strip()
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:  # no address, but perhaps the same words
        return text.casefold(), ""
    place = host + (f":{port}" if port not in (None, 80, 443) else "") + parts.path.rstrip("/")
    items = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(key.lower())]
    return f"{place}?{urlencode(sorted(items))}" if items else place, place


def shared_sources(sources: Sequence[str], new: Array) -> SimilarPairs:
    """1 for two queries from the same address, 0 for two from addresses that differ in the query string."""
    same: dict[str, list[int]] = defaultdict(list)
    similar: dict[str, list[int]] = defaultdict(list)
    for number, source in enumerate(sources):
        for groups, key in zip((same, similar), address(source), strict=True):
            if key:
                groups[key].append(number)
    figures = dict.fromkeys(pairs_within(similar.values(), new), 0)
    return similar_pairs(figures | dict.fromkeys(pairs_within(same.values(), new), 1))


def pairs_within(groups: Iterable[Sequence[int]], new: Array) -> Iterator[int]:
    """The pairs within each group of ascending numbers; a group of more than SHARED gives none."""
    for group in groups:
        if len(group) <= SHARED:
            for first, second in combinations(group, 2):
                if new[first] or new[second]:
                    yield first * len(new) + second


def near_images(queries_of_image: Mapping[str, Sequence[int]], hashes: Mapping[str, str], new: Array) -> SimilarPairs:
    """The pairs of queries whose nearest images differ in at most NEAR bits, and in how many; 0 for one image in both.

    `queries_of_image` holds each image's queries, ascending; `hashes` its difference hash in hexadecimal, or "".
    """
    distances = dict.fromkeys(pairs_within(queries_of_image.values(), new), 0)
    by_hash: dict[int, set[int]] = defaultdict(set)
    for name, queries in queries_of_image.items():
        value = int(hashes.get(name) or "0", 16)
        if FLAT <= value.bit_count() <= 64 - FLAT:
            by_hash[value].update(queries)
    hashed = [(value, sorted(queries)) for value, queries in by_hash.items() if len(queries) <= SHARED]
    for first, second, distance in near_hashes(hashed, new):
        for pair in pairs_between(hashed[first][1], hashed[second][1], new):
            distances[pair] = min(distances.get(pair, NEAR), distance)
    return similar_pairs(distances)


def pairs_between(some: Sequence[int], others: Sequence[int], new: Array) -> Iterator[int]:
    for first, second in product(some, others):
        if first != second and (new[first] or new[second]):
            yield min(first, second) * len(new) + max(first, second)


def near_hashes(hashed: Sequence[tuple[int, Sequence[int]]], new: Array) -> list[tuple[int, int, int]]:
    """The indexes of two near hashes and their distance, for hashes with their queries; a hash is near itself.

    A hash near those of more than SHARED queries is a logo that was saved in many ways, and is left out. Hashes without a new
    query are never left out themselves.
    """
    values = np.array([value for value, _queries in hashed], np.uint64)
    weights = np.array([len(queries) for _value, queries in hashed], np.float32)
    is_new = np.array([any(new[query] for query in queries) for _value, queries in hashed], bool)
    counts = ~is_new  # whether a hash is no logo
    pairs: list[tuple[int, int, int]] = []
    for rows in np.split(np.flatnonzero(is_new), range(BLOCK, int(is_new.sum()), BLOCK)):
        distances = np.bitwise_count(values[rows, None] ^ values[None, :])
        near = distances <= NEAR
        counts[rows] = near @ weights <= SHARED
        near &= counts[rows, None]
        for row, second in zip(*np.nonzero(near), strict=True):
            pairs.append((int(rows[row]), int(second), int(distances[row, second])))
    return [(first, second, distance) for first, second, distance in pairs if counts[second]]
