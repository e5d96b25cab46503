import numpy as np
import pytest
from scipy import stats

from annotation.agreement import Figure, Resamples
from annotation.agreement.scorer import MEASURES, measures, paired
from tests.annotation.agreement.scorer.scored import CONSTANT, drawn


def test_each_difference_is_that_of_the_measures() -> None:
    scores, labels = drawn(150)
    others = drawn(150, seed=1)[0]
    first, second = measures(scores, labels), measures(others, labels)
    actual = paired(scores, others, labels)
    assert tuple(actual) == MEASURES
    assert {name: figure.value for name, figure in actual.items()} == {
        name: first[name].value - second[name].value
        for name in MEASURES  # type: ignore[operator]
    }


def test_the_interval_of_a_mean_difference_is_the_paired_t_interval() -> None:
    """Of means the jackknife is the t interval of the differences, response by response."""
    scores, labels = drawn(40)
    others = np.clip(scores + np.random.default_rng(2).normal(size=40), 0, 6)
    distances = np.abs(scores - labels) - np.abs(others - labels)
    expected = stats.ttest_1samp(distances, 0).confidence_interval()
    actual = paired(scores, others, labels, np.arange(40))["mae"]
    assert (actual.low, actual.high) == pytest.approx((expected.low, expected.high), abs=1e-12)


@pytest.mark.parametrize("queries", [50, 200])
def test_two_scorers_that_err_alike_are_told_apart_more_sharply_than_each_alone(queries: int) -> None:
    _scores, labels = drawn(queries)
    random = np.random.default_rng(3)
    scores = labels + random.normal(size=queries)
    others = scores + 0.05 + random.normal(0, 0.1, queries)
    difference = paired(scores, others, labels, np.arange(queries), resamples=Resamples(1, 500))["bias"]
    alone = measures(scores, labels, np.arange(queries), resamples=Resamples(1, 500))["bias"]
    assert (difference.high - difference.low) < (alone.high - alone.low) / 5  # type: ignore[operator]


def test_a_scorer_does_not_differ_from_itself() -> None:
    scores, labels = drawn(150)
    alike = Figure(0.0, 150, no_interval="too few queries differ for an interval")
    assert paired(scores, scores, labels, np.arange(150)) == dict.fromkeys(MEASURES, alike)


def test_a_measure_that_one_of_them_has_not_has_that_ones_reason() -> None:
    scores, labels = drawn(30)
    for pair in ((scores, np.full(30, 4.0)), (np.full(30, 4.0), scores)):
        assert paired(*pair, labels, np.arange(30))["pearson"] == Figure(None, 30, CONSTANT)
    assert paired(np.full(30, 0.1), scores, np.full(30, 0.1))["weighted_kappa"] == Figure(None, 30, CONSTANT)
