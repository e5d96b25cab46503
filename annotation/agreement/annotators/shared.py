"""The responses that an annotator shares with others: comparisons with the others rest on them, and they are a figure's `n`.

`ratings` is annotators x responses, NaN for none. Several criteria may stand side by side: each response and its query then
come once for each criterion.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.figures import Figure
from annotation.agreement.ratings import Counts, Ratings, why_not_comparable

Figures = tuple[Figure, ...]
Mask = NDArray[np.bool_]


def shared_responses(ratings: Ratings) -> Iterator[tuple[Mask, str | None]]:
    """For each annotator the responses that they and at least one other rated, and the reason where there are none."""
    rated = ~np.isnan(ratings)
    raters, by_several = int(rated.any(axis=1).sum()), rated.sum(axis=0) > 1
    for own in rated:
        shared = own & by_several
        n = int(own.sum())
        yield shared, why_not_comparable(Counts(items=n, pairable_items=int(shared.sum()), raters=raters, ratings=n))
