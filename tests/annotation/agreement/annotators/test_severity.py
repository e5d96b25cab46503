from typing import Any

import numpy as np
import pytest
from scipy.stats import t

from annotation.agreement import Figure, drift, least_squares, severities
from annotation.agreement.annotators.estimates import Estimate
from tests.annotation.agreement.arrays import array, study
from tests.bench.severity import Design, coverage

OF_TWO = array([1, 2, 3, 4, 5, 6], [2, 2, 5, 3, 6, 6])  # differences -1, 0, -2, 1, -1, 0


def severities_of(ratings: Any, queries: Any = None) -> tuple[Estimate, ...]:
    values = ratings if ratings.ndim == 3 else ratings[None]
    return severities(least_squares(values, np.arange(values.shape[2]) if queries is None else queries))


def close(value: float) -> Any:
    return pytest.approx(value, abs=1e-9)


def test_of_two_annotators_severity_is_half_their_difference_with_half_its_standard_error() -> None:
    se = np.std([-1, 0, -2, 1, -1, 0], ddof=1) / np.sqrt(6) / 2
    half = t.ppf(0.975, 5) * se
    plain = {"n": 6, "reason": None, "no_interval": None, "se": close(se)}
    assert [each.plain(interval=True) for each in severities_of(OF_TWO)] == [
        plain | {"value": close(value), "low": close(value - half), "high": close(value + half)} for value in (-0.25, 0.25)
    ]


def test_responses_to_one_query_and_criteria_count_as_one_where_they_go_together() -> None:
    once, twice = severities_of(OF_TWO), np.repeat(OF_TWO, 2, axis=1)
    [first, _second] = severities_of(np.stack([twice, twice - 1]), np.repeat([4, 8, 1, 5, 3, 0], 2))
    assert (first.se, first.figure.n) == (close(once[0].se or 0), 12)
    apart = severities_of(twice)[0].se
    assert apart == close(np.sqrt(5 / 11) * (once[0].se or 0))


def test_an_annotator_of_few_queries_has_no_interval_beside_those_who_have() -> None:
    sample = study(200, 1, annotators=3, missing=0)
    sample.ratings[0, 4:] = np.nan
    found = severities_of(sample.ratings, sample.queries)
    assert [(each.figure.no_interval, each.se is None) for each in found] == [
        ("too few queries for an interval", True),
        (None, False),
        (None, False),
    ]
    assert [each.figure.n for each in found] == [4, 200, 200]


def test_annotators_who_share_nothing_have_the_reason() -> None:
    ratings = array([1, 2, None], [2, 2, None], [None, None, 4], [None, None, None])
    ana, bo, *others = severities_of(ratings)
    assert (ana.figure.reason, bo.figure.reason) == (None, None)
    assert others == [Estimate(Figure(None, 0, reason)) for reason in ("no response has two ratings", "nothing has been rated")]
    assert severities_of(np.empty((0, 0))) == ()


def test_the_standard_errors_are_those_of_leaving_each_query_out_where_there_are_many() -> None:
    sample = study(400, 2, annotators=4, missing=0.5)
    without = np.array(
        [
            [each.figure.value for each in severities_of(sample.ratings[:, sample.queries != query])]
            for query in np.unique(sample.queries)
        ]
    )
    jackknife = np.sqrt(399 / 400 * ((without - without.mean(axis=0)) ** 2).sum(axis=0))
    errors = [each.se for each in severities_of(sample.ratings, sample.queries)]
    assert errors == pytest.approx(jackknife, rel=0.01)


def test_neither_the_order_of_responses_nor_of_annotators_nor_the_names_of_queries_matter() -> None:
    sample = study(40, 2, annotators=5, missing=0.5)
    order, people = np.random.default_rng(1).permutation(80), [3, 0, 4, 1, 2]
    found = severities_of(sample.ratings, sample.queries)
    turned = severities_of(sample.ratings[people][:, order], 10 * sample.queries[order] - 1000)
    for number, each in zip(people, turned, strict=True):
        assert (each.figure.value, each.se) == (close(found[number].figure.value or 0), close(found[number].se or 0))
    assert len({each.se for each in found}) == 5  # or no order would show


@pytest.mark.parametrize("annotators", [3, 4, 6, 10])
def test_severity_is_on_the_scale_of_the_truth_and_its_intervals_hold_it(annotators: int) -> None:
    found = coverage(Design(annotators, 120, 2), studies=60)
    assert 0.93 <= found.slope <= 1.07
    assert 0.90 <= found.share <= 0.99  # of 180 to 600 intervals


def drift_of(ratings: Any, periods: Any, count: int, queries: Any = None) -> Any:
    values = ratings[None]
    return drift(least_squares(values, np.arange(values.shape[2]) if queries is None else queries), periods, count)


def test_a_periods_severity_is_against_the_others_of_the_whole_project() -> None:
    # severities -0.75, 0.25, 0.5; gaps -1.125, 0.25, -1.125 | -0.125, -0.75, 1.375 | 1.25, -0.25 of weights 2/3, 1/2, 2/3
    ratings = array([1, 2, 3, None], [2, 2, 5, 4], [3, None, 4, None])
    periods = np.array([[0, 0, 1, -1], [1, -1, 0, 0], [0, -1, 1, -1]])
    figures = [[(each.figure.value, each.figure.n, each.figure.reason) for each in row] for row in drift_of(ratings, periods, 3)]
    nothing = (None, 0, "nothing has been rated")
    assert figures == [
        [(close(-0.625 / (7 / 6)), 2, None), (close(-1.125), 1, None), nothing],
        [(close(1.375), 1, None), (close(-0.125), 1, None), nothing],
        [(close(1.25), 1, None), (close(-0.25), 1, None), nothing],
    ]


def test_a_period_of_ratings_that_nobody_shares_has_no_severity() -> None:
    ratings = array([4, 5, None], [None, 3, None])
    [ana, bo] = drift_of(ratings, np.array([[0, 1, 1], [-1, 1, 0]]), 2)
    few = "too few queries for an interval"
    assert [each.figure for each in ana] == [Figure(None, 0, "no response has two ratings"), Figure(1.0, 1, no_interval=few)]
    assert bo[0].figure == Figure(None, 0, "nothing has been rated")


def test_where_nothing_is_shared_no_period_has_a_severity() -> None:
    found = drift_of(array([4, None], [None, 3]), np.array([[0, -1], [-1, 0]]), 1)
    assert found == ((Estimate(Figure(None, 0, "no response has two ratings")),),) * 2


def test_the_periods_of_an_annotator_average_to_their_severity() -> None:
    sample = study(60, 2, annotators=4, missing=0.3)
    periods = np.where(np.isnan(sample.ratings), -1, np.random.default_rng(2).integers(0, 4, sample.ratings.shape))
    fit = least_squares(sample.ratings[None], sample.queries)
    for row, of_periods in enumerate(drift(fit, periods, 4)):
        own = fit.annotator == row
        weights = [fit.weight[own & (periods[row, fit.response] == period)].sum() for period in range(4)]
        assert np.average([each.figure.value for each in of_periods], weights=weights) == close(fit.severity[row])


def test_the_error_of_a_period_has_the_error_of_the_others_severities_in_it() -> None:
    differences = np.array([-1, 0, -2, 1, -1, 0])
    [ana, bo] = drift_of(OF_TWO, np.array([[0, 0, 0, 0, 0, 1], [0] * 6]), 2)
    # the mean of ana's first five differences is -0.6, and bo's severity 0.25
    moves = np.append((differences[:5] + 0.6) / 5, 0) - (differences + 0.5) / 12
    assert (ana[0].figure.value, ana[0].se) == (close(-0.6 + 0.25), close(np.sqrt((moves**2).sum() * 5 / 4)))
    assert ana[1].figure.no_interval == "too few queries for an interval"
    assert bo[0].plain(interval=True) == {
        key: close(value) if isinstance(value, float) else value
        for key, value in severities_of(OF_TWO)[1].plain(interval=True).items()
    }


def test_the_errors_of_periods_are_those_of_leaving_each_query_out_where_there_are_many() -> None:
    sample = study(400, 2, annotators=4, missing=0.5)
    periods = np.where(np.isnan(sample.ratings), -1, np.random.default_rng(2).integers(0, 2, sample.ratings.shape))

    def values_of(kept: Any) -> list[float | None]:
        found = drift_of(sample.ratings[:, kept], periods[:, kept], 2, sample.queries[kept])
        return [each.figure.value for row in found for each in row]

    without = np.array([values_of(sample.queries != query) for query in np.unique(sample.queries)], dtype=float)
    jackknife = np.sqrt(399 / 400 * ((without - without.mean(axis=0)) ** 2).sum(axis=0))
    found = drift_of(sample.ratings, periods, 2, sample.queries)
    assert [each.se for row in found for each in row] == pytest.approx(jackknife, rel=0.01)
