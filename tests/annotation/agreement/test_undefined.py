"""Where every measure of ratings is undefined, and the reasons, which are the same for all."""

from typing import Any

import numpy as np
import pytest

from annotation.agreement import Figure, confusions, icc, kappas_of_tables, pearson_of_two, spearman_of_two
from tests.annotation.agreement.arrays import MEASURES, SCALE, array

COMPARING = {name: measure for name, measure in MEASURES.items() if name != "prevalence"} | {
    "Pearson": pearson_of_two,
    "Spearman": spearman_of_two,
    "ICC(2,1)": lambda ratings, **_: icc(ratings)["2,1"],
    "ICC(3,k)": lambda ratings, **_: icc(ratings)["3,k"],
}
WITHOUT_CHANCE = {"exact": 1.0, "adjacent": 1.0, "difference": 0.0}
SURE = {"AC1": 1.0, "ordinal AC2": 1.0, "linear AC2": 1.0, "quadratic AC2": 1.0}  # do not collapse where nothing varies


@pytest.mark.parametrize("name", COMPARING)
@pytest.mark.parametrize("queries", [False, True])
@pytest.mark.parametrize(
    ("ratings", "reason"),
    [
        (np.empty((2, 0)), "nothing has been rated"),
        (array([None, None], [None, None]), "nothing has been rated"),
        (array([1, 2], [None, None]), "only one annotator has rated"),
        (array([1, None], [None, 1]), "no response has two ratings"),
    ],
)
def test_nothing_to_compare(name: str, queries: bool, ratings: Any, reason: str) -> None:
    arguments = {"queries": np.arange(ratings.shape[1])} if queries else {}
    assert COMPARING[name](ratings, **arguments) == Figure(None, 0, reason)


@pytest.mark.parametrize("name", COMPARING)
def test_every_rating_the_same(name: str) -> None:
    actual = COMPARING[name](array([3, 3, 3], [3, 3, 3]))
    expected = (WITHOUT_CHANCE | SURE).get(name)
    assert actual == Figure(expected, 3, None if expected is not None else "every rating is the same")


@pytest.mark.parametrize("name", ["one rating's ICC", "the mean's ICC", "Pearson", "Spearman"])
def test_one_response_with_two_ratings(name: str) -> None:
    assert COMPARING[name](array([1, 2, None], [3, None, 2])) == Figure(None, 1, "only one response has two ratings")


@pytest.mark.parametrize("kind", ["1,1", "2,1", "3,1", "1,k", "2,k", "3,k"])
@pytest.mark.parametrize(
    ("ratings", "figure"),
    [
        (array([1], [2]), Figure(None, 1, "only one response has two ratings")),
        (array([1, 2, None], [2, 2, 3]), Figure(None, 2, "not every annotator has rated every response")),
    ],
)
def test_shrout_and_fleiss_need_several_responses_and_all_ratings_of_them(kind: str, ratings: Any, figure: Figure) -> None:
    assert icc(ratings)[kind] == figure


@pytest.mark.parametrize("measure", [pearson_of_two, spearman_of_two])
@pytest.mark.parametrize("ratings", [array([3, 3, 3], [1, 2, 3]), array([1, 2, 3], [3, 3, 3]), array([3, 3], [4, 4])])
def test_a_correlation_needs_two_who_vary(measure: Any, ratings: Any) -> None:
    assert measure(ratings) == Figure(None, ratings.shape[1], "one annotator has given the same rating throughout")


@pytest.mark.parametrize("measure", [pearson_of_two, spearman_of_two])
@pytest.mark.parametrize("ratings", [array([1, 2]), array([1, 2], [1, 2], [1, 2])])
def test_a_correlation_is_of_two(measure: Any, ratings: Any) -> None:
    with pytest.raises(ValueError, match=r"^a correlation is of two annotators$"):
        measure(ratings)


def test_each_pair_of_annotators_has_its_own_reason_for_no_figure() -> None:
    ratings = array([1, 2, None, 5, 5], [1, 2, None, None, None], [None, None, 3, 5, 5], [3, None, None, None, None])
    actual = kappas_of_tables(confusions(ratings, SCALE), scale=SCALE)
    assert actual[0][2] == actual[2][0] == Figure(None, 2, "every rating is the same")
    assert actual[1][2] == Figure(None, 0, "no response has two ratings")
    assert actual[0][3] == actual[1][3] == Figure(None, 1, "only one response has two ratings")
    assert [actual[number][number] for number in range(4)] == [None, None, None, None]
