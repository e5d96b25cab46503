from typing import Any

import numpy as np
import pytest

from annotation.agreement.fair import variances
from annotation.agreement.fair.model import Design, Variances, design_of
from annotation.agreement.fair.variances import estimate, expected
from tests.annotation.agreement.arrays import array, study
from tests.annotation.agreement.fair.dense import Dense


def some(annotators: int, missing: float, responses: int = 40, seed: int = 0) -> tuple[Design, Any]:
    ratings = study(responses, 1, annotators, seed=seed, missing=missing).ratings + 0.4 * np.arange(annotators)[:, None]
    ratings = ratings[:, ~np.isnan(ratings).all(axis=0)]
    design = design_of(~np.isnan(ratings))
    return design, ratings[design.annotator, design.response]


def packed(of: Variances) -> Any:
    return np.r_[of.response, of.annotator, of.residual]


def unpacked(numbers: Any) -> Variances:
    return Variances(numbers[0], numbers[1], np.array(numbers[2:]))


@pytest.mark.parametrize(("annotators", "missing"), [(3, 0.0), (4, 0.3)])
def test_without_the_prior_no_variances_have_a_greater_restricted_likelihood(
    annotators: int, missing: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(variances, "PRIOR", 0)
    monkeypatch.setattr(variances, "CLOSE", 1e-12)
    design, values = some(annotators, missing)
    best = packed(estimate(design, values))
    most = Dense(design, values, unpacked(best)).restricted_likelihood()
    for place in range(len(best)):
        for factor in (0.98, 1.02):
            moved = best.copy()
            moved[place] *= factor
            assert Dense(design, values, unpacked(moved)).restricted_likelihood() < most


def test_a_step_takes_the_expected_squares_and_four_ratings_of_the_average_annotator() -> None:
    design, values = some(4, 0.4, responses=30)
    before = Variances(0.8, 0.3, np.array([0.3, 0.5, 0.7, 0.9]))
    after = expected(design, values, before)
    dense = Dense(design, values, before)
    inverse = np.linalg.inv(dense.total)
    projection = inverse - inverse @ dense.ones @ dense.ones.T @ inverse / (dense.ones.T @ inverse @ dense.ones)
    across = dense.prior @ dense.incidence.T
    effects, errors = across @ projection @ values, dense.prior - across @ projection @ across.T
    of_responses = (effects**2 + np.diag(errors))[: design.responses]
    assert after.response == pytest.approx(of_responses.mean(), abs=1e-10)
    # the average annotator is not predicted: only how far the others lie from it
    centre = np.eye(4) - 1 / 4
    spread = centre @ (np.outer(effects[-4:], effects[-4:]) + errors[-4:, -4:]) @ centre
    assert after.annotator == pytest.approx(np.trace(spread) / 3, abs=1e-10)

    rests = before.residual[design.annotator] * (projection @ values)
    left = np.diag(before.residual[design.annotator])
    squares = rests**2 + np.diag(left - left @ projection @ left)
    by_annotator = np.bincount(design.annotator, squares)
    counts = np.bincount(design.annotator)
    assert after.residual == pytest.approx((by_annotator + 4 * squares.mean()) / (counts + 4), abs=1e-10)


@pytest.mark.parametrize(("annotators", "missing"), [(2, 0.1), (5, 0.5), (9, 0.3)])
def test_another_step_changes_nothing_that_is_shown(annotators: int, missing: float) -> None:
    design, values = some(annotators, missing, responses=120)
    best = estimate(design, values)
    assert packed(expected(design, values, best)) == pytest.approx(packed(best), abs=1e-6)


def test_extrapolated_steps_end_where_single_steps_end() -> None:
    design, values = some(5, 0.3, responses=60)
    slow = Variances(1.0, 1.0, np.ones(5))
    for _step in range(400):
        slow = expected(design, values, slow)
    assert packed(estimate(design, values)) == pytest.approx(packed(slow), abs=1e-6)


def test_annotators_who_do_not_differ_have_the_least_variance_and_not_none() -> None:
    random = np.random.default_rng(0)
    quality = random.normal(0, 1, 200)
    ratings = np.stack([quality + noise for noise in random.normal(0, 0.5, (3, 200))])
    ratings -= ratings.mean(axis=1, keepdims=True)
    design = design_of(~np.isnan(ratings))
    values = ratings[design.annotator, design.response]
    assert estimate(design, values).annotator == pytest.approx(1e-4 * values.var(), rel=1e-9)


def test_no_step_begins_beyond_the_least_and_the_greatest_variance(monkeypatch: pytest.MonkeyPatch) -> None:
    ratings = array([None, 6, 6], [1, 5, 5])  # the residuals shrink to nothing, and extrapolation would go beyond all numbers
    design = design_of(~np.isnan(ratings))
    values = ratings[design.annotator, design.response]
    begun: list[Any] = []
    monkeypatch.setattr(variances, "expected", lambda *arguments: begun.append(packed(arguments[2])) or expected(*arguments))
    best = packed(estimate(design, values))
    assert (np.min(begun), np.max(begun)) == pytest.approx((1e-4 * values.var(), 1e4 * values.var()), rel=1e-9)
    assert best == pytest.approx([5.3333619, 0.4999140, 1e-4 * values.var(), 1e-4 * values.var()], abs=1e-6)


def test_extrapolation_spares_most_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    design, values = some(6, 0.4, responses=200)
    taken: list[Any] = []
    monkeypatch.setattr(variances, "expected", lambda *arguments: taken.append(1) or expected(*arguments))
    best, extrapolated = packed(estimate(design, values)), len(taken)
    alone, single = Variances(0.6 * values.var(), 0.1 * values.var(), np.full(6, 0.3 * values.var())), 0
    while np.abs(packed(alone) - best).max() > 1e-6:
        alone, single = expected(design, values, alone), single + 1
    assert extrapolated < 0.8 * single
