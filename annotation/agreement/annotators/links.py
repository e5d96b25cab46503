"""Which annotators can be compared with each other: those whom responses that both rated link, directly or over others."""

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.ratings import Ratings


def linked_groups(ratings: Ratings) -> list[list[int]]:
    """The groups of annotators that responses link, each a list of rows in ascending order, sorted by their first row.

    `ratings` is annotators x responses, NaN for none; of several criteria, with the criteria's responses side by side. Two
    annotators who rated the same response are of one group, and so are all whom a chain of such pairs joins. Who shares no
    response with anybody is a group alone; who rated nothing is in none. Severities of different groups cannot be compared.
    """
    rated = (~np.isnan(ratings)).astype(np.float32)
    return joined(rated @ rated.T > 0)


def joined(shared: NDArray[np.bool_]) -> list[list[int]]:
    """The same groups, from whether each two annotators rated a response both; on the diagonal, whether one rated any."""
    groups: list[list[int]] = []
    waiting = np.diag(shared).copy()
    while waiting.any():
        group = np.zeros(len(shared), dtype=bool)
        reached = np.arange(len(shared)) == np.argmax(waiting)
        while (reached & ~group).any():
            group = reached  # and who was reached before: each shares responses with oneself
            reached = shared[group].any(axis=0)
        groups.append(np.flatnonzero(group).tolist())
        waiting &= ~group
    return groups
