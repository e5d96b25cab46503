from typing import Any

import numpy as np
import pytest

from annotation.agreement.clusters import Clusters, clusters_of, pooled
from tests.annotation.agreement.arrays import NAN, array, study

RATINGS = array([1, 2, None, 1, None], [1, 3, 2, 1, None])


def fields(data: Clusters) -> Any:
    return (
        data.codes.tolist(),
        data.levels.tolist(),
        data.cluster.tolist(),
        data.query_counts.tolist(),
        data.clustered,
        data.queries,
    )


def test_responses_of_one_query_are_one_cluster() -> None:
    actual = clusters_of(RATINGS, [1, 2, 3], np.array([7, 9, 9, 7, 5]))
    assert fields(actual) == ([[0, 1, 0], [0, 2, 0]], [1, 2, 3], [0, 1, 0], [1, 1], True, 2)
    assert actual.level_counts.tolist() == [[2, 0, 2], [0, 1, 0], [0, 1, 0]]


def test_a_response_with_one_rating_counts_where_one_is_enough() -> None:
    actual = clusters_of(RATINGS, None, np.array([7, 9, 9, 7, 5]), at_least=1)
    assert fields(actual) == ([[0, 1, -1, 0], [0, 2, 1, 0]], [1, 2, 3], [0, 1, 1, 0], [1, 1], True, 2)
    assert np.array_equal(actual.ratings, array([1, 2, None, 1], [1, 3, 2, 1]), equal_nan=True)


def test_without_queries_equal_responses_are_pooled() -> None:
    assert fields(clusters_of(RATINGS, [1, 2, 3], None)) == ([[0, 1], [0, 2]], [1, 2, 3], [0, 1], [2, 1], False, 3)


@pytest.mark.parametrize(("queries", "clusters"), [(99, 99), (100, 2)])
def test_many_queries_of_one_response_are_pooled_and_fewer_stand_for_themselves(queries: int, clusters: int) -> None:
    ratings = np.array([[1.0, 2.0] * 50, [1.0, 1.0] * 50, [NAN, 3.0] * 50])[:, :queries]
    actual = clusters_of(ratings, [1, 2, 3], np.arange(queries))
    assert (len(actual.query_counts), actual.queries, actual.clustered) == (clusters, queries, True)


@pytest.mark.parametrize(("to_a_pattern", "clusters"), [(8, 15), (9, 120)])
def test_queries_are_pooled_only_where_many_have_the_same_ratings(
    monkeypatch: pytest.MonkeyPatch, to_a_pattern: int, clusters: int
) -> None:
    monkeypatch.setattr("annotation.agreement.clusters.TO_A_PATTERN", to_a_pattern)
    actual = clusters_of(np.stack([np.ones(120), np.arange(120) % 15]), None, np.arange(120))
    assert (len(actual.query_counts), actual.queries) == (clusters, 120)


def test_an_anonymous_figure_pools_the_same_ratings_by_different_people() -> None:
    ratings = np.full((3, 120), NAN)
    ratings[0, ::2], ratings[1, ::2] = 1, 3
    ratings[1, 1::2], ratings[2, 1::2] = 3, 1
    by_name, anonymous = (clusters_of(ratings, [1, 2, 3], np.arange(120), anonymous=flag) for flag in (False, True))
    assert (by_name.codes.T.tolist(), by_name.query_counts.tolist()) == ([[-1, 2, 0], [0, 2, -1]], [60, 60])
    assert (anonymous.codes.T.tolist(), anonymous.query_counts.tolist()) == ([[0, 2]], [120])


def test_queries_of_several_responses_are_not_pooled() -> None:
    actual = clusters_of(np.ones((2, 101)), [1], np.append(np.arange(100), 0))
    assert (len(actual.query_counts), actual.queries, actual.cluster[[0, 100]].tolist()) == (100, 100, [0, 0])


@pytest.mark.parametrize("annotators", [2, 3, 40])
def test_pooling_loses_nothing_however_many_annotators_there_are(annotators: int) -> None:
    codes = np.random.default_rng(1).integers(-1, 3, size=(annotators, 30)).astype(np.int32)
    codes = np.repeat(codes, 2, axis=1)
    actual = pooled(codes, np.array([1.0, 2.0, 3.0]), clustered=True)
    again = np.repeat(actual.codes, actual.query_counts.astype(int), axis=1)
    assert sorted(map(tuple, again.T)) == sorted(map(tuple, codes.T))
    assert len(actual.query_counts) == len({tuple(column) for column in codes.T})


@pytest.mark.parametrize("annotators", [30, 100])
def test_responses_that_differ_in_one_rating_are_not_pooled_however_many_annotators_there_are(annotators: int) -> None:
    for number in range(annotators):
        codes = np.ones((annotators, 4), dtype=np.int32)
        codes[number] = [2, 0, 1, -1]
        actual = pooled(codes, np.array([1.0, 2.0, 3.0]), clustered=True)
        assert (actual.codes[number].tolist(), actual.query_counts.tolist()) == ([-1, 0, 1, 2], [1, 1, 1, 1])


def test_sums_are_within_clusters_sparse_or_not() -> None:
    actual = clusters_of(RATINGS, [1, 2, 3], np.array([7, 9, 9, 7, 5]))
    columns = [np.array([1.0, 2.0, 4.0]), np.zeros(3), np.array([0.0, 0.5, 0.0])]
    for asked, sums in ((columns, [[5, 0, 0], [2, 0, 0.5]]), ([np.array([1.0, 0.0, 2.0])], [[3], [0]])):
        assert actual.sums(asked).tolist() == sums
        assert (np.eye(2) @ actual.sums(asked, sparse=True)).tolist() == sums


@pytest.mark.parametrize("queries", [[5, 7, 9, 12], [7, 5, 12, 9], [5, 5, 7, 9], [7, 5, 7, 9], [7, 7, 7, 7]])
def test_queries_are_numbered_in_ascending_order_and_summed_whether_they_are_sorted_or_not(queries: list[int]) -> None:
    actual = clusters_of(array([1, 2, 1, 2], [2, 2, 1, 1]), [1, 2], np.array(queries))
    names = sorted(set(queries))
    values = np.array([1.0, 2.0, 4.0, 8.0])
    own = [[sum(values[np.array(queries) == name])] for name in names]
    assert (actual.cluster.tolist(), actual.queries) == ([names.index(query) for query in queries], len(names))
    assert actual.sums([values]).tolist() == own


def test_no_responses_are_of_no_query() -> None:
    actual = clusters_of(np.empty((2, 0)), [1, 2], np.array([], dtype=int))
    assert (actual.queries, actual.codes.shape, actual.query_counts.tolist()) == (0, (2, 0), [])


@pytest.mark.parametrize("queries", [np.arange(4), np.arange(6)])
def test_each_response_belongs_to_a_query(queries: Any) -> None:
    with pytest.raises(ValueError, match=r"^each response belongs to a query$"):
        clusters_of(RATINGS, None, queries)


def test_the_arguments_are_not_changed() -> None:
    actual = study(120)
    ratings, queries = actual.ratings.copy(), actual.queries.copy()
    clusters_of(actual.ratings, None, actual.queries)
    assert np.array_equal(ratings, actual.ratings, equal_nan=True)
    assert np.array_equal(queries, actual.queries)
