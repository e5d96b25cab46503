"""What makes two queries alike: their words, their source addresses, their images. Plain functions, without the database.

Queries are numbered from 0. `new` says of each whether it is new: pairs of two that are not were looked at before.
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
FLAT = 6  # bits that must be set, and must not be; a picture with fewer says nothing
SHARED = 20  # queries; an address or image that more of them share is a home page or a logo
BLOCK = 64  # rows of the table of distances at a time
PAIRS = 4_096  # pairs of sets that are compared at a time

# Kana, ideographs, Hangul: languages that are written without spaces, or that one counts by characters.
CHARACTER = (
    "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
WORD = re.compile(rf"(?=\w)[{CHARACTER}]|[^\W_{CHARACTER}]+")
BITS = 21  # three numbers of words stand in one of 63 bits
TRACKING = re.compile(r"utm_.*|fbclid|gclid|dclid|msclkid|yclid|mc_cid|mc_eid|igshid")


class SimilarPairs(NamedTuple):
    """Pairs of queries as first * (number of queries) + second, ascending, first before second; and a figure for each."""

    pairs: Array
    figures: Array


def similar_pairs(found: Mapping[int, float]) -> SimilarPairs:
    pairs = sorted(found)
    return SimilarPairs(np.array(pairs, np.int64), np.array([found[pair] for pair in pairs], float))


def words(text: str) -> list[str]:
    """Folded words; each character of Chinese, Japanese or Korean is one."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return [found.group() for found in islice(WORD.finditer(folded), LONGEST)]


class Tokens:
    """Turns the words of a text into numbers: one for every three words in a row, or for a short text one for the whole."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.wholes: dict[str, int] = {}

    def of(self, found: Sequence[str]) -> Array:
        """The distinct numbers, ascending. Exact up to two million different words."""
        if not found:
            return np.empty(0, np.int64)
        if len(found) < SHORT:
            return np.array([-1 - self.wholes.setdefault(" ".join(found), len(self.wholes))], np.int64)
        numbers = np.array([self.words.setdefault(word, len(self.words)) for word in found], np.int64) % (1 << BITS)
        return np.unique(numbers[:-2] << 2 * BITS | numbers[1:-1] << BITS | numbers[2:])


def similar_texts(texts: Sequence[Array], new: Array) -> SimilarPairs:
    """The share of tokens that two texts have in common, boilerplate left aside, where it is at least ALIKE."""
    return similar_sets(without_boilerplate(texts), new)


def without_boilerplate(texts: Sequence[Array]) -> Sequence[Array]:
    """The texts without the tokens that more than COMMON of them share; nothing of a text that has little beside."""
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
    """Where each of the sought numbers stands among the ascending ones, and whether it is there."""
    found = np.searchsorted(ascending, sought)
    found[found == len(ascending)] = 0
    return found, ascending[found] == sought if len(ascending) else np.zeros(len(sought), bool)


def flattened(sets: Sequence[Array]) -> Array:
    return np.concatenate([np.empty(0, np.int64), *sets])


def similar_sets(sets: Sequence[Array], new: Array) -> SimilarPairs:
    """Jaccard's coefficient of all pairs of sets of numbers for which it is at least ALIKE: exactly these.

    Prefix filtering (Chaudhuri, Ganti and Kaushik 2006): with tokens in one order, rarest first, two sets that share enough
    share one among the first few of either.
    """
    sizes = np.array([len(found) for found in sets], np.int64)
    held = SharedTokens(sets, sizes)
    first_few = np.arange(len(held.ranks)) - held.starts[held.owners] < (sizes - at_least(sizes) + 1 - held.alone)[held.owners]
    pairs = sharing(held.owners[first_few], held.ranks[first_few], sizes, new)
    first, second = np.divmod(pairs, max(len(sets), 1))
    shared = held.overlaps(first, second)
    united = sizes[first] + sizes[second] - shared
    enough = shared * ALIKE.denominator >= united * ALIKE.numerator
    return SimilarPairs(pairs[enough], shared[enough] / united[enough])


class SharedTokens:
    """The tokens that two sets or more have, set by set, each set's rarest first; `alone` counts each set's others."""

    def __init__(self, sets: Sequence[Array], sizes: Array) -> None:
        flat = flattened(sets)
        ordered = np.sort(flat)
        tokens = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
        del ordered
        numbers, kept = places(tokens, flat)
        del flat
        numbers = numbers[kept]
        owners = np.repeat(np.arange(len(sets)), sizes)[kept]
        rarity = np.empty(len(tokens), np.int64)
        rarity[np.argsort(np.bincount(numbers, minlength=len(tokens)), kind="stable")] = np.arange(len(tokens))
        self.ranked = max(len(tokens), 1)
        self.placed = owners * self.ranked + rarity[numbers]
        self.placed.sort()
        self.owners, self.ranks = np.divmod(self.placed, self.ranked)
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
        _places, shared = places(self.placed, sought)
        return np.bincount(pair[shared], minlength=len(first))


def at_least(sizes: Array) -> Array:
    """How many tokens a set shares, at the least, with one that is alike: ALIKE of its own, rounded up."""
    return -(-sizes * ALIKE.numerator // ALIKE.denominator)


def sharing(owners: Array, ranks: Array, sizes: Array, new: Array) -> Array:
    """The pairs of owners that have a rank in common, where their sizes allow them to be alike."""
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
    """An address without what does not tell pages apart, and the same without its query string."""
    text = source.strip()
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:  # no address, but perhaps the same words
        return text.casefold(), ""
    place = host + (f":{port}" if port not in (None, 80, 443) else "") + parts.path.rstrip("/")
    told = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(key.lower())]
    return f"{place}?{urlencode(sorted(told))}" if told else place, place


def shared_sources(sources: Sequence[str], new: Array) -> SimilarPairs:
    """1 for two queries from the same address, 0 for two from addresses that differ in the query string."""
    same: dict[str, list[int]] = defaultdict(list)
    similar: dict[str, list[int]] = defaultdict(list)
    for number, source in enumerate(sources):
        for groups, key in zip((same, similar), address(source), strict=True):
            if key:
                groups[key].append(number)
    found = dict.fromkeys(pairs_within(similar.values(), new), 0)
    return similar_pairs(found | dict.fromkeys(pairs_within(same.values(), new), 1))


def pairs_within(groups: Iterable[Sequence[int]], new: Array) -> Iterator[int]:
    """The pairs within each group of ascending numbers, but those of a group that too many share."""
    for group in groups:
        if len(group) <= SHARED:
            for first, second in combinations(group, 2):
                if new[first] or new[second]:
                    yield first * len(new) + second


def near_images(shown: Mapping[str, Sequence[int]], hashes: Mapping[str, str], new: Array) -> SimilarPairs:
    """The bits in which the nearest images of two queries differ, where these are NEAR at the most; 0 for one image in both.

    `shown` holds each image's queries, ascending; `hashes` its difference hash in hexadecimal, or "".
    """
    found = dict.fromkeys(pairs_within(shown.values(), new), 0)
    by_hash: dict[int, set[int]] = defaultdict(set)
    for name, queries in shown.items():
        value = int(hashes.get(name) or "0", 16)
        if FLAT <= value.bit_count() <= 64 - FLAT:
            by_hash[value].update(queries)
    telling = [(value, sorted(queries)) for value, queries in by_hash.items() if len(queries) <= SHARED]
    for one, other, distance in near_hashes(telling, new):
        for pair in pairs_between(telling[one][1], telling[other][1], new):
            found[pair] = min(found.get(pair, NEAR), distance)
    return similar_pairs(found)


def pairs_between(some: Sequence[int], others: Sequence[int], new: Array) -> Iterator[int]:
    for one, other in product(some, others):
        if one != other and (new[one] or new[other]):
            yield min(one, other) * len(new) + max(one, other)


def near_hashes(telling: Sequence[tuple[int, Sequence[int]]], new: Array) -> list[tuple[int, int, int]]:
    """Places of two near hashes and their distance; a hash is near itself. One that is near those of more than SHARED queries
    is a logo that was saved in many ways: it tells nothing, unless it was there before and is near a new one that does.
    """
    values = np.array([value for value, _queries in telling], np.uint64)
    weights = np.array([len(queries) for _value, queries in telling], np.float32)
    fresh = np.array([any(new[query] for query in queries) for _value, queries in telling], bool)
    tells = ~fresh
    found: list[tuple[int, int, int]] = []
    for rows in np.split(np.flatnonzero(fresh), range(BLOCK, int(fresh.sum()), BLOCK)):
        distances = np.bitwise_count(values[rows, None] ^ values[None, :])
        near = distances <= NEAR
        tells[rows] = near @ weights <= SHARED
        near &= tells[rows, None]
        for row, other in zip(*np.nonzero(near), strict=True):
            found.append((int(rows[row]), int(other), int(distances[row, other])))
    return [(one, other, distance) for one, other, distance in found if tells[other]]
