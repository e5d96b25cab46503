import numpy as np
import pytest
from scipy import stats

from annotation.agreement import Figure, Resamples
from annotation.agreement.estimates import ErrorShare, error_shares

FEW_DIFFER = "too few queries differ for an interval"
# Two types, six responses to six queries: three have the first type, one of them twice, and one has the second.
MARKS = np.array([[2, 0], [1, 0], [1, 1], [0, 0], [0, 0], [0, 0]])


def of(marks: np.ndarray, queries: np.ndarray, resamples: Resamples | None = None) -> tuple[ErrorShare, ...]:
    [found] = error_shares(marks, np.zeros(len(marks), dtype=np.int64), 1, queries, resamples=resamples)
    return found


def test_a_share_is_of_responses_or_of_marks() -> None:
    first, second = of(MARKS, np.arange(6))
    assert (first.marks, first.of_responses.value, first.of_marks.value) == (4, 0.5, 0.8)
    assert (second.marks, second.of_responses.value, second.of_marks.value) == (1, pytest.approx(1 / 6), pytest.approx(0.2))
    assert [(each.of_responses.n, each.of_marks.n) for each in (first, second)] == [(6, 3), (6, 3)]


def test_the_interval_leaves_each_query_out_on_the_scale_of_the_logit() -> None:
    first, _second = of(MARKS, np.arange(6))
    # without a query the share is 2/5 or 3/5: the standard error in units of the share, then that of the logit at 1/2
    half = stats.t.ppf(0.975, 5) * np.sqrt(5 / 6 * 6 * 0.1**2) / (0.5 * 0.5)
    expected = [1 / (1 + np.exp(half)), 1 / (1 + np.exp(-half))]
    assert [first.of_responses.low, first.of_responses.high] == pytest.approx(expected)


def test_responses_to_one_query_go_together() -> None:
    one, _other = of(np.repeat(MARKS, 2, axis=0), np.repeat(np.arange(6), 2))
    other, _second = of(MARKS, np.arange(6))
    assert (one.of_responses.low, one.of_responses.high) == pytest.approx((other.of_responses.low, other.of_responses.high))
    assert one.of_responses.n == 12


def test_from_100_queries_on_queries_are_resampled_where_it_is_asked_for() -> None:
    marks = np.random.default_rng(0).integers(0, 2, (120, 1))
    drawn = np.random.default_rng((5, 0)).integers(120, size=(400, 120))
    expected = np.quantile(marks[drawn, 0].mean(axis=1), [0.025, 0.975], method="weibull")
    [found] = of(marks, np.arange(120), Resamples(seed=5, number=400))
    assert [found.of_responses.low, found.of_responses.high] == pytest.approx(expected)


def test_where_nothing_or_everything_is_marked_there_is_no_interval() -> None:
    nowhere, everywhere = of(np.array([[0, 1]] * 6), np.arange(6))
    assert nowhere == ErrorShare(0, *[Figure(0.0, 6, no_interval=FEW_DIFFER)] * 2)
    assert everywhere == ErrorShare(6, *[Figure(1.0, 6, no_interval=FEW_DIFFER)] * 2)


def test_undefined_is_said_with_its_reason() -> None:
    unmarked, unjudged = error_shares(np.zeros((6, 1), dtype=np.int64), np.zeros(6, dtype=np.int64), 2, np.arange(6))
    no_marks, no_value = Figure(None, 0, "no error is marked"), Figure(None, 0, "no response has a value")
    assert unmarked == (ErrorShare(0, Figure(0.0, 6, no_interval=FEW_DIFFER), no_marks),)
    assert unjudged == (ErrorShare(0, no_value, no_value),)


def test_each_part_has_its_own_shares() -> None:
    parts = np.array([0, 1, 0, 1, 0, 1])
    assert error_shares(MARKS, parts, 2, np.arange(6)) == tuple(
        of(MARKS[parts == part], np.arange(6)[parts == part]) for part in range(2)
    )


def test_a_share_is_plain() -> None:
    figure = Figure(0.5, 6)
    plain = {"value": 0.5, "n": 6, "reason": None}
    assert ErrorShare(4, figure, figure).plain(interval=False) == {"marks": 4, "of_responses": plain, "of_marks": plain}
