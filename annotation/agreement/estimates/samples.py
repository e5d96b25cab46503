"""Values of responses, grouped by query as the intervals need them."""

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import Clusters, Floats, Queries, numbered

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]


def clustered(queries: Queries) -> Clusters:
    """The responses of these queries; there are no ratings in it, for each is one value."""
    number, cluster = numbered(queries)
    return Clusters(np.empty((0, len(queries)), dtype=np.int8), np.empty(0), cluster, np.ones(number), clustered=True)


def weights_or_ones(weights: Floats | None, values: Floats) -> Floats:
    """A weight for each value. A weight is finite and not below 0."""
    if weights is None:
        return np.ones(len(values))
    if len(weights) != len(values):
        raise ValueError("each value has a weight")
    if not (np.isfinite(weights) & (weights >= 0)).all():
        raise ValueError("a weight is a number that is not below 0")
    return weights


def effective_size(weights: Floats) -> float:
    """How many responses of equal weight tell as much: (Σ w)² / Σ w² (Kish 1965). 0 without any."""
    return float(weights.sum() ** 2 / (weights**2).sum()) if weights.any() else 0.0
