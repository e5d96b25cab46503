"""Estimates that are looked at together: how likely each is by chance, corrected for their number.

The correction is Benjamini & Hochberg's (1995): of all that are marked as beyond chance, one in twenty is expected to be there by
chance, whatever the number of looks. Holm's, which bounds the chance of a single false mark, would hide most real differences
among the hundred subfields of a study of MMIE's size.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from annotation.agreement.annotators.bias import FALSE_DISCOVERIES, benjamini_hochberg, chance
from annotation.agreement.annotators.estimates import Estimate, from_squares
from annotation.agreement.clusters import Floats
from annotation.agreement.figures import Figure

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Look:
    """`p` is that of a true value of 0, two-sided by Student's t on queries - 1; `adjusted` is it after the correction. Both are
    None where there is no standard error."""

    estimate: Estimate
    p: float | None
    adjusted: float | None

    @property
    def beyond_chance(self) -> bool:
        return self.adjusted is not None and self.adjusted <= FALSE_DISCOVERIES


def looks(estimates: Mapping[Key, Estimate]) -> dict[Key, Look]:
    """All estimates of one report, corrected together."""
    chances = {key: chance(estimate) for key, estimate in estimates.items()}
    adjusted = iter(benjamini_hochberg(np.array([p for p in chances.values() if p is not None])).tolist())
    return {
        key: Look(estimate, chances[key], None if chances[key] is None else next(adjusted)) for key, estimate in estimates.items()
    }


def estimated(value: float, n: int, moves: Floats, queries: int | None) -> Estimate:
    """A value that rests on `n` responses of so many queries; `moves` is how far each query moves it. None for no interval."""
    if queries is None:
        return Estimate(Figure(value, n))
    return from_squares(value, n, float(moves @ moves), queries)
