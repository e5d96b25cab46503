from statistics import fmean

import numpy as np
import pytest
from hypothesis import given, settings

from annotation.agreement import Figure, drift, severities
from tests.annotation.agreement.annotators.measures import Table, shared_values
from tests.annotation.agreement.arrays import array, rows, study


def test_severity_is_the_difference_from_the_mean_of_the_others() -> None:
    ratings = array([1, 2, 3, None], [2, 2, 5, 4], [3, None, 4, None])
    # 1 - 2.5, 2 - 2, 3 - 4.5; 2 - 2, 2 - 2, 5 - 3.5, and 4 stands alone; 3 - 1.5, 4 - 4
    assert severities(ratings) == (Figure(-1.0, 3), Figure(0.5, 3), Figure(0.75, 2))


@settings(max_examples=150, deadline=None)
@given(rows())
def test_any_ratings_give_the_severity_that_counting_one_by_one_gives(table: Table) -> None:
    for number, figure in enumerate(severities(array(*table))):
        shared = shared_values(table, number)
        expected = fmean(own - fmean(others) for own, others in shared) if shared else None
        assert (figure.value, figure.n) == (None if expected is None else pytest.approx(expected, abs=1e-12), len(shared))


def test_drift_is_the_severity_of_what_was_rated_in_each_period() -> None:
    ratings = array([4, 5, 1, None, 3], [2, 5, 3, 6, None], [None, 2, 2, 6, None])
    periods = np.array([[0, 1, 1, -1, 0], [1, 1, 0, 0, -1], [-1, 0, 1, 1, -1]])
    assert drift(ratings, periods, 3) == (
        (Figure(2.0, 1), Figure(0.0, 2), Figure(None, 0, "nothing has been rated")),
        (Figure(0.75, 2), Figure(-0.25, 2), Figure(None, 0, "nothing has been rated")),
        (Figure(-3.0, 1), Figure(0.0, 2), Figure(None, 0, "nothing has been rated")),
    )


def test_drift_without_the_periods_of_an_annotator_is_an_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        drift(array([4, 5], [3, 3]), np.array([[0, 1]]), 2)


def test_a_period_of_ratings_that_nobody_shares_has_no_severity() -> None:
    ratings = array([4, 5], [None, 3])
    assert drift(ratings, np.array([[0, 1], [-1, 1]]), 2)[0] == (
        Figure(None, 0, "no response has two ratings"),
        Figure(2.0, 1),
    )


def test_the_severities_of_all_periods_average_to_the_severity() -> None:
    ratings = study(60, 1, annotators=4, missing=0.3).ratings
    periods = np.where(np.isnan(ratings), -1, np.arange(60) % 4)
    for by_period, overall in zip(drift(ratings, periods, 4), severities(ratings), strict=True):
        assert sum(figure.n for figure in by_period) == overall.n
        total = sum(figure.n * (figure.value or 0) for figure in by_period)
        assert overall.value == pytest.approx(total / overall.n, abs=1e-12)
