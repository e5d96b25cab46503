from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from scipy.stats import norm

from annotation.agreement.fair import fair_values, values
from annotation.agreement.fair.model import Variances, design_of
from tests.annotation.agreement.arrays import array, rows, study
from tests.annotation.agreement.fair.dense import Dense
from tests.bench.fair import ENDS, averages, errors
from tests.bench.fair import study as bench_study

SPREAD = study(300, 1, annotators=6, seed=4, missing=0.5).ratings
SPREAD = SPREAD[:, (~np.isnan(SPREAD)).any(axis=0)]


@pytest.mark.parametrize(
    ("ratings", "reason", "groups"),
    [
        (np.empty((0, 0)), "nothing has been rated", ()),
        (np.empty((2, 0)), "nothing has been rated", ()),
        (array([None, None], [None, None]), "nothing has been rated", ()),
        (array([1, 2, 4], [None, None, None]), "only one annotator has rated", ()),
        (array([1, None], [None, 3]), "no response has two ratings", ()),
        (array([1, 2, None], [3, None, 2]), "only one response has two ratings", ()),
        (array([3, 3, 3], [3, 3, 3]), "every rating is the same", ()),
        (array([1, 2, 5, None, None], [2, 2, 4, 4, 5], [None, None, None, None, None]), None, ()),
        # 6 ratings, less 3 responses, less 3 annotators, and 1 for the mean: 1 is left for the residuals; then none
        (array([1, 5, None], [1, None, 3], [None, 5, 4]), None, ()),
        (array([1, 5, None, None], [1, None, None, 3], [None, None, 2, 3]), "too few responses have two ratings", ()),
        (
            array([1, 2, 3, None, None], [1, 2, 2, None, None], [None, None, None, 4, 5], [None, None, None, 4, 3]),
            "the annotators fall into groups that share no response",
            ([0, 1], [2, 3]),
        ),
        (
            array([1, 2, 3, None], [1, 2, 2, None], [None, None, None, None], [None, None, None, 4]),
            "the annotators fall into groups that share no response",
            ([0, 1], [3]),
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_predicted_has_a_reason(ratings: Any, reason: str | None, groups: Any) -> None:
    fair = fair_values(ratings, ends=(1, 6))
    assert (fair.reason, fair.groups) == (reason, groups)
    if reason:
        assert np.isnan(fair.values).all()
        assert np.isnan(fair.errors).all()
        assert len(fair.values) == len(fair.errors) == ratings.shape[1]
        assert (fair.severities, fair.variances) == (None, None)


def test_responses_that_do_not_differ_have_no_fair_values() -> None:
    random = np.random.default_rng(0)
    fair = fair_values(random.integers(1, 7, (5, 400)).astype(float))
    assert fair.reason == "the responses do not differ"
    assert np.isnan(np.r_[fair.values, fair.errors]).all()


@pytest.mark.parametrize(("share", "reason"), [(0.009, "the responses do not differ"), (0.011, None)])
def test_less_than_one_percent_of_the_variance_of_ratings_is_no_difference(
    share: float, reason: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    total = SPREAD[~np.isnan(SPREAD)].var()
    monkeypatch.setattr(values, "estimate", lambda *_arguments: Variances(share * total, 0.1, np.ones(6)))
    assert fair_values(SPREAD).reason == reason


def test_values_and_errors_are_the_best_linear_predictions_at_the_estimated_variances() -> None:
    fair = fair_values(SPREAD)
    design = design_of(~np.isnan(SPREAD))
    assert fair.variances is not None
    dense = Dense(design, SPREAD[design.annotator, design.response], fair.variances)
    predictions, squares = dense.predict(dense.fair_parts())
    assert fair.values == pytest.approx(predictions, abs=1e-9)
    assert fair.errors == pytest.approx(np.sqrt(squares), abs=1e-9)
    own = np.hstack([np.zeros((6, design.responses)), np.eye(6) - 1 / 6])
    mean = dense.predict(np.zeros((1, design.responses + 6)))[0]
    assert fair.severities == pytest.approx(dense.predict(own)[0] - mean, abs=1e-9)


def test_who_rated_nothing_and_what_nobody_rated_have_no_number_and_change_no_other() -> None:
    ratings = np.full((8, SPREAD.shape[1] + 2), np.nan)
    ratings[1:7, 1:-1] = SPREAD
    fair, expected = fair_values(ratings, ends=(1, 6)), fair_values(SPREAD, ends=(1, 6))
    assert np.isnan(np.r_[fair.values[[0, -1]], fair.errors[[0, -1]]]).all()
    assert fair.values[1:-1].tolist() == expected.values.tolist()
    assert fair.errors[1:-1].tolist() == expected.errors.tolist()
    assert fair.severities is not None
    assert expected.severities is not None
    assert np.isnan(fair.severities[[0, 7]]).all()
    assert fair.severities[1:7].tolist() == expected.severities.tolist()


@pytest.mark.parametrize("annotator", [0, 3])
def test_more_points_from_one_annotator_move_the_fair_values_by_nothing_but_the_mean(annotator: int) -> None:
    ratings = bench_study(0.5, seed=1).ratings
    moved = ratings.copy()
    moved[annotator] += 2
    before, after = fair_values(ratings), fair_values(moved)
    # by 2 / 12, that is; severities are drawn in a little less where they differ more
    assert after.values - before.values == pytest.approx(np.full(800, 2 / 12), abs=0.03)
    assert after.errors == pytest.approx(before.errors, abs=0.005)
    assert np.nanmean(moved, axis=0) - np.nanmean(ratings, axis=0) == pytest.approx(2 / 3 * ~np.isnan(ratings[annotator]))


@pytest.mark.parametrize("ends", [None, (1, 6)])
def test_points_and_their_unit_are_those_of_the_ratings(ends: Any) -> None:
    before = fair_values(SPREAD, ends=ends)
    after = fair_values(10 * SPREAD + 5, ends=ends and (15, 65), step=10)
    assert after.values == pytest.approx(10 * before.values + 5, abs=1e-4)
    assert after.errors == pytest.approx(10 * before.errors, abs=1e-4)


def test_neither_the_order_of_annotators_nor_of_responses_matters() -> None:
    random = np.random.default_rng(5)
    of_annotators, of_responses = random.permutation(6), random.permutation(SPREAD.shape[1])
    before = fair_values(SPREAD, ends=(1, 6))
    after = fair_values(SPREAD[of_annotators][:, of_responses], ends=(1, 6))
    assert after.values == pytest.approx(before.values[of_responses], abs=1e-6)
    assert after.errors == pytest.approx(before.errors[of_responses], abs=1e-6)
    assert before.severities is not None
    assert after.severities == pytest.approx(before.severities[of_annotators], abs=1e-6)


def test_a_rating_at_an_end_says_at_least_and_others_stay_as_they_are() -> None:
    linear, cut = fair_values(SPREAD), fair_values(SPREAD, ends=(1, 6))
    high, low = (SPREAD == 6).any(axis=0), (SPREAD == 1).any(axis=0)
    middle = ~high & ~low
    assert min(high.sum(), low.sum(), middle.sum()) > 20
    assert cut.values[middle].tolist() == linear.values[middle].tolist()
    assert cut.errors[middle].tolist() == linear.errors[middle].tolist()
    assert (cut.errors[~middle] > linear.errors[~middle]).all()
    best = (np.where(np.isnan(SPREAD), 6, SPREAD) == 6).all(axis=0)
    assert best.any()
    assert (cut.values[best] > linear.values[best]).all()


def test_no_value_lies_beyond_the_ends() -> None:
    ratings = array([6, 6, 5, 6, 1, 2, 5], [5, 4, 3, 4, 1, 1, 3], [4, 4, 2, 4, 1, 1, 3])
    assert fair_values(ratings).values.max() <= 5.5
    wide = fair_values(ratings + 1.5, ends=(1.0, 6.0))
    assert wide.values.max() == 6.0
    assert fair_values(ratings - 1.5, ends=(1.0, 6.0)).values.min() == 1.0


def test_with_a_step_of_0_a_rating_is_cut_at_the_end_itself() -> None:
    half = fair_values(SPREAD, ends=(1, 6))
    whole = fair_values(SPREAD, ends=(1, 6), step=0)
    top = (SPREAD == 6).any(axis=0) & ~(SPREAD == 1).any(axis=0)
    assert (whole.values[top] >= half.values[top]).all()
    assert (whole.values[top] > half.values[top]).sum() > 20


@pytest.mark.parametrize("step", [1.0, 0.5])
def test_a_value_is_where_its_ratings_and_the_mean_of_all_balance_and_an_end_begins_half_a_step_before(step: float) -> None:
    fair = fair_values(SPREAD, ends=(1, 6), step=step)
    assert fair.variances is not None
    assert fair.severities is not None
    expected, noise = fair.values + fair.severities[:, None], np.sqrt(fair.variances.residual)[:, None]
    high, low = (6 - step / 2 - expected) / noise, (expected - 1 - step / 2) / noise
    pulls = np.where(SPREAD == 6, norm.pdf(high) / norm.sf(high) / noise, (SPREAD - expected) / noise**2)
    pulls = np.where(SPREAD == 1, -norm.pdf(low) / norm.sf(low) / noise, pulls)
    means = fair.values - fair.variances.response * np.nansum(pulls, axis=0)
    inside = (fair.values > 1) & (fair.values < 6)
    assert inside.sum() > 250
    assert means[inside] == pytest.approx(np.full(inside.sum(), means[inside][0]), abs=1e-8)


def test_who_agrees_less_with_the_others_has_the_greater_residual_variance() -> None:
    random = np.random.default_rng(2)
    quality = random.normal(3.5, 1, 300)
    ratings = quality + np.array([[0.2], [0.4], [1.2], [0.4]]) * random.normal(size=(4, 300))
    fair = fair_values(ratings)
    assert fair.variances is not None
    assert np.sqrt(fair.variances.residual) == pytest.approx([0.2, 0.4, 1.2, 0.4], abs=0.08)
    assert fair.variances.response == pytest.approx(1.0, abs=0.15)


@settings(max_examples=150)
@given(rows())
@example([[None, 6, 6], [1, 5, 5]])  # the residuals shrink to nothing, and a step was extrapolated beyond all numbers
def test_any_ratings_give_numbers_on_the_scale_or_a_reason(table: Any) -> None:
    ratings = array(*table)
    fair = fair_values(ratings, ends=(1, 6))
    rated = ~np.isnan(ratings).all(axis=0) if fair.reason is None else np.zeros(ratings.shape[1], dtype=bool)
    assert (~np.isnan(fair.values)).tolist() == (~np.isnan(fair.errors)).tolist() == rated.tolist()
    assert ((fair.values[rated] >= 1) & (fair.values[rated] <= 6) & (fair.errors[rated] > 0)).all()


@pytest.mark.parametrize(("severity", "less"), [(0.0, 0.06), (0.35, 0.12), (0.5, 0.16), (0.7, 0.22)])
def test_the_error_is_less_than_the_means_and_intervals_hold_the_true_score(severity: float, less: float) -> None:
    average = averages(severity, 3, studies=3)
    assert average.fair < (1 - less) * average.mean
    assert 0.93 < average.covered < 0.97


def test_fair_values_of_two_ratings_are_as_good_as_the_mean_of_three() -> None:
    two, three = averages(0.5, 2, studies=3), averages(0.5, 3, studies=3)
    assert two.fair < 1.05 * three.mean
    assert two.fair > three.fair


def test_200_annotators_of_few_responses_have_right_intervals_too() -> None:
    one = bench_study(0.5, seed=3, people=200, responses=2000)
    found = errors(one)
    assert found.fair < 0.8 * found.mean
    assert 0.92 < found.covered < 0.97
    assert ENDS == (1, 6)
