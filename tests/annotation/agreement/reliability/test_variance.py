"""The components of everything at once, against the measures that compute theirs one by one."""

from sys import modules
from typing import Any

import numpy as np
import pytest

from annotation.agreement import Resamples, components, icc_mean, icc_single
from annotation.agreement.intervals import resample_weights
from annotation.agreement.reliability.of_labels import reliability_of
from annotation.agreement.reliability.variance import Variance, variance_of
from annotation.agreement.transforms import COEFFICIENT, DIFFERENCE, UP_TO_1
from tests.annotation.agreement.arrays import Study, array, study

STUDIES = [
    study(12, each=3, missing=0.1),
    study(140, each=2, seed=3),
    study(150, annotators=4, missing=0.4),
    study(30, 2, annotators=14, missing=0.6),
]


def of(sample: Study, **options: Any) -> Variance:
    variance = variance_of(sample.ratings, queries=sample.queries, **options)
    assert isinstance(variance, Variance)
    return variance


@pytest.mark.parametrize("sample", STUDIES, ids=["12 x 3", "140 x 2", "pooled", "many annotators"])
@pytest.mark.parametrize(("k", "transform", "measure"), [(1, COEFFICIENT, icc_single), (None, UP_TO_1, icc_mean)])
def test_a_reliability_has_the_value_and_the_interval_of_the_icc(sample: Study, k: Any, transform: Any, measure: Any) -> None:
    actual = of(sample, resamples=Resamples(5, 200)).figure(reliability_of(k), transform).figure
    expected = measure(sample.ratings, queries=sample.queries, resamples=Resamples(5, 200))
    assert vars(actual) == pytest.approx(vars(expected), abs=1e-12)


def test_the_fields_are_the_components_and_the_mean_of_the_responses_means() -> None:
    ratings = array([1, 5, None, 2, None], [3, None, 3, 6, 6], [None, 4, 2, None, None])
    variance = of(Study(ratings, np.arange(5)))
    parts = components(ratings)
    assert parts is not None
    assert variance.fields[0].tolist() == pytest.approx([*vars(parts).values(), (2 + 4.5 + 2.5 + 4 + 6) / 5], abs=1e-12)
    assert variance.n == 4


def test_each_replicate_has_fields_of_its_own() -> None:
    sample, resamples = study(120, each=2, seed=3), Resamples(1, 50)
    variance = of(sample, resamples=resamples)
    weights = np.concatenate(list(resample_weights(variance.data, resamples)))
    for row, counts in zip(variance.replicated[:3], weights, strict=False):
        drawn = np.repeat(variance.data.ratings, counts[variance.data.cluster].astype(int), axis=1)
        parts = components(drawn)
        assert parts is not None
        assert row.tolist() == pytest.approx([*vars(parts).values(), np.nanmean(drawn, axis=0).mean()], abs=1e-9)


def test_without_queries_a_figure_has_no_interval_and_nothing_is_left_out() -> None:
    variance = variance_of(study(40).ratings)
    assert isinstance(variance, Variance)
    actual = variance.figure(lambda fields: fields[:, 4], DIFFERENCE)
    assert (len(variance.replicated), variance.sample) == (0, None)
    assert (actual.figure.low, actual.figure.no_interval, actual.low, actual.no_interval) == (None, None, None, None)


def test_a_formula_that_is_undefined_has_the_reason_that_responses_do_not_differ() -> None:
    actual = of(study(40)).figure(lambda fields: np.full(len(fields), np.nan), DIFFERENCE)
    assert (actual.figure.value, actual.figure.reason) == (None, "the responses do not differ")


@pytest.mark.parametrize(
    ("ratings", "reason"),
    [
        (array([1, 2], [None, None]), "only one annotator has rated"),
        (array([3, 3], [3, 3]), "every rating is the same"),
        (array([1, 2, None], [None, 3, 4], [5, None, None], [None, None, 1]), "too few responses have two ratings"),
    ],
)
def test_without_components_there_is_the_reason(ratings: Any, reason: str) -> None:
    assert variance_of(ratings, queries=np.arange(ratings.shape[1])) == reason


def test_how_many_annotators_make_the_sums_sparse_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    sample = study(30, 2, annotators=14, missing=0.7)
    actual = of(sample)
    monkeypatch.setattr(modules["annotation.agreement.reliability.variance"], "MANY_ANNOTATORS", 100)
    np.testing.assert_allclose(of(sample).replicated, actual.replicated, atol=1e-10)
