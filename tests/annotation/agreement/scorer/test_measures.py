from typing import Any

import numpy as np
import pytest
from scipy import stats
from sklearn import metrics

from annotation.agreement import Figure, Resamples, pearson_of_two
from annotation.agreement.scorer import MEASURES, cosine, mae, measures, mse, paired, pearson
from tests.annotation.agreement.scorer.scored import CONSTANT, drawn

SCORES, LABELS = np.array([3.0, 4.0]), np.array([4.0, 3.0])
NOTHING = np.array([])
NO_SCORES = Figure(None, 0, "no response has both a score and a label")


@pytest.mark.parametrize(("measure", "value"), [(cosine, 24 / 25), (mse, 1.0), (mae, 1.0), (pearson, -1.0)])
def test_the_measures_on_two_responses_worked_by_hand(measure: Any, value: float) -> None:
    actual = measure(SCORES, LABELS)
    assert (actual.value, actual.n) == (pytest.approx(value, abs=1e-12), 2)


@pytest.mark.parametrize(
    ("measure", "scores", "labels", "figure"),
    [
        (cosine, NOTHING, NOTHING, NO_SCORES),
        (cosine, np.zeros(2), LABELS, Figure(None, 2, "the scores or the labels are all zero")),
        (mse, NOTHING, NOTHING, NO_SCORES),
        (mae, NOTHING, NOTHING, NO_SCORES),
        (pearson, NOTHING, NOTHING, NO_SCORES),
        (pearson, np.ones(1), np.ones(1), Figure(None, 1, "only one response has both a score and a label")),
        (pearson, np.ones(2), LABELS, Figure(None, 2, CONSTANT)),
    ],
)
def test_an_undefined_figure_has_its_reason(measure: Any, scores: Any, labels: Any, figure: Figure) -> None:
    assert measure(scores, labels) == figure


@pytest.mark.parametrize("size", [1e-200, 1e200])
def test_neither_tiny_nor_huge_scores_lose_their_angle(size: float) -> None:
    for measure, value in ((cosine, 24 / 25), (pearson, -1.0)):
        assert measure(size * SCORES, LABELS).value == pytest.approx(value, abs=1e-12)
        assert measure(LABELS, size * SCORES).value == pytest.approx(value, abs=1e-12)


def test_an_angle_is_never_beyond_1_by_rounding() -> None:
    random = np.random.default_rng(3)
    for _ in range(200):
        scores = random.random(5)
        assert cosine(scores, 3 * scores).value in (pytest.approx(1), 1.0)
        assert -1 <= (cosine(scores, -7 * scores).value or 0) <= (cosine(scores, 7 * scores).value or 0) <= 1


@pytest.mark.parametrize("seed", range(5))
def test_the_measures_are_those_of_numpy_scipy_and_scikit_learn(seed: int) -> None:
    scores, labels = drawn(200, seed)
    rounds = [np.floor(values + 0.5).astype(int) for values in (scores, labels)]
    expected = {
        "cosine": 1 - metrics.pairwise.cosine_distances([scores], [labels])[0, 0],
        "mse": metrics.mean_squared_error(labels, scores),
        "mae": metrics.mean_absolute_error(labels, scores),
        "pearson": stats.pearsonr(scores, labels)[0],
        "bias": np.mean(scores - labels),
        "spearman": stats.spearmanr(scores, labels)[0],
        "weighted_kappa": 1 - np.mean((scores - labels) ** 2) / np.mean(np.subtract.outer(scores, labels) ** 2),
        "exact": metrics.accuracy_score(*rounds),
        "adjacent": np.mean(np.abs(rounds[0] - rounds[1]) <= 1),
        "standardised_difference": (scores.mean() - labels.mean()) / labels.std(ddof=1),
    }
    actual = measures(scores, labels)
    assert tuple(actual) == MEASURES == tuple(expected)
    assert {name: figure.value for name, figure in actual.items()} == pytest.approx(expected, abs=1e-12)
    assert {figure.n for figure in actual.values()} == {200}


def test_of_whole_points_the_weighted_kappa_is_scikit_learns() -> None:
    scores, labels = (np.round(values) for values in drawn(150))
    expected = metrics.cohen_kappa_score(scores, labels, weights="quadratic")
    assert measures(scores, labels)["weighted_kappa"].value == pytest.approx(expected, abs=1e-12)


def test_the_worked_example_of_the_documents() -> None:
    """MSE 2/3, and 22/9 over all pairs of a score and a label."""
    actual = measures(np.array([1.0, 2.0, 4.0]), np.array([1.0, 3.0, 3.0]))
    assert (actual["mse"].value, actual["weighted_kappa"].value) == pytest.approx((2 / 3, 8 / 11), abs=1e-15)


def test_halves_are_rounded_up_before_levels_are_compared() -> None:
    """2.5 is 3 and 3.5 is 4; 4.4 is 4."""
    actual = measures(np.array([2.5, 3.5, 2.0, 1.0]), np.array([3.0, 4.4, 3.5, 1.0]))
    assert (actual["exact"], actual["adjacent"]) == (Figure(0.75, 4), Figure(0.75, 4))


@pytest.mark.parametrize("queries", [6, 60, 150])
def test_the_interval_is_that_of_the_responses_drawn(queries: int) -> None:
    """The correlation of two annotators has the same interval, and the mean error that of its replicates."""
    scores, labels = drawn(2 * queries)
    of_queries = np.repeat(np.arange(queries), 2)
    actual = measures(scores, labels, of_queries, resamples=Resamples(7, 300))["pearson"]
    expected = pearson_of_two(np.stack([scores, labels]), queries=of_queries, resamples=Resamples(7, 300))
    assert (actual.low, actual.high) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_every_measure_is_computed_anew_in_each_replicate() -> None:
    """Below 100 queries the interval is the jackknife's: from the measure without each response of ten, on its own scale."""
    scores, labels = drawn(10, seed=4)
    ends = {
        "cosine": (np.arctanh, np.tanh),
        "pearson": (np.arctanh, np.tanh),
        "spearman": (np.arctanh, np.tanh),
        "weighted_kappa": (np.arctanh, np.tanh),
        "mse": (np.log, np.exp),
        "mae": (np.log, np.exp),
        "bias": (lambda x: x, lambda x: x),
        "standardised_difference": (lambda x: x, lambda x: x),
    }
    without = [measures(np.delete(scores, left), np.delete(labels, left)) for left in range(10)]
    for name, (forward, back) in ends.items():
        figure = measures(scores, labels, np.arange(10))[name]
        values = np.array([each[name].value for each in without])
        width = stats.t.ppf(0.975, 9) * np.sqrt(0.9 * ((values - values.mean()) ** 2).sum())
        step = 1e-6
        slope = (forward(figure.value + step) - forward(figure.value - step)) / (2 * step)
        expected = [back(forward(figure.value) - width * slope), back(forward(figure.value) + width * slope)]
        assert [figure.low, figure.high] == pytest.approx(expected, abs=1e-6), name


def test_a_scorer_that_is_the_label_is_perfect_and_needs_no_interval() -> None:
    _scores, labels = drawn(240)
    for queries in (np.arange(240), np.arange(240) // 4):
        actual = measures(labels, labels, queries)
        best = dict.fromkeys(MEASURES, 1.0) | dict.fromkeys(("mse", "mae", "bias", "standardised_difference"), 0.0)
        assert {name: figure.value for name, figure in actual.items()} == pytest.approx(best, abs=1e-15)
        assert (actual["pearson"].value, actual["mse"].value) == (1.0, 0.0)
        assert {figure.no_interval for figure in actual.values()} == {"too few queries differ for an interval"}


def test_a_constant_scorer_ranks_nothing_and_its_kappa_is_that_of_chance() -> None:
    _scores, labels = drawn(240)
    actual = measures(np.full(240, 4.0), labels, np.arange(240))
    assert {name for name, figure in actual.items() if figure.value is None} == {"pearson", "spearman"}
    assert (actual["pearson"].reason, actual["spearman"].reason) == (CONSTANT, CONSTANT)
    assert actual["weighted_kappa"].value == pytest.approx(0, abs=1e-15)
    assert actual["cosine"].value == pytest.approx(labels.sum() / np.sqrt(240 * (labels**2).sum()), abs=1e-12)


def test_a_scorer_too_lenient_by_a_point_and_a_half_ranks_well_and_is_said_to_be_lenient() -> None:
    _scores, labels = drawn(240)
    actual = measures(labels + 1.5, labels, np.arange(240))
    assert (actual["pearson"].value, actual["bias"].value, actual["exact"].value) == pytest.approx((1, 1.5, 0), abs=1e-12)
    assert actual["standardised_difference"].value == pytest.approx(1.5 / labels.std(ddof=1))
    assert (actual["weighted_kappa"].value or 1) < 0.8


@pytest.mark.parametrize(("responses", "reason"), [(0, NO_SCORES.reason), (1, "only one response has both a score and a label")])
def test_one_response_or_none_has_no_figure_that_compares_responses(responses: int, reason: str) -> None:
    actual = measures(np.full(responses, 3.0), np.full(responses, 4.0), np.arange(responses))
    comparing = {"pearson", "spearman", "weighted_kappa", "standardised_difference"}
    assert {name: figure for name, figure in actual.items() if figure.value is None} == {
        name: Figure(None, responses, reason) for name in MEASURES if not responses or name in comparing
    }


def test_labels_that_are_all_the_same_have_no_standard_deviation_and_an_equal_scorer_no_kappa() -> None:
    actual = measures(np.array([3.0, 4.0, 3.0]), np.full(3, 3.3))
    assert actual["standardised_difference"] == actual["pearson"] == Figure(None, 3, CONSTANT)
    assert measures(np.full(3, 0.1), np.full(3, 0.1))["weighted_kappa"] == Figure(None, 3, CONSTANT)


def test_without_resamples_the_intervals_are_the_jackknifes() -> None:
    """Of a mean it is the t interval."""
    scores, labels = drawn(120)
    resampled, jackknifed = (measures(scores, labels, np.arange(120), resamples=each) for each in (Resamples(0, 1000), None))
    expected = stats.ttest_1samp(scores - labels, 0).confidence_interval()
    assert (jackknifed["bias"].low, jackknifed["bias"].high) == pytest.approx((expected.low, expected.high), abs=1e-12)
    for name in MEASURES:
        widths = [figures[name].high - figures[name].low for figures in (resampled, jackknifed)]  # type: ignore[operator]
        assert widths[0] == pytest.approx(widths[1], rel=0.2), name


@pytest.mark.parametrize(
    ("scores", "labels", "queries"),
    [([1.0], [1.0, 2.0], None), ([1.0, np.nan], [1.0, 2.0], None), ([1.0, 2.0], [1.0, np.inf], None), ([1.0], [1.0], [1, 2])],
)
def test_scores_without_labels_and_numbers_that_are_none_are_refused(scores: Any, labels: Any, queries: Any) -> None:
    with pytest.raises(ValueError, match=r"^(each response|a score or a label is not a number)"):
        measures(np.array(scores), np.array(labels), None if queries is None else np.array(queries))


def test_without_ranks_all_but_spearmans_coefficient_are_the_same() -> None:
    scores, labels = drawn(50)
    queries = np.arange(50)
    whole = measures(scores, labels, queries)
    del whole["spearman"]
    assert measures(scores, labels, queries, ranks=False) == whole
    assert set(paired(scores, labels, labels, queries, ranks=False)) == set(whole)
