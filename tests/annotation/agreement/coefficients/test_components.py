"""Variance components against the linear algebra that they are: projections on what responses and annotators explain."""

from sys import modules
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.agreement import Components, Figure, components, icc, icc_mean, icc_single
from annotation.agreement.coefficients.components import by_eigenvalues, solved
from tests.annotation.agreement.arrays import array, rows, study


def explained(design: Any, values: Any) -> tuple[float, int, Any]:
    """The sum of squares that a design explains, its rank, and its projection."""
    projection = design @ np.linalg.pinv(design)
    return float(values @ projection @ values), int(np.linalg.matrix_rank(design)), projection


def by_definition(ratings: Any) -> tuple[float, float, float] | None:
    """Henderson's third method: the expectations of three reductions in sums of squares, set equal to the reductions observed."""
    annotators, responses = np.nonzero(~np.isnan(ratings))
    values = ratings[annotators, responses]
    of_annotators, of_responses = (np.eye(numbers.max() + 1)[numbers] for numbers in (annotators, responses))
    both = np.hstack([of_annotators, of_responses])
    by_both, rank, _projection = explained(both, values)
    by_annotators, rank_annotators, on_annotators = explained(of_annotators, values)
    by_responses, rank_responses, on_responses = explained(of_responses, values)
    freedom = len(values) - rank
    identity = np.eye(len(values))
    spread_annotators = np.trace(of_annotators.T @ (identity - on_responses) @ of_annotators)
    spread_responses = np.trace(of_responses.T @ (identity - on_annotators) @ of_responses)
    if freedom <= 0 or spread_annotators < 1e-9 or spread_responses < 1e-9:
        return None
    residual = (values @ values - by_both) / freedom
    annotator = (by_both - by_responses - (rank - rank_responses) * residual) / spread_annotators
    response = (by_both - by_annotators - (rank - rank_annotators) * residual) / spread_responses
    return float(response), float(annotator), float(residual)


def test_where_the_components_add_up_to_nothing_there_is_no_share_of_them() -> None:
    ratings = array([1, 2], [2, 1])  # of responses and of annotators -1/2 each, of the residual 1
    assert components(ratings) == Components(-0.5, -0.5, 1.0, 2.0)
    assert icc_single(ratings) == Figure(None, 2, "the responses do not differ")


@settings(max_examples=200)
@given(rows())
def test_any_ratings_give_what_the_projections_give_or_a_reason(table: Any) -> None:
    ratings = array(*table)
    actual, single, mean = components(ratings), icc_single(ratings), icc_mean(ratings)
    if actual is None:
        assert single.reason == mean.reason != "the responses do not differ"
        assert single.reason is not None
        if single.reason == "too few responses have two ratings":
            assert by_definition(ratings) is None
        return
    expected = by_definition(ratings)
    assert (actual.response, actual.annotator, actual.residual) == pytest.approx(expected, abs=1e-10)
    n = (~np.isnan(ratings)).sum(axis=0)
    assert actual.ratings == pytest.approx(1 / np.mean(1 / n[n > 0]), abs=1e-12)
    for figure, divisor in ((single, 1), (mean, actual.ratings)):
        total = actual.response + (actual.annotator + actual.residual) / divisor
        if figure.value is None:
            assert (total < 1e-9, figure.reason) == (True, "the responses do not differ")
        elif total > 1e-6:
            assert figure.value == pytest.approx(actual.response / total, abs=1e-9, rel=1e-9)


@settings(max_examples=60)
@given(st.integers(2, 5), st.integers(2, 12), st.integers(0, 10_000))
def test_crossed_data_give_shrout_and_fleiss(annotators: int, responses: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    ratings = random.normal(size=responses) + random.normal(size=(annotators, 1)) + random.normal(size=(annotators, responses))
    six = icc(ratings)
    assert icc_single(ratings).value == pytest.approx(six["2,1"].value, abs=1e-9, rel=1e-9)
    mean = icc_mean(ratings)
    if mean.value is not None:
        assert mean.value == pytest.approx(six["2,k"].value, abs=1e-8, rel=1e-8)


def test_components_are_recovered_where_annotators_have_fields_of_their_own() -> None:
    """A field's responses are worse or better: that is not its annotators' severity. The mean of sixty studies."""
    random, estimates = np.random.default_rng(5), []
    for _study in range(60):
        fields = np.arange(400) % 4
        worth = random.normal(size=400) + 1.5 * (fields - 1.5)
        ratings = worth + 0.4 * random.normal(size=(8, 1)) + 0.6 * random.normal(size=(8, 400))
        for annotator in range(8):
            ratings[annotator, (fields != annotator // 2) & (random.random(400) < 0.9)] = np.nan
        parts = components(ratings)
        assert parts is not None
        estimates.append((parts.annotator, parts.residual))
    assert np.mean(estimates, axis=0) == pytest.approx((0.16, 0.36), abs=0.03)


def test_annotators_and_responses_without_a_rating_do_not_matter() -> None:
    ratings = array([1, 4, 2, None], [2, 6, None, 3], [None, 5, 2, 1])
    padded = np.full((5, 7), np.nan)
    padded[np.ix_([0, 2, 4], [1, 2, 4, 5])] = ratings
    actual, expected = components(padded), components(ratings)
    assert actual is not None
    assert expected is not None
    assert vars(actual) == pytest.approx(vars(expected), abs=1e-12)


def test_groups_of_annotators_who_share_no_response_are_compared_within_each_group() -> None:
    first, second = array([1, 2, 4], [2, 2, 5]), array([6, 3], [6, 2])
    ratings = np.full((4, 5), np.nan)
    ratings[:2, :3], ratings[2:, 3:] = first, second
    actual = components(ratings)
    assert actual is not None
    assert (actual.response, actual.annotator, actual.residual) == pytest.approx(by_definition(ratings), abs=1e-12)


def test_the_size_of_the_numbers_does_not_matter() -> None:
    ratings = study(40, annotators=4, missing=0.4).ratings
    actual, moved = components(ratings), components(1e6 + 1e-3 * ratings)
    assert actual is not None
    assert moved is not None
    expected = Components(actual.response / 1e6, actual.annotator / 1e6, actual.residual / 1e6, actual.ratings)
    assert vars(moved) == pytest.approx(vars(expected), rel=1e-5)


@pytest.mark.parametrize("measure", [icc_single, icc_mean])
def test_many_annotators_change_the_computation_and_not_the_figure(measure: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = study(30, 2, annotators=14, missing=0.7)
    actual = measure(sample.ratings, queries=sample.queries)
    monkeypatch.setattr(modules["annotation.agreement.coefficients.components"], "MANY_ANNOTATORS", 100)
    other = measure(sample.ratings, queries=sample.queries)
    assert (other.value, other.low, other.high) == pytest.approx((actual.value, actual.low, actual.high), abs=1e-10)


@pytest.mark.parametrize("measure", [icc_single, icc_mean])
def test_two_shared_responses_are_needed_to_tell_an_annotator_from_the_rest(measure: Any) -> None:
    ratings = array([1, None, 3, 4], [None, 2, 5, 4], [2, 2, None, None])
    assert by_definition(ratings) is not None
    fewer = array([1, None, 3], [None, 2, 5], [2, 2, None])
    assert by_definition(fewer) is not None
    chain = array([1, 2, None], [None, 3, 4], [5, None, None], [None, None, 1])
    assert by_definition(chain) is None
    assert measure(chain) == Figure(None, 3, "too few responses have two ratings")


@pytest.mark.parametrize("annotators", [1, 2, 3, 9])
def test_where_one_annotator_shares_with_every_other_the_short_way_gives_the_same(annotators: int) -> None:
    random = np.random.default_rng(annotators)
    shared = np.triu(random.integers(0, 3, (60, annotators, annotators)), 1).astype(float)
    shared[:20, 0, 1:] += 1  # connected by the first
    shared[40:, -1], shared[40:, :, -1] = 0, 0  # the last shares with nobody
    shared += shared.swapaxes(1, 2)
    matrices = np.eye(annotators) * shared.sum(axis=2)[:, :, None] - shared
    vectors = np.einsum("bij,j->bi", matrices, random.normal(size=annotators))
    for short, general in zip(solved(matrices, vectors), by_eigenvalues(matrices, vectors), strict=True):
        np.testing.assert_allclose(short, general, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("responses", [1, 1e3, 1e6])
def test_a_chain_of_annotators_has_one_rank_less_than_annotators_however_many_responses(responses: float) -> None:
    """Each shares with the next alone. Of M x the product x' M x is known."""
    random = np.random.default_rng(0)
    for size in range(4, 12):
        shared = responses * random.uniform(0.2, 1, size=size - 1)
        chain = np.diag(np.append(shared, 0) + np.append(0, shared)) - np.diag(shared, 1) - np.diag(shared, -1)
        steps = random.normal(size=size)
        rank, actual = by_eigenvalues(chain[None], (chain @ steps)[None])
        assert rank.tolist() == [size - 1]
        assert actual == pytest.approx(steps @ chain @ steps, rel=1e-9)
