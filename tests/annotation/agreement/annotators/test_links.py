from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from annotation.agreement.annotators.links import linked_groups
from tests.annotation.agreement.annotators.measures import Table
from tests.annotation.agreement.arrays import array, rows


@pytest.mark.parametrize(
    ("ratings", "groups"),
    [
        (np.empty((0, 0)), []),
        (np.empty((2, 0)), []),
        (array([None, None], [None, None]), []),
        (array([1, 2]), [[0]]),
        (array([1, None], [2, 3]), [[0, 1]]),
        (array([1, None], [None, 3]), [[0], [1]]),
        (array([1, None], [None, None], [None, 3]), [[0], [2]]),
        # 0 and 3 share nothing, and are linked by 2; 1 and 4 are apart from them
        (
            array(
                [1, None, None, None],
                [None, None, 4, None],
                [2, 3, None, None],
                [None, 3, None, None],
                [None, None, 5, None],
            ),
            [[0, 2, 3], [1, 4]],
        ),
    ],
)
def test_annotators_are_linked_by_the_responses_that_they_share(ratings: Any, groups: list[list[int]]) -> None:
    assert linked_groups(ratings) == groups


def test_a_long_chain_of_pairs_is_one_group() -> None:
    ratings = np.full((30, 29), np.nan)
    order = np.random.default_rng(0).permutation(30)
    for response, (one, other) in enumerate(pairwise(order)):
        ratings[[one, other], response] = 3
    assert linked_groups(ratings) == [list(range(30))]
    ratings[:, 14] = np.nan
    assert sorted(linked_groups(ratings)) == sorted([sorted(order[:15].tolist()), sorted(order[15:].tolist())])


@given(rows())
def test_groups_are_those_that_joining_response_by_response_gives(table: Table) -> None:
    groups = [{place} for place, row in enumerate(table) if any(value is not None for value in row)]
    for response in zip(*table, strict=True):
        together = {place for place, value in enumerate(response) if value is not None}
        joined = [group for group in groups if group & together]
        groups = [group for group in groups if not group & together] + ([set().union(*joined)] if joined else [])
    assert linked_groups(array(*table)) == sorted(map(sorted, groups))
