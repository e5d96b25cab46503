import numpy as np
import pytest

from annotation.agreement import confusion, confusions, sum_over_pairs
from tests.annotation.agreement.arrays import SCALE, array, study


def test_confusions_count_how_often_two_levels_were_given_to_one_response() -> None:
    ratings = array([1, 1, 2, 3, None], [1, 2, 2, None, 3], [None, 2, 1, None, 3])
    tables = confusions(ratings, range(1, 5))
    assert (tables.shape, tables.dtype) == ((3, 3, 4, 4), np.int64)
    assert tables[0, 1].tolist() == [[1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    assert tables[1, 0].tolist() == tables[0, 1].T.tolist()
    assert tables[1, 2].tolist() == [[0, 0, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]]
    assert tables[0, 0].tolist() == [[2, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]]
    # both sides of 1-1, 1-2, 2-2; 1-2, 2-1; 2-2, 2-1, 3-3
    assert sum_over_pairs(tables).tolist() == [[2, 4, 0, 0], [4, 4, 0, 0], [0, 0, 2, 0], [0, 0, 0, 0]]


def test_confusions_counted_in_parts_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    ratings = study(50).ratings
    at_once = confusions(ratings, SCALE)
    for responses in (1, 7, 50, 51):
        monkeypatch.setattr(confusion, "RESPONSES", responses)
        assert np.array_equal(confusions(ratings, SCALE), at_once)
