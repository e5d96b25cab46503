"""ppi_py 0.2.3 made the stored numbers: ppi_mean_pointestimate, ppi_mean_ci(alpha=.05) and _calc_lam_glm of LABELS with the first
SCORES as Yhat and the others as Yhat_unlabeled."""

from typing import Any

import numpy as np
import pytest
from scipy import stats

from annotation.agreement import Figure
from annotation.agreement.annotators.estimates import Estimate
from annotation.agreement.estimates import PredictionPowered, prediction_powered
from annotation.agreement.estimates.predictions import sample_of as sample
from annotation.agreement.estimates.predictions import tune

NAN = float("nan")
LABELS = [2.79, 4.26, 4.75, 4.74, 5.68, 3.04, 4.15, 3.06, 1.79, 2.66, 3.66, 2.4]
SCORES = [
    3.62, 5.58, 5.64, 5.64, 6.0, 3.83, 3.7, 4.54, 2.03, 3.76, 4.36, 3.5,
    4.58, 3.93, 5.29, 2.89, 5.17, 2.44, 5.6, 3.74, 4.71, 5.96, 1.92, 3.95, 4.93, 5.29, 5.79, 4.97, 4.87, 4.42, 4.59, 4.38,
    5.39, 4.48, 5.04, 6.0, 5.59, 3.92, 4.19, 5.11, 3.59, 2.29,
]  # fmt: skip
QUERIES = np.arange(42)


def close(*values: float) -> Any:
    return pytest.approx(values, rel=1e-10, abs=1e-12)


def of_study(**options: Any) -> PredictionPowered:
    labels = np.array(LABELS + [NAN] * 30)
    return prediction_powered(labels, np.array(SCORES), QUERIES, **options)


def study(n: int, others: int, correlation: float, seed: int = 0) -> tuple[Any, Any, Any]:
    random = np.random.default_rng(seed)
    truth = random.normal(size=n + others)
    scores = 1 + correlation * truth + np.sqrt(1 - correlation**2) * random.normal(size=n + others)
    return np.where(np.arange(n + others) < n, truth, NAN), scores, np.arange(n + others)


def test_value_weight_and_standard_error_are_those_of_ppi_py() -> None:
    tuned = tune(sample(np.array(LABELS + [NAN] * 30), np.array(SCORES), QUERIES))
    assert (tuned.value, tuned.weight) == close(3.683145907994376, 0.673534787573289)
    half = stats.norm.ppf(0.975) * np.sqrt((tuned.moves**2).sum())
    assert (tuned.value - half, tuned.value + half) == close(3.288629915497448, 4.077661900491304)


def test_the_example_of_the_docs_is_as_computed_by_hand() -> None:
    labels, own = [2, 2, 3, 3, 4, 4, 5, 5, 3, 4], [3, 3, 4, 4, 4, 4, 5, 5, 4, 4]
    found = prediction_powered(np.array(labels + [NAN] * 30), np.array(own + [4] * 15 + [5] * 15, dtype=float), np.arange(40))
    both, alone = found.both.figure, found.labels.figure
    by_hand = pytest.approx((4.1561, 3.7125, 4.5996, 0.1961, 1.3121, 0.9258, 0.5741), abs=5e-5)
    assert (both.value, both.low, both.high, found.both.se, found.weight, found.correlation, found.ratio) == by_hand
    assert (alone.value, alone.low, alone.high, found.worth) == pytest.approx((3.5, 2.7273, 4.2727, 20.34), abs=5e-3)


def test_the_interval_has_students_t_and_the_weight_takes_a_degree_of_freedom() -> None:
    found = of_study()
    # ppi_py's standard error has 12 in its denominators where an estimated mean and an estimated weight leave 10
    se = (4.077661900491304 - 3.288629915497448) / 2 / stats.norm.ppf(0.975) * np.sqrt(12 / 10)
    half = stats.t.ppf(0.975, 11) * se
    both = found.both.figure
    assert (both.value, both.low, both.high) == close(3.683145907994376, 3.683145907994376 - half, 3.683145907994376 + half)
    assert (found.both.se, both.n, found.both.queries) == (pytest.approx(se, rel=1e-10), 12, 12)
    assert found.best == found.both


def test_beside_it_stand_labels_alone_and_scores_alone() -> None:
    found = of_study()
    labels, scores = np.array(LABELS), np.array(SCORES)
    for estimate, values in ((found.labels, labels), (found.scores, scores)):
        low, high = stats.t.interval(0.95, len(values) - 1, loc=values.mean(), scale=stats.sem(values))
        assert (estimate.figure.value, estimate.figure.low, estimate.figure.high) == close(values.mean(), low, high)
    assert found.correlation == pytest.approx(stats.pearsonr(labels, scores[:12]).statistic, rel=1e-10)
    assert (found.without_score, found.unlabelled) == (0, 30)


def test_a_scorer_is_worth_the_labels_that_would_make_the_interval_as_narrow() -> None:
    found = of_study()
    both, labels = found.both.figure, found.labels.figure
    assert both.low is not None
    assert both.high is not None
    assert labels.low is not None
    assert labels.high is not None
    ratio = (both.high - both.low) / (labels.high - labels.low)
    assert (found.ratio, found.worth) == close(ratio, 12 / ratio**2 - 12)


@pytest.mark.parametrize(("correlation", "ratio", "worth"), [(0.7, 0.717, 188), (0.9, 0.445, 808)])
def test_with_many_labels_and_scores_the_ratio_is_that_of_the_formula(correlation: float, ratio: float, worth: float) -> None:
    # √(1 - r² N / (n + N)) with n = 200 and N = 20,000, over studies
    found = [prediction_powered(*study(200, 20_000, correlation, seed)) for seed in range(20)]
    assert np.mean([each.ratio for each in found if each.ratio]) == pytest.approx(ratio, abs=0.015)
    assert np.median([each.worth for each in found if each.worth]) == pytest.approx(worth, rel=0.15)


def test_neither_a_bias_of_the_scorer_nor_its_unit_changes_the_value() -> None:
    labels, scores, queries = study(50, 400, 0.8)
    plain, moved = (prediction_powered(labels, each, queries) for each in (scores, 0.01 * scores - 40))
    assert moved.both.figure.plain(interval=True) == pytest.approx(plain.both.figure.plain(interval=True))
    assert plain.weight is not None
    assert moved.weight == pytest.approx(100 * plain.weight)


def test_two_responses_to_a_query_that_are_alike_count_once() -> None:
    labels, scores, queries = study(50, 400, 0.8)
    once, twice = (
        prediction_powered(np.repeat(labels, each), np.repeat(scores, each), np.repeat(queries, each)) for each in (1, 2)
    )
    # but for the variance of the scores, whose denominator has twice as many less one
    assert twice.both.figure.low == pytest.approx(once.both.figure.low, abs=1e-3)
    assert twice.both.figure.high == pytest.approx(once.both.figure.high, abs=1e-3)
    assert (twice.both.figure.n, twice.both.queries) == (100, 50)


def test_labels_of_a_sample_by_quotas_are_weighted() -> None:
    labels, scores, queries = study(50, 400, 0.8)
    weights = np.where(np.arange(450) % 2 == 0, 0.5, 1.5)
    found = prediction_powered(labels, scores, queries, weights=weights)
    own, of_scores = weights[:50], np.average(scores[:50], weights=weights[:50])
    covariance = np.average((labels[:50] - np.average(labels[:50], weights=own)) * (scores[:50] - of_scores), weights=own)
    slope = covariance / scores.var(ddof=1)
    value = np.average(labels[:50], weights=own) - slope * (of_scores - scores.mean())
    assert found.both.figure.value == pytest.approx(value, rel=1e-10)
    assert found.labels.figure.value == pytest.approx(np.average(labels[:50], weights=own), rel=1e-10)


def test_weights_that_are_all_the_same_change_nothing() -> None:
    found = of_study(weights=np.full(42, 0.25))
    assert found.plain(interval=True)["both"] == pytest.approx(of_study().plain(interval=True)["both"])


def test_a_label_without_a_score_counts_and_is_told() -> None:
    labels, scores, queries = study(50, 400, 0.8)
    scores[:5] = NAN
    found = prediction_powered(labels, scores, queries)
    own, every = scores[5:50], scores[5:]
    slope = 0.9 * np.cov(labels[5:50], own, ddof=0)[0, 1] / every.var(ddof=1)
    assert found.both.figure.value == pytest.approx(labels[:50].mean() - slope * (own.mean() - every.mean()), rel=1e-10)
    assert (found.both.figure.n, found.without_score, found.unlabelled) == (50, 5, 400)


FEW = "fewer than 10 queries have both a label and a score"
TRAINED, UNKNOWN = (
    "the scorer may have seen these labels in training",
    "the labelled responses are not a sample of known chances",
)
LITTLE = "the scores tell too little of the labels to make the interval narrower"
ALIKE = "the scores or the labels do not vary"


@pytest.mark.parametrize(("options", "reason"), [({"trained_on_labels": True}, TRAINED), ({"known_chances": False}, UNKNOWN)])
def test_labels_that_were_seen_or_chosen_are_not_put_together_with_scores(options: Any, reason: str) -> None:
    found, plain = of_study(**options), of_study()
    refused = Estimate(Figure(None, 12, reason))
    assert found == PredictionPowered(plain.labels, plain.scores, refused, plain.correlation, without_score=0, unlabelled=30)
    assert found.best == plain.labels


def test_nine_labelled_queries_are_too_few() -> None:
    labels, scores, queries = study(10, 400, 0.9)
    assert prediction_powered(labels, scores, queries).both.figure.value is not None
    labels[0] = NAN
    assert prediction_powered(labels, scores, queries).both.figure == Figure(None, 9, FEW)


@pytest.mark.parametrize(("correlation", "reason"), [(0.32, LITTLE), (0.35, None), (-0.9, LITTLE)])
def test_scores_that_correlate_too_little_are_not_used(correlation: float, reason: str | None) -> None:
    # 11 labels: the least correlation is 1 / √9
    x = np.arange(11.0) - 5
    y = x**2 - 10  # has no correlation with x, and the variance 78
    labels = correlation * x / np.sqrt(10) + np.sqrt(1 - correlation**2) * y / np.sqrt(78)
    found = prediction_powered(np.append(labels, [NAN] * 1100), np.tile(x, 101), np.arange(1111))
    assert (found.correlation, found.both.figure.reason) == (pytest.approx(correlation), reason)
    assert (found.weight is None, found.ratio is None, found.worth is None) == (reason is not None,) * 3


def test_an_interval_that_would_be_wider_is_not_used() -> None:
    # the labelled scores vary far more than the others do, by which λ is set
    random = np.random.default_rng(0)
    labels, own = random.normal(size=(2, 20))
    scores = np.concatenate([5 * (own + labels), 0.1 * random.normal(size=2000)])
    found = prediction_powered(np.append(labels, [NAN] * 2000), scores, np.arange(2020))
    assert found.correlation is not None
    assert found.correlation > 0.5
    assert found.both.figure.reason == LITTLE


@pytest.mark.parametrize(
    ("labels", "scores", "reason"),
    [
        ([3.0] * 12 + [NAN] * 5, list(range(17)), ALIKE),
        ([*range(12), *[NAN] * 5], [3.0] * 17, ALIKE),
        ([*range(12), *[NAN] * 5], [*range(12), *[NAN] * 5], "every response with a score has a label"),
        ([*range(12), *[NAN] * 5], [NAN] * 17, FEW),
        ([NAN] * 17, list(range(17)), FEW),
        ([], [], FEW),
    ],
)
def test_undefined_is_said_with_its_reason(labels: list[float], scores: list[float], reason: str) -> None:
    found = prediction_powered(np.array(labels, dtype=float), np.array(scores, dtype=float), np.arange(len(labels)))
    assert (found.both.figure.value, found.both.figure.reason, found.best) == (None, reason, found.labels)


def test_an_estimate_is_plain() -> None:
    found = of_study(trained_on_labels=True)
    assert found.plain(interval=True) == {
        "labels": found.labels.plain(interval=True),
        "scores": found.scores.plain(interval=True),
        "both": found.both.plain(interval=True),
        "correlation": found.correlation,
        "weight": None,
        "ratio": None,
        "worth": None,
        "without_score": 0,
        "unlabelled": 30,
    }
