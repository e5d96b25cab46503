from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.agreement import LeastSquares
from annotation.agreement import least_squares as fit_of_queries
from tests.annotation.agreement.arrays import array

Table = list[list[list[int | None]]]


def stacked(*criteria: Any) -> Any:
    return np.stack(criteria)


def least_squares(values: Any) -> LeastSquares:
    """Each response is of a query of its own."""
    return fit_of_queries(values, np.arange(values.shape[2]))


def tables() -> st.SearchStrategy[Table]:
    """Up to three criteria, five annotators and six responses, with gaps."""
    rating = st.one_of(st.none(), st.integers(1, 6))
    return st.tuples(st.integers(1, 3), st.integers(1, 5), st.integers(1, 6)).flatmap(
        lambda size: st.lists(
            st.lists(st.lists(rating, min_size=size[2], max_size=size[2]), min_size=size[1], max_size=size[1]),
            min_size=size[0],
            max_size=size[0],
        )
    )


def test_severity_solves_the_normal_equations() -> None:
    ratings = array([1, 2, 3, None], [2, 2, 5, 4], [3, None, 4, None])
    fit = least_squares(stacked(ratings))
    # 11/6 a - 7/6 b - 2/3 c = -2, -7/6 a + 11/6 b - 2/3 c = 1, a + b + c = 0
    assert fit.severity == pytest.approx([-0.75, 0.25, 0.5], abs=1e-12)
    assert fit.group.tolist() == [0, 0, 0]
    assert fit.annotator.tolist() == [0, 0, 0, 1, 1, 1, 2, 2]
    assert fit.response.tolist() == [0, 1, 2, 0, 1, 2, 0, 2]
    assert fit.criterion.tolist() == [0] * 8
    assert fit.raters.tolist() == [3, 2, 3, 3, 2, 3, 3, 3]
    # 1 - (1.75 + 2.5) / 2, 2 - 1.75, 3 - (4.75 + 3.5) / 2; 2 - (1.75 + 2.5) / 2, 2 - 2.75, 5 - (3.75 + 3.5) / 2; …
    assert fit.gap == pytest.approx([-1.125, 0.25, -1.125, -0.125, -0.75, 1.375, 1.25, -0.25], abs=1e-12)
    assert fit.weight == pytest.approx([2 / 3, 1 / 2, 2 / 3, 2 / 3, 1 / 2, 2 / 3, 2 / 3, 2 / 3], abs=1e-15)
    assert fit.beyond == pytest.approx([-0.375, 1, -0.375, -0.375, -1, 1.125, 0.75, -0.75], abs=1e-12)
    assert fit.rated.tolist() == [[True, True, True, False], [True] * 4, [True, False, True, False]]
    assert fit.responses.tolist() == [3, 3, 2]


def test_annotators_who_never_met_are_compared_through_those_whom_both_met() -> None:
    # ana is 2 below bo, bo 1 below chen, who never met ana; the distances from the others would be -2, 0.5, 1
    ratings = array([1, 2, 3, None, None], [3, 4, 5, 1, 2], [None, None, None, 2, 3])
    assert least_squares(stacked(ratings)).severity == pytest.approx([-5 / 3, 1 / 3, 4 / 3], abs=1e-12)


def test_criteria_have_levels_of_their_own_and_link_annotators_too() -> None:
    first = array([1, 2, None], [2, 3, None], [None, None, None])
    second = array([None, None, None], [None, 6, 4], [None, 5, 3])
    fit = least_squares(stacked(first, second))
    assert fit.severity == pytest.approx([-1 / 3, 2 / 3, -1 / 3], abs=1e-12)
    assert fit.criterion.tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert fit.responses.tolist() == [2, 3, 2]


def test_groups_that_share_nothing_are_centred_each_on_its_own() -> None:
    nobody = [None] * 5
    ratings = array(
        [1, 2, *nobody[2:]], [None, None, 6, 6, None], [3, 4, *nobody[2:]], [None, None, 5, 5, None], [*nobody[1:], 4]
    )
    fit = least_squares(stacked(ratings))
    assert fit.group.tolist() == [0, 1, 0, 1, -1]
    assert fit.severity == pytest.approx([-1, 0.5, 1, -0.5, np.nan], abs=1e-12, nan_ok=True)
    assert fit.why_not_comparable() == [None, None, None, None, "no response has two ratings"]
    assert fit.inverse[:, 4].tolist() == [0] * 5
    assert fit.inverse[[0, 2]][:, [1, 3]].tolist() == [[0, 0], [0, 0]]


def test_the_inverse_is_the_generalised_one() -> None:
    ratings = np.random.default_rng(0).integers(1, 7, (2, 5, 30)).astype(float)
    ratings[np.random.default_rng(1).random(ratings.shape) < 0.6] = np.nan
    ratings[:, 3:, :15] = ratings[:, :3, 15:] = np.nan  # two groups
    rated = ~np.isnan(ratings)
    n = rated.sum(axis=1)
    shared = rated & (n > 1)[:, None]
    normal = np.diag(shared.sum(axis=(0, 2))) - sum(
        (one / np.maximum(of, 1)) @ one.T for one, of in zip(shared.astype(float), n, strict=True)
    )
    assert least_squares(ratings).inverse == pytest.approx(np.linalg.pinv(normal, rcond=1e-10, hermitian=True), abs=1e-12)


@settings(max_examples=150)
@given(tables())
def test_any_ratings_give_the_severity_that_dummy_variables_give(table: Table) -> None:
    values = np.array([[[np.nan if value is None else value for value in row] for row in rows] for rows in table], dtype=float)
    criteria, annotators, responses = values.shape
    entries = np.argwhere(~np.isnan(values))
    design = np.zeros((len(entries), annotators + criteria * responses))
    for row, (criterion, annotator, response) in zip(design, entries, strict=True):
        row[annotator] = row[annotators + criterion * responses + response] = 1
    solution = np.linalg.lstsq(design, values[tuple(entries.T)], rcond=None)[0][:annotators]
    fit = least_squares(values)
    for group in range(fit.group.max(initial=-1) + 1):
        members = fit.group == group
        assert fit.severity[members] == pytest.approx(solution[members] - solution[members].mean(), abs=1e-9)
    assert np.isnan(fit.severity).tolist() == (fit.group < 0).tolist()


@pytest.mark.parametrize("shape", [(0, 2, 3), (2, 0, 3), (2, 2, 0), (2, 2, 3)])
def test_nothing_rated_is_no_fit(shape: tuple[int, ...]) -> None:
    fit = least_squares(np.full(shape, np.nan))
    assert np.isnan(fit.severity).tolist() == [True] * shape[1]
    assert fit.why_not_comparable() == ["nothing has been rated"] * shape[1]
    assert (len(fit.gap), fit.responses.tolist()) == (0, [0] * shape[1])


def test_one_annotator_alone_is_told_apart_from_several_without_a_shared_response() -> None:
    assert least_squares(stacked(array([1, 2], [None, None]))).why_not_comparable() == [
        "only one annotator has rated",
        "nothing has been rated",
    ]
    assert (
        least_squares(stacked(array([1, 2, None], [None, None, 3]))).why_not_comparable() == ["no response has two ratings"] * 2
    )
