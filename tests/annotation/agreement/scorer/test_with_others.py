from typing import Any

import numpy as np
import pytest

from annotation.agreement import Figure, Resamples
from annotation.agreement.scorer import WithOthers, against_people
from tests.annotation.agreement.arrays import array
from tests.annotation.agreement.scorer.people import people


def reference(scores: Any, ratings: Any, row: int) -> dict[str, float]:
    shared = ~np.isnan(ratings[row]) & ((~np.isnan(ratings)).sum(axis=0) > 1)
    others = np.nanmean(np.delete(ratings, row, axis=0)[:, shared], axis=0)
    r, r_scorer = (np.corrcoef(values[shared], others)[0, 1] for values in (ratings[row], scores))
    rmse, rmse_scorer = (np.sqrt(np.mean((values[shared] - others) ** 2)) for values in (ratings[row], scores))
    return {
        "r": r,
        "r_scorer": r_scorer,
        "r_difference": r_scorer - r,
        "rmse": rmse,
        "rmse_scorer": rmse_scorer,
        "rmse_difference": rmse_scorer - rmse,
    }


def values(figures: WithOthers) -> dict[str, float | None]:
    return {name: getattr(figures, name).value for name in WithOthers.__dataclass_fields__}


def test_the_worked_example_of_the_documents() -> None:
    """The others of the first annotator have the means 2.5, 3 and 5; both are as far from them, and the scorer ranks better."""
    actual = against_people(np.array([2.0, 2.0, 6.0]), array([1, 3, 5], [2, 4, 5], [3, 2, None]))
    expected = {"r": 5 / np.sqrt(28), "r_scorer": 6 / np.sqrt(112 / 3), "rmse": np.sqrt(0.75), "rmse_scorer": np.sqrt(0.75)}
    expected["r_difference"], expected["rmse_difference"] = expected["r_scorer"] - expected["r"], 0.0
    assert values(actual.annotators[0]) == pytest.approx(expected, abs=1e-12)
    assert [each.r.n for each in actual.annotators] == [3, 3, 2]


@pytest.mark.parametrize("queries", [40, 120])
def test_annotator_and_scorer_are_compared_with_the_same_mean_of_the_others(queries: int) -> None:
    scores, ratings, of_queries = people(queries)
    actual = against_people(scores, ratings, of_queries, resamples=Resamples(0, 200))
    expected = [reference(scores, ratings, row) for row in range(4)]
    for figures, of_one in zip(actual.annotators, expected, strict=True):
        assert values(figures) == pytest.approx(of_one, abs=1e-12)
    means = {name: np.mean([of_one[name] for of_one in expected]) for name in expected[0]}
    assert values(actual.mean) == pytest.approx(means, abs=1e-12)
    for name in means:
        figure = getattr(actual.mean, name)
        assert figure.low < figure.value < figure.high
        assert figure.n == ((~np.isnan(ratings)).sum(axis=0) > 1).sum()


def test_the_interval_of_a_difference_is_that_of_leaving_each_query_out() -> None:
    scores, ratings, _queries = people(15, each=1, missing=0.1)
    actual = against_people(scores, ratings, np.arange(15))
    without = [
        [reference(np.delete(scores, left), np.delete(ratings, left, axis=1), row)["r_difference"] for row in range(4)]
        for left in range(15)
    ]
    for figure, replicates in (
        (actual.mean.r_difference, np.mean(without, axis=1)),
        (actual.annotators[1].r_difference, np.array(without)[:, 1]),
    ):
        width = 2.1447866879169273 * np.sqrt(14 / 15 * ((replicates - replicates.mean()) ** 2).sum())  # t(.975, 14)
        assert [figure.low, figure.high] == pytest.approx([figure.value - width, figure.value + width])  # type: ignore[operator]


def test_one_annotator_has_nobody_to_be_compared_with() -> None:
    actual = against_people(np.array([1.0, 2.0]), array([1, 2]), np.arange(2))
    alone = Figure(None, 0, "no response was rated by this annotator and another")
    nobody = Figure(None, 0, "no annotator has such a figure")
    assert actual.annotators == (WithOthers(*[alone] * 6),)
    assert actual.mean == WithOthers(*[nobody] * 6)


def test_an_annotator_who_gives_the_same_throughout_has_an_error_and_no_correlation() -> None:
    actual = against_people(np.array([1.0, 2.0, 3.0]), array([3, 3, 3], [1, 2, 4]))
    assert actual.annotators[0].r == Figure(None, 3, "every rating is the same")
    assert actual.annotators[0].r_difference == Figure(None, 3, "every rating is the same")
    assert actual.annotators[0].rmse.value == pytest.approx(np.sqrt(2))
    assert actual.annotators[1].r_scorer == Figure(None, 3, "every rating is the same")
    assert actual.mean.r == Figure(None, 3, "no annotator has such a figure")
    assert actual.mean.r_scorer.value == pytest.approx(np.corrcoef([1, 2, 3], [1, 2, 4])[0, 1])
