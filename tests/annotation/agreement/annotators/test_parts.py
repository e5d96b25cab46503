import numpy as np
import pytest

from annotation.agreement import least_squares
from annotation.agreement.annotators import parts
from annotation.agreement.annotators.parts import means_of_parts, products, shares_of_others
from tests.annotation.agreement.arrays import array, study


def test_a_part_without_ratings_is_none_and_ratings_without_a_part_count_nowhere() -> None:
    fit = least_squares(array([1, 2, 3, 3], [2, 2, 5, 6])[None], np.arange(4))
    means = means_of_parts(fit, np.array([1, 1, -1, 2])[fit.response], 3)
    assert [[each and (each.figure.n, each.queries) for each in row] for row in means] == [[None, (2, 2), (1, 1)]] * 2


def test_the_share_of_each_other_in_a_part_is_how_often_their_severity_is_taken_out() -> None:
    # of the response of three, weight 2/3, each other has half; of that of two, weight 1/2, the other has all
    fit = least_squares(array([1, 2, 3], [2, None, 5], [3, 4, None])[None], np.arange(3))
    everything = np.ones(len(fit.gap), dtype=bool)
    total = np.bincount(fit.annotator, weights=fit.weight)
    assert shares_of_others(fit, everything, fit.annotator, total) == pytest.approx(
        np.array([[0, (1 / 3 + 1 / 2) / (5 / 3), (1 / 3 + 1 / 2) / (5 / 3)], [5 / 7, 0, 2 / 7], [5 / 7, 2 / 7, 0]]), abs=1e-12
    )


def test_the_mean_of_all_ratings_is_the_severity_with_its_error() -> None:
    sample = study(40, 2, annotators=5, missing=0.4)
    fit = least_squares(sample.ratings[None], sample.queries)
    means = means_of_parts(fit, np.zeros(len(fit.gap), dtype=int), 1)
    assert [row[0] and row[0].figure.value for row in means] == pytest.approx(fit.severity.tolist(), abs=1e-12)
    queries = np.array([row[0].queries if row[0] else 0 for row in means])
    expected = np.sqrt((fit.moves**2).sum(axis=0) * queries / (queries - 1))
    assert [row[0] and row[0].se for row in means] == pytest.approx(expected.tolist(), abs=1e-12)
    own = means_of_parts(fit, np.zeros(len(fit.gap), dtype=int), 1, from_own=True)
    assert [row[0] and round(row[0].figure.value or 0, 12) for row in own] == [0] * 5


def test_products_of_rows_do_not_depend_on_how_many_are_taken_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right = np.arange(12.0).reshape(4, 3), np.arange(6.0).reshape(2, 3)
    rows, others = np.array([3, 0, 2, 1, 3]), np.array([0, 1, 1, 0, 1])
    expected = (left[rows] * right[others]).sum(axis=1)
    for size in (1, 2, 5, 9):
        monkeypatch.setattr(parts, "PAIRS", size)
        assert products(left, rows, right, others).tolist() == expected.tolist()
    assert products(left, rows[:0], right, others[:0]).tolist() == []
