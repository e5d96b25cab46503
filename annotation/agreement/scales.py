"""A criterion's scale: the index of each rating among its levels, and the weight of agreement of two levels."""

from collections.abc import Sequence
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.ratings import Ratings

Scale = Sequence[int] | NDArray[np.float64]
Codes = NDArray[np.int32]
Weights = Literal["identity", "ordinal", "linear", "quadratic"] | NDArray[np.float64]


def ascending_levels(ratings: Ratings, scale: Scale | None) -> NDArray[np.float64]:
    """The levels of the scale in ascending order; without a scale, as for means, the values that occur."""
    return np.unique(ratings[~np.isnan(ratings)] if scale is None else np.asarray(scale, dtype=float))


def encode(ratings: Ratings, levels: NDArray[np.float64]) -> Codes:
    """The index of each rating among the ascending levels, counted from 0; -1 for none.

    A rating that is none of the levels is a ValueError.
    """
    codes = np.empty(ratings.shape, dtype=np.int32)
    for row, row_codes in zip(ratings, codes, strict=True):
        missing = np.isnan(row)
        row_codes[:] = np.where(missing, -1, np.searchsorted(levels, row))
        padded = np.append(levels, np.nan)  # nothing equals NaN: what lies above the scale, and a missing rating
        if not (missing | (padded[row_codes] == row)).all():
            raise ValueError("a rating is not on the scale")
    return codes


def agreement_weights(weights: Weights, scale: Scale) -> NDArray[np.float64]:
    """The weight of agreement of two levels, levels x levels: 1 when equal, 0 when as far apart as the scale allows.

    By name: "identity" counts equal levels alone; "linear" and "quadratic" fall with the distance and its square; "ordinal"
    with the number of pairs of levels between (Gwet 2014, table 3.2). A matrix is taken as it is: symmetric, of the size of
    the scale, 1 on its diagonal.
    """
    levels = np.unique(np.asarray(scale, dtype=float))
    if isinstance(weights, np.ndarray):
        return checked(weights, len(levels))
    if weights == "identity":
        return np.eye(len(levels))
    steps = np.abs(np.subtract.outer(np.arange(len(levels)), np.arange(len(levels))))
    distance = np.abs(np.subtract.outer(levels, levels))
    # steps * (steps + 1) is twice the number of pairs: its share of the greatest is the same
    disagreement = {"ordinal": steps * (steps + 1), "linear": distance, "quadratic": distance**2}[weights]
    return cast(NDArray[np.float64], 1 - disagreement / max(disagreement.max(), np.finfo(float).tiny))


def from_disagreement(disagreement: Any) -> NDArray[np.float64]:
    """Agreement weights from Cohen's disagreement weights: levels x levels, 0 on the diagonal, at least one above 0."""
    weights = np.asarray(disagreement)
    return cast(NDArray[np.float64], 1 - weights / weights.max())


def checked(weights: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    if weights.shape != (size, size):
        raise ValueError("weights are levels x levels of the full scale")
    if not np.array_equal(weights, weights.T) or not (np.diag(weights) == 1).all():
        raise ValueError("weights are symmetric, and 1 on their diagonal")
    return weights
