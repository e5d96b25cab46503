from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from annotation.agreement.fair.members import members_of, panels_of, sums
from tests.annotation.agreement.arrays import array, rows

RATED = ~np.isnan(array([1, None, 2, 3], [2, None, None, 3], [None, None, 4, 3]))


def test_members_stand_in_the_order_of_their_groups() -> None:
    members = members_of(RATED)
    assert members.group.tolist() == [0, 0, 2, 2, 3, 3, 3]
    assert members.annotator.tolist() == [0, 1, 0, 2, 0, 1, 2]


def test_each_two_members_of_a_group_are_a_pair_once() -> None:
    members = members_of(RATED)
    assert list(zip(members.first.tolist(), members.second.tolist(), strict=True)) == [(0, 1), (2, 3), (4, 5), (4, 6), (5, 6)]
    assert [side.tolist() for side in members.pairs] == [[0, 0, 0, 0, 1], [1, 2, 1, 2, 2]]


@given(rows())
def test_any_groups_have_the_pairs_that_counting_one_by_one_gives(table: Any) -> None:
    rated = ~np.isnan(array(*table))
    members = members_of(rated)
    expected = [pair for column in rated.T for pair in combinations(np.flatnonzero(column).tolist(), 2)]
    one, two = members.pairs
    assert sorted(zip(one.tolist(), two.tolist(), strict=True)) == sorted(expected)
    assert (members.group[members.first] == members.group[members.second]).all()


@pytest.mark.parametrize("annotators", [1, 7, 9, 64, 65, 130])
def test_a_panel_is_the_same_annotators_of_any_number_of_responses(annotators: int) -> None:
    random = np.random.default_rng(annotators)
    some = random.random((annotators, 6)) < 0.5
    some[:, 1] = some[:, 0]
    some[-1, 1] ^= True  # panels that differ in the last annotator alone
    rated = some[:, random.integers(0, 6, 40)]
    panels, panel = panels_of(rated)
    assert (panels[:, panel] == rated).all()
    assert len(set(map(bytes, panels.T))) == panels.shape[1] == len(set(map(bytes, rated.T)))


def test_sums_are_floats_even_of_no_numbers() -> None:
    assert sums(np.array([0, 2, 0]), np.array([1.5, 2.0, 3.0]), 4).tolist() == [4.5, 0.0, 2.0, 0.0]
    none = sums(np.array([], dtype=np.intp), np.array([]), 2)
    assert (none.tolist(), none.dtype) == ([0.0, 0.0], np.dtype(float))
