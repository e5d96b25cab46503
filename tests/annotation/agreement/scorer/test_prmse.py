from typing import Any

import numpy as np
import pytest

from annotation.agreement import Figure, Resamples
from annotation.agreement.scorer import Prmse, prmse
from tests.annotation.agreement.arrays import array
from tests.annotation.agreement.scorer.people import people


def reference(scores: Any, ratings: Any) -> list[float]:
    """The formulas response by response, as they are published: PRMSE, V, T, MSE(T|M)."""
    given = [(score, column[~np.isnan(column)]) for score, column in zip(scores, ratings.T, strict=True)]
    given = [(score, column) for score, column in given if len(column)]
    several = [column for _score, column in given if len(column) > 1]
    error = np.average([column.var(ddof=1) for column in several], weights=[len(column) - 1 for column in several])
    number, grand = sum(len(column) for _score, column in given), np.concatenate([column for _score, column in given]).mean()
    between = sum(len(column) * (column.mean() - grand) ** 2 for _score, column in given)
    true = (between - (len(given) - 1) * error) / (number - sum(len(column) ** 2 for _score, column in given) / number)
    mse = (sum(len(column) * (column.mean() - score) ** 2 for score, column in given) - len(given) * error) / number
    return [float(value) for value in (1 - mse / true, error, true, mse)]


def test_the_worked_example_of_the_documents() -> None:
    """Means 2, 2, 5, 5 of 2, 2, 2, 1 ratings: V = 4/3, T = 20/9, MSE = 32/21."""
    ratings = array([1, 2, 4, 5], [3, 2, 6, None])
    actual = prmse(np.array([4.0, 2.0, 3.0, 5.0]), ratings)
    parts = (actual.prmse, actual.error_variance, actual.true_variance, actual.mse_true)
    assert [part.value for part in parts] == pytest.approx([11 / 35, 4 / 3, 20 / 9, 32 / 21], abs=1e-12)
    assert {part.n for part in parts} == {4}


@pytest.mark.parametrize("seed", range(3))
def test_it_is_the_published_formula_and_responses_without_a_rating_do_not_count(seed: int) -> None:
    scores, ratings, queries = people(60, seed=seed)
    ratings[:, :5] = np.nan
    actual = prmse(scores, ratings, queries)
    parts = (actual.prmse, actual.error_variance, actual.true_variance, actual.mse_true)
    assert [part.value for part in parts] == pytest.approx(reference(scores, ratings), abs=1e-10)
    assert all(part.low is not None for part in parts)


def test_the_interval_is_that_of_leaving_each_query_out() -> None:
    scores, ratings, _queries = people(12, each=1, missing=0.1)
    figure = prmse(scores, ratings, np.arange(12)).prmse
    without = np.array([reference(np.delete(scores, i), np.delete(ratings, i, axis=1))[0] for i in range(12)])
    width = 2.200985160082949 * np.sqrt(11 / 12 * ((without - without.mean()) ** 2).sum())  # t(.975, 11)
    value = figure.value or 0
    slope = width / (1 - value)
    assert [figure.low, figure.high] == pytest.approx([1 - np.exp(-(-np.log(1 - value) + sign * slope)) for sign in (-1, 1)])


def test_the_error_of_the_labels_is_taken_out() -> None:
    """A scorer that knows the true scores is perfect however noisy the ratings are, and its MSE with their mean is not."""
    random = np.random.default_rng(0)
    true = random.normal(3, 1, 4000)
    ratings = true + random.normal(0, 1.5, (2, 4000))
    actual = prmse(true, ratings, np.arange(4000), resamples=Resamples(0, 200))
    assert actual.prmse.value == pytest.approx(1, abs=0.06)
    assert actual.error_variance.value == pytest.approx(2.25, rel=0.05)
    assert ((ratings.mean(axis=0) - true) ** 2).mean() > 1


@pytest.mark.parametrize(
    ("ratings", "figure"),
    [
        (array([None, None]), Figure(None, 0, "no response with a score has a first rating")),
        (array([1, None], [None, 2]), Figure(None, 2, "no response with a score has two first ratings")),
        (array([1, None], [2, None]), Figure(None, 1, "only one response has both a score and a label")),
    ],
)
def test_it_needs_two_ratings_of_a_response_and_two_responses(ratings: Any, figure: Figure) -> None:
    assert prmse(np.array([1.0, 2.0]), ratings) == Prmse(figure, figure, figure, figure)


def test_responses_that_differ_by_nothing_but_error_have_no_true_scores_to_predict() -> None:
    actual = prmse(np.array([1.0, 2.0, 3.0]), array([1, 5, 3], [5, 1, 3]))
    assert actual.prmse == Figure(None, 3, "the responses do not differ beyond the error of their ratings")
    assert actual.error_variance.value == pytest.approx(16 / 3)
    assert actual.true_variance.value == pytest.approx(-8 / 3)


def test_each_response_has_a_score() -> None:
    with pytest.raises(ValueError, match=r"^ratings are annotators x responses"):
        prmse(np.array([1.0]), array([1, 2]))
    with pytest.raises(ValueError, match=r"^a score or a rating is not a number$"):
        prmse(np.array([1.0, np.nan]), array([1, 2], [1, 3]))
