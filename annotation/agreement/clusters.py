"""Responses as intervals see them: those of one query belong together, and queries that are equal are pooled."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.ratings import Ratings
from annotation.agreement.scales import Places, Scale, levels, places

Floats = NDArray[np.float64]
Queries = NDArray[np.int64]
ENOUGH_TO_RESAMPLE = 100  # queries; below, the jackknife is closer to what it promises
POOLED_FROM = 10_000  # queries of one response: from here on, drawing how often equal ones come is faster than drawing each
MANY = 12  # annotators, from whom on a table of all pairs is mostly empty


@dataclass(frozen=True)
class Clusters:
    """`at` is annotators x responses: the place of a rating among `known`, the ascending levels, and -1 for none.

    `cluster` has the number of each response's cluster, counted from 0, and `times` says of each cluster for how many queries it
    stands: 1, or more where many queries of one response have the same ratings, of which `at` then holds one.
    `clustered` is False where nobody said which query a response belongs to.
    """

    at: Places
    known: Floats
    cluster: NDArray[np.intp]
    times: Floats
    clustered: bool

    @property
    def queries(self) -> int:
        return int(self.times.sum())

    @property
    def ratings(self) -> Ratings:
        """The ratings themselves, NaN for none."""
        return np.where(self.at < 0, np.nan, self.known[self.at])

    @property
    def counts(self) -> Floats:
        """How often each level was given, levels x responses."""
        return np.array([(self.at == place).sum(axis=0) for place in range(len(self.known))], dtype=float)

    def sums(self, columns: Iterable[Floats], *, sparse: bool = False) -> Floats:
        """Clusters x columns: each column, which has a number per response, added up within clusters. `sparse` saves time and
        memory where there are hundreds of columns and most of their numbers are 0; what it gives is for a product alone."""
        summed = (np.bincount(self.cluster, weights=column) for column in columns)
        if not sparse:
            return np.stack(list(summed), axis=1)
        from scipy.sparse import csc_array  # type: ignore[import-untyped]  # late: most reports do without

        rows, values = zip(*((there := np.flatnonzero(column), column[there]) for column in summed), strict=True)
        ends = np.cumsum([0, *map(len, rows)])
        shape = (len(self.times), len(rows))
        return cast(Floats, csc_array((np.concatenate(values), np.concatenate(rows), ends), shape=shape))


def clusters_of(ratings: Ratings, scale: Scale | None, queries: Queries | None, *, at_least: int = 2) -> Clusters:
    """The responses that have `at_least` so many ratings. `ratings` is annotators x responses, NaN for none.

    `queries` has a whole number per response, equal for responses to one query; None when no interval is wanted.
    """
    if queries is not None and len(queries) != ratings.shape[1]:
        raise ValueError("each response belongs to a query")
    known = levels(ratings, scale)
    at = places(ratings, known)
    kept = (at >= 0).sum(axis=0) >= at_least
    at = at if kept.all() else at[:, kept]
    if queries is None:
        return pooled(at, known, clustered=False)
    names, cluster = np.unique(queries[kept], return_inverse=True)
    if len(names) == at.shape[1] and len(names) >= POOLED_FROM:
        return pooled(at, known, clustered=True)
    return Clusters(at, known, cluster, np.ones(len(names)), clustered=True)


def pooled(at: Places, known: Floats, *, clustered: bool) -> Clusters:
    """One response for all that have the same ratings by the same annotators."""
    code, size = np.zeros(at.shape[1], dtype=np.int64), 1
    for row in at:
        if size > 2**62 // (len(known) + 1):  # the next step would not fit: number the codes anew
            code = np.unique(code, return_inverse=True)[1].astype(np.int64)
            size = int(code.max()) + 1
        code = code * (len(known) + 1) + row
        size *= len(known) + 1
    _codes, first, times = np.unique(code, return_index=True, return_counts=True)
    return Clusters(at[:, first], known, np.arange(len(first)), times.astype(float), clustered)
