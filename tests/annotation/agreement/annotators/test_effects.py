"""Each annotator beside the others: by hand, against counting one by one, and why there is no figure."""

from collections.abc import Iterator
from math import sqrt
from statistics import fmean, median
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from annotation.agreement import (
    Figure,
    Resamples,
    agreement_weights,
    agreement_with_others,
    drift,
    kappa,
    level_counts,
    paces,
    severities,
    spreads,
)
from annotation.agreement.clusters import clusters_of
from annotation.agreement.intervals import resample_weights
from annotation.agreement.transforms import COEFFICIENT, DIFFERENCE
from tests.annotation.agreement.arrays import SCALE, Study, array, rows, study

Given = list[list[int | None]]
MEASURES: dict[str, Any] = {
    "severities": severities,
    "spreads": spreads,
    "agreement": lambda ratings, **asked: agreement_with_others(ratings, scale=SCALE, **asked),
    "paces": paces,
}
WITH_INTERVALS = {"severities": DIFFERENCE, "agreement": COEFFICIENT}


def test_severity_is_the_distance_from_the_mean_of_the_others() -> None:
    ratings = array([1, 2, 3, None], [2, 2, 5, 4], [3, None, 4, None])
    # 1 - 2.5, 2 - 2, 3 - 4.5; 2 - 2, 2 - 2, 5 - 3.5, and 4 stands alone; 3 - 1.5, 4 - 4
    assert severities(ratings) == (Figure(-1.0, 3), Figure(0.5, 3), Figure(0.75, 2))


def test_spread_is_the_own_variance_over_the_others_on_the_responses_that_both_rated() -> None:
    ratings = array([1, 3, 5, None], [2, 3, 4, 5], [None, 1, 5, 3])
    # squares about the mean: A and B 8 and 2, A and C 2 and 8, B and C 2 and 8
    assert spreads(ratings) == (Figure(1.0, 3), Figure(0.5, 4), Figure(2.0, 3))


def test_who_gives_one_level_throughout_has_no_spread_and_one_shared_response_says_nothing_of_it() -> None:
    ratings = array([3, 3, 3, None], [1, 2, 3, 6], [None, None, None, 1])
    assert spreads(ratings)[0] == Figure(0.0, 3)
    assert spreads(ratings)[1] == Figure(None, 4, "one annotator has given the same rating throughout")


def test_levels_are_counted_over_the_full_scale() -> None:
    found = level_counts(array([1, 1, 4, None], [None, None, None, None], [2, 3, 3, 5]), [5, 4, 3, 2, 1])
    assert found.tolist() == [[2, 0, 0, 1, 0], [0, 0, 0, 0, 0], [0, 1, 2, 0, 1]]
    assert found.dtype == np.int64


def test_levels_beside_the_scale_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^a rating is beside the scale$"):
        level_counts(array([1, 7]), SCALE)


def test_agreement_and_chance_are_added_up_over_the_pairs_with_the_annotator() -> None:
    """Worked by hand: A and B agree in 3 of four responses, A and C in 2, B and C in 2; by chance in 1.5, 2 and 1.5."""
    ratings = array([1, 1, 2, 2], [1, 1, 2, 3], [1, 2, 2, 1])
    found = agreement_with_others(ratings, scale=range(1, 4), weights="identity")
    assert found == (Figure((5 - 3.5) / (8 - 3.5), 4), Figure((5 - 3) / (8 - 3), 4), Figure((4 - 3.5) / (8 - 3.5), 4))


def test_chance_goes_by_what_was_given_in_the_responses_that_the_annotator_shares() -> None:
    """B and C share two more responses, and A rated one more alone: for A's figure they are not there."""
    ratings = array([1, 2, 2, None, None, 1], [1, 2, 1, 1, 1, None], [None, None, 1, 1, 2, None])
    found = agreement_with_others(ratings, scale=[1, 2], weights="identity")
    # A gave 1/3 and 2/3, B 2/3 and 1/3, C the first level alone; A and B met 3 times, A and C once
    assert (found[0].value, found[0].n) == (pytest.approx((2 - 3 * 4 / 9 - 1 / 3) / (4 - 3 * 4 / 9 - 1 / 3), abs=1e-15), 3)


@pytest.mark.parametrize("weights", [{}, {"weights": "identity"}, {"weights": np.eye(6)}])
@pytest.mark.parametrize(("queries", "each"), [(20, 2), (120, 1), (110, 2)])
def test_of_two_annotators_agreement_with_the_other_is_their_kappa(weights: Any, queries: int, each: int) -> None:
    found = study(queries, each, annotators=2)
    for asked in ({}, {"queries": found.queries}, {"queries": found.queries, "resamples": Resamples(4)}):
        pair = kappa(found.ratings, scale=SCALE, **weights, **asked)
        figures = agreement_with_others(found.ratings, scale=SCALE, **weights, **asked)
        assert numbers(figures) == pytest.approx(numbers([pair, pair]), abs=1e-12, nan_ok=True)


def test_pace_is_the_own_time_over_the_median_of_the_others() -> None:
    seconds = array([10, 30, 0, 8], [20, 10, 5, None], [40, 20, None, None])
    # 10 / 30, 30 / 15; 20 / 25, 10 / 25; 40 / 15, 20 / 20; where one time is known nothing is compared
    assert paces(seconds) == (
        Figure((10 / 30 + 2) / 2, 2),
        Figure((20 / 25 + 10 / 25) / 2, 2),
        Figure((40 / 15 + 1) / 2, 2),
    )


def beside(given: Given, number: int) -> list[tuple[int, list[int]]]:
    """The own and the others' values of each response that the annotator shares."""
    found = []
    for item in zip(*given, strict=True):
        others = [value for place, value in enumerate(item) if place != number and value is not None]
        if item[number] is not None and others:
            found.append((item[number], others))
    return found


def squares(values: list[int]) -> float:
    return sum((value - fmean(values)) ** 2 for value in values)


def both_rated(given: Given, number: int) -> Iterator[tuple[list[int], list[int], int]]:
    """The values of the annotator and of each other on the responses that both rated, and who the other is."""
    for other, theirs in enumerate(given):
        pairs = [(a, b) for a, b in zip(given[number], theirs, strict=True) if a is not None and b is not None]
        if other != number and pairs:
            yield [a for a, _b in pairs], [b for _a, b in pairs], other


@settings(max_examples=150, deadline=None)
@given(rows())
def test_any_ratings_give_the_severity_that_counting_one_by_one_gives(given: Given) -> None:
    for number, found in enumerate(severities(array(*given))):
        shared = beside(given, number)
        expected = fmean(own - fmean(others) for own, others in shared) if shared else None
        assert (found.value, found.n) == (None if expected is None else pytest.approx(expected, abs=1e-12), len(shared))


@settings(max_examples=150, deadline=None)
@given(rows())
def test_any_ratings_give_the_spread_that_counting_one_by_one_gives(given: Given) -> None:
    for number, found in enumerate(spreads(array(*given))):
        pairs = [(squares(own), squares(theirs)) for own, theirs, _other in both_rated(given, number)]
        others = sum(theirs for _own, theirs in pairs)
        expected = sqrt(sum(own for own, _theirs in pairs) / others) if others > 1e-9 else None
        assert found.value == (None if expected is None else pytest.approx(expected, abs=1e-12))
        assert found.n == len(beside(given, number))


@settings(max_examples=150, deadline=None)
@given(rows(), st.sampled_from(["identity", "ordinal", "linear", "quadratic"]))
def test_any_ratings_give_the_agreement_that_counting_one_by_one_gives(given: Given, name: Any) -> None:
    weights = agreement_weights(name, SCALE)
    for number, found in enumerate(agreement_with_others(array(*given), scale=SCALE, weights=name)):
        mine = [own for own, _others in beside(given, number)]
        agreed = chance = together = 0.0
        for own, theirs, _other in both_rated(given, number):
            agreed += sum(weights[a - 1, b - 1] for a, b in zip(own, theirs, strict=True))
            chance += sum(weights[a - 1, b - 1] for a in mine for b in theirs) / len(mine)
            together += len(own)
        expected = (agreed - chance) / (together - chance) if together - chance > 1e-9 else None
        assert found.value == (None if expected is None else pytest.approx(expected, abs=1e-12))
        assert found.n == len(mine)


@settings(max_examples=150, deadline=None)
@given(rows(0, 9))
def test_any_times_give_the_pace_that_counting_one_by_one_gives(given: Given) -> None:
    known = [[value or None for value in row] for row in given]
    for number, found in enumerate(paces(array(*given))):
        ratios = [own / median(others) for own, others in beside(known, number)]
        assert (found.value, found.n) == (pytest.approx(median(ratios), abs=1e-12) if ratios else None, len(ratios))


NOTHING, ALONE, APART = "nothing has been rated", "only one annotator has rated", "no response has two ratings"
LITTLE, SAME, THROUGHOUT = (
    "too few responses have two ratings",
    "every rating is the same",
    "one annotator has given the same rating throughout",
)


@pytest.mark.parametrize("name", ["severities", "spreads", "agreement"])
@pytest.mark.parametrize("queries", [False, True])
@pytest.mark.parametrize(
    ("ratings", "reasons"),
    [
        (np.empty((0, 0)), []),
        (np.empty((2, 0)), [NOTHING, NOTHING]),
        (array([None, None], [None, None]), [NOTHING, NOTHING]),
        (array([1, 2], [None, None]), [ALONE, NOTHING]),
        (array([1, 2]), [ALONE]),
        (array([1, None], [None, 1], [None, None]), [APART, APART, NOTHING]),
        (array([1, 2, 2, None], [2, 2, 1, None], [None, None, None, 1]), [None, None, APART]),
    ],
)
def test_an_annotator_who_meets_nobody_has_no_figure(name: str, queries: bool, ratings: Any, reasons: Any) -> None:
    asked = {"queries": np.arange(ratings.shape[1])} if queries and name in WITH_INTERVALS else {}
    found = MEASURES[name](ratings, **asked)
    assert [figure.reason for figure in found] == reasons
    assert [figure for figure in found if figure.reason] == [Figure(None, 0, reason) for reason in reasons if reason]


@pytest.mark.parametrize(
    ("ratings", "figures"),
    [
        (array([1, None], [2, 1]), [Figure(None, 1, LITTLE)] * 2),
        (array([1, 1, None], [1, None, 2], [None, 2, 2]), [Figure(None, 2, LITTLE)] * 3),
        (array([3, 3], [3, 3]), [Figure(None, 2, SAME)] * 2),
        (array([3, 3], [4, 4]), [Figure(None, 2, THROUGHOUT)] * 2),
        (array([3, 4], [4, 4]), [Figure(None, 2, THROUGHOUT), Figure(0.0, 2)]),
        (array([1, 2], [3, 3], [4, 4]), [Figure(None, 2, THROUGHOUT), Figure(0.0, 2), Figure(0.0, 2)]),
    ],
)
def test_a_spread_needs_others_who_vary(ratings: Any, figures: Any) -> None:
    assert list(spreads(ratings)) == figures


def test_no_spread_is_made_of_rounding() -> None:
    ratings = array([10 / 3] * 49, [response / 7 for response in range(49)])
    assert spreads(ratings) == (Figure(0.0, 49), Figure(None, 49, THROUGHOUT))
    far = spreads(array([1e6 + 0.1, 1e6 + 0.2, 1e6 + 0.3], [1e6 + 0.2, 1e6 + 0.4, 1e6 + 0.6]))
    assert [figure.value for figure in far] == pytest.approx([0.5, 2.0], rel=1e-8)


def test_agreement_is_undefined_where_chance_alone_agrees_wholly() -> None:
    assert agreement_with_others(array([3, 3, 4], [3, 3, None]), scale=SCALE) == (Figure(None, 2, SAME),) * 2


@pytest.mark.parametrize(
    ("seconds", "figures"),
    [
        (np.empty((2, 0)), [Figure(None, 0, "no time is known")] * 2),
        (array([0, None], [0, 0]), [Figure(None, 0, "no time is known")] * 2),
        (array([9, 8]), [Figure(None, 0, "too few times are known")]),
        (array([9, 0], [0, 4]), [Figure(None, 0, "too few times are known")] * 2),
        (array([9, 0], [None, 0]), [Figure(None, 0, "too few times are known"), Figure(None, 0, "no time is known")]),
    ],
)
def test_a_pace_needs_times_of_one_response(seconds: Any, figures: Any) -> None:
    assert list(paces(seconds)) == figures


def own_part(given: Study, number: int) -> Study:
    there = ~np.isnan(given.ratings)
    shared = there[number] & (there.sum(axis=0) > 1)
    return Study(given.ratings[:, shared], given.queries[shared])


@pytest.mark.parametrize("name", WITH_INTERVALS)
def test_below_100_queries_each_query_that_an_annotator_shares_is_left_out_once(name: str) -> None:
    given, measure = study(30, 2, annotators=4, missing=0.4), MEASURES[name]
    for number, found in enumerate(measure(given.ratings, queries=given.queries)):
        part = own_part(given, number)
        names = np.unique(part.queries)
        without = np.array([measure(part.ratings[:, part.queries != query])[number].value for query in names])
        error = np.sqrt((len(names) - 1) / len(names) * ((without - without.mean()) ** 2).sum())
        low, high = WITH_INTERVALS[name].around(found.value, t.ppf(0.975, len(names) - 1) * error)
        assert found.value == pytest.approx(measure(given.ratings)[number].value, abs=1e-12)
        assert (found.low, found.high) == pytest.approx((low, high), abs=1e-10)


@pytest.mark.parametrize("name", WITH_INTERVALS)
@pytest.mark.parametrize("seed", [0, 3])
def test_from_100_queries_on_those_that_an_annotator_shares_are_drawn_anew(name: str, seed: int) -> None:
    given, measure, resamples = study(150, 2, annotators=4, missing=0.4), MEASURES[name], Resamples(seed, 39)
    for number, found in enumerate(measure(given.ratings, queries=given.queries, resamples=resamples)):
        part = own_part(given, number)
        data = clusters_of(part.ratings, None, part.queries)
        repeated = (weights[data.cluster].astype(int) for weights in np.concatenate(list(resample_weights(data, resamples))))
        replicates = sorted(measure(np.repeat(part.ratings, times, axis=1))[number].value for times in repeated)
        assert (found.low, found.high) == pytest.approx((replicates[0], replicates[-1]), abs=1e-10)  # 2.5 % of 40: the first


@pytest.mark.parametrize("name", WITH_INTERVALS)
def test_an_annotator_of_few_queries_has_no_interval_beside_those_who_have(name: str) -> None:
    given = study(200, 1, annotators=3, missing=0)
    given.ratings[0, 4:] = np.nan
    found = MEASURES[name](given.ratings, queries=given.queries)
    assert [figure.no_interval for figure in found] == ["too few queries for an interval", None, None]
    assert [figure.n for figure in found] == [4, 200, 200]


@pytest.mark.parametrize("name", WITH_INTERVALS)
@pytest.mark.parametrize(("queries", "each"), [(20, 2), (120, 1), (110, 2)])
def test_neither_the_order_of_responses_nor_the_names_of_queries_matter(name: str, queries: int, each: int) -> None:
    given, measure = study(queries, each), MEASURES[name]
    order = np.random.default_rng(1).permutation(queries * each)
    found = measure(given.ratings, queries=given.queries)
    other = measure(given.ratings[:, order], queries=10 * given.queries[order] - 1000)
    assert numbers(other) == pytest.approx(numbers(found), abs=1e-12)


@pytest.mark.parametrize("name", MEASURES)
def test_sums_of_whole_numbers_do_not_hang_on_the_order_of_responses(name: str) -> None:
    ratings, measure = study(300).ratings, MEASURES[name]
    order = np.random.default_rng(2).permutation(300)
    assert measure(ratings[:, order]) == measure(ratings)


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("annotators", [5, 14])
def test_figures_stand_in_the_order_of_annotators(name: str, annotators: int) -> None:
    given, measure = study(40, 2, annotators, missing=0.5), MEASURES[name]
    order = np.random.default_rng(3).permutation(annotators)
    asked = {"queries": given.queries} if name in WITH_INTERVALS else {}
    found = measure(given.ratings, **asked)
    assert numbers(measure(given.ratings[order], **asked)) == pytest.approx(
        numbers([found[at] for at in order]), abs=1e-12, nan_ok=True
    )
    assert len(set(found)) > annotators / 2  # or no order would show


def numbers(figures: Any) -> Any:
    """Value, low, high and n, annotators x 4."""
    return np.array([(found.value, found.low, found.high, found.n) for found in figures], dtype=float)


def test_drift_is_the_severity_of_what_was_rated_in_each_period() -> None:
    ratings = array([4, 5, 1, None, 3], [2, 5, 3, 6, None], [None, 2, 2, 6, None])
    periods = np.array([[0, 1, 1, -1, 0], [1, 1, 0, 0, -1], [-1, 0, 1, 1, -1]])
    assert drift(ratings, periods, 3) == (
        (Figure(2.0, 1), Figure(0.0, 2), Figure(None, 0, "nothing has been rated")),
        (Figure(0.75, 2), Figure(-0.25, 2), Figure(None, 0, "nothing has been rated")),
        (Figure(-3.0, 1), Figure(0.0, 2), Figure(None, 0, "nothing has been rated")),
    )


def test_drift_without_the_periods_of_an_annotator_is_an_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        drift(array([4, 5], [3, 3]), np.array([[0, 1]]), 2)


def test_a_period_of_ratings_that_nobody_shares_has_no_severity() -> None:
    ratings = array([4, 5], [None, 3])
    assert drift(ratings, np.array([[0, 1], [-1, 1]]), 2)[0] == (
        Figure(None, 0, "no response has two ratings"),
        Figure(2.0, 1),
    )


def test_periods_together_make_the_severity_of_all() -> None:
    given = study(60, 1, annotators=4, missing=0.3)
    periods = np.where(np.isnan(given.ratings), -1, np.arange(60) % 4)
    for found, whole in zip(drift(given.ratings, periods, 4), severities(given.ratings), strict=True):
        assert sum(figure.n for figure in found) == whole.n
        total = sum(figure.n * (figure.value or 0) for figure in found)
        assert whole.value == pytest.approx(total / whole.n, abs=1e-12)
