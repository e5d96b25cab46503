"""The responses of one rubric grouped by query, as intervals need them; many queries with equal ratings are pooled."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.ratings import Ratings
from annotation.agreement.scales import Codes, Scale, ascending_levels, encode

Floats = NDArray[np.float64]
Queries = NDArray[np.int64]
ENOUGH_TO_RESAMPLE = 100  # queries; below, the jackknife comes closer to the promised coverage
# With so many queries of one response, so many of them to a pattern of ratings, it is faster to draw how often each pattern comes
# than to weigh each query: to draw a number for a pattern takes eight times as long as to weigh a query by one drawn before.
POOLED_FROM, TO_A_PATTERN = 10_000, 8
MANY_ANNOTATORS = 12  # with more, a table of all pairs of annotators is mostly empty


@dataclass(frozen=True)
class Clusters:
    """`codes` is annotators x responses: the index of a rating among the ascending `levels`, and -1 for none.

    `cluster` has the number of each response's cluster, counted from 0. `query_counts` has the number of queries for which
    each cluster stands: 1, or more where many queries of one response have the same ratings, of which `codes` then holds one.
    `clustered` is False where the queries of the responses were not passed.
    """

    codes: Codes
    levels: Floats
    cluster: NDArray[np.intp]
    query_counts: Floats
    clustered: bool

    @property
    def queries(self) -> int:
        return int(self.query_counts.sum())

    @property
    def ratings(self) -> Ratings:
        """The ratings themselves, NaN for none."""
        return np.where(self.codes < 0, np.nan, self.levels[self.codes])

    @property
    def level_counts(self) -> Floats:
        """How often each level was given, levels x responses."""
        return np.array([(self.codes == code).sum(axis=0) for code in range(len(self.levels))], dtype=float)

    def sums(self, columns: Iterable[Floats], *, sparse: bool = False) -> Floats:
        """Clusters x columns: each column, which has a number per response, added up within clusters.

        `sparse` saves time and memory where there are hundreds of columns and most of their numbers are 0; the matrix that
        it returns can only be multiplied.
        """
        is_own = len(self.cluster) == len(self.query_counts) and bool((np.diff(self.cluster) > 0).all())
        # each response the only one of its cluster, and in their order: the sums are the columns themselves
        summed = iter(columns) if is_own else (np.bincount(self.cluster, weights=column) for column in columns)
        if not sparse:
            return np.stack(list(summed), axis=1)
        from scipy.sparse import csc_array  # type: ignore[import-untyped]  # late: most reports do without

        rows, values = zip(*((nonzero := np.flatnonzero(column), column[nonzero]) for column in summed), strict=True)
        ends = np.cumsum([0, *map(len, rows)])
        shape = (len(self.query_counts), len(rows))
        return cast(Floats, csc_array((np.concatenate(values), np.concatenate(rows), ends), shape=shape))


def clusters_of(
    ratings: Ratings, scale: Scale | None, queries: Queries | None, *, at_least: int = 2, anonymous: bool = False
) -> Clusters:
    """The responses with `at_least` so many ratings. `ratings` is annotators x responses, NaN for none.

    `queries` has a whole number per response, equal for responses to one query; None when no interval is wanted. To an
    `anonymous` figure it is all the same who gave a rating: the rows of `codes` may then be no annotators', so that responses
    with the same ratings by different people are pooled.
    """
    if queries is not None and len(queries) != ratings.shape[1]:
        raise ValueError("each response belongs to a query")
    levels = ascending_levels(ratings, scale)
    codes = encode(ratings, levels)
    enough = (codes >= 0).sum(axis=0) >= at_least
    codes = codes if enough.all() else codes[:, enough]
    if queries is None:
        return pooled(codes, levels, clustered=False)
    number, cluster = numbered(queries[enough])
    if number == codes.shape[1] >= POOLED_FROM:
        patterns = pooled(without_names(codes) if anonymous else codes, levels, clustered=True)
        if number >= TO_A_PATTERN * len(patterns.query_counts):
            return patterns
    return Clusters(codes, levels, cluster, np.ones(number), clustered=True)


def without_names(codes: Codes) -> Codes:
    """Each response's ratings in ascending order, in as many rows as the most ratings of a response."""
    most = int((codes >= 0).sum(axis=0).max())
    return np.sort(codes, axis=0)[len(codes) - most :]


def numbered(queries: Queries) -> tuple[int, NDArray[np.intp]]:
    """How many queries there are, and the number of each response's among them in ascending order, from 0."""
    steps = np.diff(queries, prepend=queries[:1])
    if (steps >= 0).all():  # as reports have them: nothing is to be sorted
        cluster = np.cumsum(steps > 0, dtype=np.intp)
        return (int(cluster[-1]) + 1 if len(cluster) else 0), cluster
    names, inverse = np.unique(queries, return_inverse=True)
    return len(names), inverse


def pooled(codes: Codes, levels: Floats, *, clustered: bool) -> Clusters:
    """One response for all that have the same ratings by the same annotators."""
    pattern, size = np.zeros(codes.shape[1], dtype=np.int64), 1  # a number per response, equal for equal ratings
    for row in codes:
        if size > 2**62 // (len(levels) + 1):  # the next step would overflow: number the patterns anew
            pattern = np.unique(pattern, return_inverse=True)[1].astype(np.int64)
            size = int(pattern.max()) + 1
        pattern = pattern * (len(levels) + 1) + row
        size *= len(levels) + 1
    _patterns, first, query_counts = np.unique(pattern, return_index=True, return_counts=True)
    return Clusters(codes[:, first], levels, np.arange(len(first)), query_counts.astype(float), clustered)


@lru_cache
def each_two(number: int, *, apart: int = 0) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The first and the second of each two of so many, the second not before the first, and `apart` places after it or more.

    Made once: to NumPy it is as much work as all sums over a group's responses.
    """
    return np.triu_indices(number, apart)
