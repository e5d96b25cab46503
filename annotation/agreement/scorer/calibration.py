"""What a scorer's scores mean, level by level: the mean label of the responses that it scores 4, and how it scores those that
people label 4; and the confusion of levels.

Scores and labels are rounded half up to whole points for their level; means are of the values as they are. Where people's labels
err, the scores of those that they label highest lie lower on average, and of those lowest higher, even of a perfect scorer: read
the levels of scores for what a score is worth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import Floats, Queries
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples
from annotation.agreement.reasons import LEVEL_EMPTY
from annotation.agreement.scorer.measures import Compared, Scores, rounded
from annotation.agreement.scorer.sums import OfSums, clusters_of_responses, figures, ratio


@dataclass(frozen=True)
class Level:
    """Of the `n` responses at one level, the mean score and the mean label."""

    level: int
    n: int
    score: Figure
    label: Figure


def calibration(
    scores: Scores,
    labels: Scores,
    queries: Queries | None = None,
    *,
    by: Literal["score", "label"],
    levels: Sequence[int],
    resamples: Resamples | None = DEFAULT_RESAMPLES,
) -> tuple[Level, ...]:
    """Each of `levels`, by what the score or the label is rounded to. One that is rounded to none of them is a ValueError. Other
    arguments as in `measures`."""
    compared = Compared(scores, labels)
    places = at_levels(scores if by == "score" else labels, levels)
    numbers = np.bincount(places, minlength=len(levels))
    measures = {
        f"{place} {name}": mean_at(place, places, values, int(numbers[place]))
        for place in range(len(levels))
        for name, values in (("score", compared.scores), ("label", compared.labels))
    }
    means = figures(measures, clusters_of_responses(queries, len(scores)), resamples, sparse=True)
    return tuple(
        Level(level, int(numbers[place]), means[f"{place} score"], means[f"{place} label"]) for place, level in enumerate(levels)
    )


def mean_at(place: int, places: NDArray[np.intp], values: Floats, n: int) -> OfSums | Figure:
    if not n:
        return Figure(None, 0, LEVEL_EMPTY)
    own = places == place
    return OfSums((own.astype(float), np.where(own, values, 0.0)), lambda sums: ratio(sums[:, 1], sums[:, 0]), n)


def confusion(scores: Scores, labels: Scores, *, levels: Sequence[int]) -> NDArray[np.int64]:
    """How many responses have each level of label (rows) and of score (columns). Arguments as in calibration."""
    size = len(levels)
    cells = at_levels(labels, levels) * size + at_levels(scores, levels)
    return np.bincount(cells, minlength=size * size).reshape(size, size).astype(np.int64)


def at_levels(values: Scores, levels: Sequence[int]) -> NDArray[np.intp]:
    """The place of each value's level among the ascending levels."""
    ascending = np.asarray(levels, dtype=float)
    wholes = rounded(values)
    places = np.minimum(np.searchsorted(ascending, wholes), len(ascending) - 1)
    if (ascending[places] != wholes).any():
        raise ValueError("a score or a label is on no level")
    return places
