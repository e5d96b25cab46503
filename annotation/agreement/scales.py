"""A criterion's scale: the place of each rating on it, and how much of an agreement two levels are."""

from collections.abc import Sequence
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.ratings import Ratings

Scale = Sequence[int] | NDArray[np.float64]
Places = NDArray[np.int32]
Weights = Literal["identity", "ordinal", "linear", "quadratic"] | NDArray[np.float64]


def levels(ratings: Ratings, scale: Scale | None) -> NDArray[np.float64]:
    """The levels in ascending order: the scale's, or where there is none, for means, the values that occur."""
    return np.unique(ratings[~np.isnan(ratings)] if scale is None else np.asarray(scale, dtype=float))


def places(ratings: Ratings, known: NDArray[np.float64]) -> Places:
    """The place of each rating among the ascending levels, counted from 0; -1 for none. A rating beside them is a ValueError."""
    found = np.empty(ratings.shape, dtype=np.int32)
    for row, into in zip(ratings, found, strict=True):
        missing = np.isnan(row)
        into[:] = np.where(missing, -1, np.searchsorted(known, row))
        beyond = np.append(known, np.nan)  # nothing equals NaN: what lies above the scale, and a missing rating
        if not (missing | (beyond[into] == row)).all():
            raise ValueError("a rating is beside the scale")
    return found


def agreement_weights(weights: Weights, scale: Scale) -> NDArray[np.float64]:
    """How much of an agreement two levels are, levels x levels: 1 when equal, 0 when as far apart as the scale allows.

    By name: "identity" counts equal levels alone; "linear" and "quadratic" fall with the distance and its square; "ordinal"
    with the number of pairs of levels between (Gwet 2014, table 3.2). A matrix is taken as it is: symmetric, of the size of
    the scale, 1 on its diagonal.
    """
    known = np.unique(np.asarray(scale, dtype=float))
    if isinstance(weights, np.ndarray):
        return checked(weights, len(known))
    if weights == "identity":
        return np.eye(len(known))
    steps = np.abs(np.subtract.outer(np.arange(len(known)), np.arange(len(known))))
    distance = np.abs(np.subtract.outer(known, known))
    # steps * (steps + 1) is twice the number of pairs: its share of the greatest is the same
    apart = {"ordinal": steps * (steps + 1), "linear": distance, "quadratic": distance**2}[weights]
    return cast(NDArray[np.float64], 1 - apart / max(apart.max(), np.finfo(float).tiny))


def from_disagreement(disagreement: Any) -> NDArray[np.float64]:
    """Agreement weights from Cohen's disagreement weights: levels x levels, 0 on the diagonal, at least one above 0."""
    apart = np.asarray(disagreement)
    return cast(NDArray[np.float64], 1 - apart / apart.max())


def checked(weights: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    if weights.shape != (size, size):
        raise ValueError("weights are levels x levels of the full scale")
    if not np.array_equal(weights, weights.T) or not (np.diag(weights) == 1).all():
        raise ValueError("weights are symmetric, and 1 on their diagonal")
    return weights
