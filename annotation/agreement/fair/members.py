"""Who rated what, as lists: sums over them cost what there are ratings, not what the whole array has cells."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import Floats

Indices = NDArray[np.intp]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Members:
    """The annotators of each group, in the order of the groups: `annotator` and `group` have a number for each member.

    A group is a response, or a panel: the same annotators of any number of responses. `first` and `second` are the members of
    each two in one group, once.
    """

    annotator: Indices
    group: Indices
    first: Indices
    second: Indices

    @cached_property
    def pairs(self) -> tuple[Indices, Indices]:
        """The annotators of each two."""
        return self.annotator[self.first], self.annotator[self.second]


def members_of(rated: Mask) -> Members:
    """Of the columns of annotators x groups."""
    group, annotator = np.nonzero(np.ascontiguousarray(rated.T))
    ends = np.cumsum(rated.sum(axis=0))
    place = np.arange(len(group))
    later = ends[group] - 1 - place  # members of the same group
    first = np.repeat(place, later)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(later) - later, later)
    return Members(annotator, group, first, second)


def sums(groups: Indices, numbers: Floats, size: int) -> Floats:
    """The sum of the numbers of each of `size` groups; `groups` has the group of each number."""
    summed: Floats = np.bincount(groups, weights=numbers, minlength=size).astype(float, copy=False)
    return summed


def panels_of(rated: Mask) -> tuple[Mask, Indices]:
    """The distinct columns of annotators x responses, annotators x panels, and the number of each response's panel."""
    bits = np.packbits(np.ascontiguousarray(rated.T), axis=1)
    padded = np.zeros((len(bits), -(-bits.shape[1] // 8) * 8), dtype=np.uint8)
    padded[:, : bits.shape[1]] = bits
    words = padded.view(np.uint64)
    order = np.lexsort(words.T)
    starts = np.r_[True, (words[order[1:]] != words[order[:-1]]).any(axis=1)]
    panel = np.empty(len(order), dtype=np.intp)
    panel[order] = np.cumsum(starts) - 1
    return rated[:, order[starts]], panel
