"""Two annotators are told apart from people who agree: by how much others agree, and by how often anybody could be equal."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from annotation.agreement import Copy, copies
from annotation.agreement.annotators.copies import judgement_numbers, pairs_of_judgements
from tests.annotation.agreement.arrays import array


def study(responses: int, annotators: int, *, criteria: int = 6, noise: float = 0.6, mean: float = 3.5, seed: int = 0) -> Any:
    """Ratings, criteria x annotators x responses. With noise of .6 two ratings are equal in some 43 %, of .1 in 89 %."""
    random = np.random.default_rng(seed)
    quality = 0.8 * random.normal(size=(criteria, 1, responses)) + 0.6 * random.normal(size=(1, 1, responses))
    return np.clip(np.round(mean + quality + noise * random.normal(size=(criteria, annotators, responses))), 1, 6)


def copies_of(values: Any) -> list[Copy]:
    return copies(values, (~np.isnan(values)).any(axis=0))


def test_a_copied_column_is_told_with_what_the_two_share() -> None:
    values = study(40, 3)
    values[:, 2] = values[:, 0]
    values[0, 2, :3] = 7 - values[0, 2, :3]
    values[:, 0, 30:] = np.nan
    assert copies_of(values) == [Copy(0, 2, 30, 180, 177 / 180)]
    values[0, 2, 3] = 7 - values[0, 2, 3]  # less than 98 % are equal
    assert copies_of(values) == []


@pytest.mark.parametrize(
    ("responses", "annotators", "noise", "mean", "criteria"),
    [
        (30, 3, 0.6, 3.5, 6),
        (300, 12, 0.6, 3.5, 6),
        (300, 3, 0.1, 3.5, 1),  # 89 % equal
        (300, 2, 0.05, 3.5, 1),  # 94 %, and nobody else
        (300, 3, 0.6, 6.5, 6),  # most are on the last level
        (300, 2, 0.6, 7.5, 1),
    ],
)
def test_people_who_agree_are_no_copies(responses: int, annotators: int, noise: float, mean: float, criteria: int) -> None:
    for seed in range(20):
        assert copies_of(study(responses, annotators, noise=noise, mean=mean, criteria=criteria, seed=seed)) == []


def test_where_every_rating_is_on_one_level_nothing_is_told() -> None:
    assert copies_of(np.full((2, 2, 400), 4.0)) == []


def test_where_all_agree_wholly_nobody_stands_out() -> None:
    values = study(200, 3)
    values[:] = values[:, :1]
    assert copies_of(values) == []
    assert len(copies_of(values[:, :2])) == 1


def test_few_ratings_tell_nothing() -> None:
    values = study(30, 2, criteria=1)
    values[:, 1] = values[:, 0]
    assert len(copies_of(values)) == 1
    assert copies_of(values[..., :29]) == []


def test_the_more_pairs_there_are_the_more_equal_judgements_it_takes() -> None:
    """Twelve judgements that might be equal by half: .00024 for one pair, .016 for 66."""
    values = study(12, 2, criteria=3)
    values[:, 1] = values[:, 0]
    assert len(copies_of(values)) == 1
    others = study(12, 10, criteria=3, seed=1)
    assert copies_of(np.concatenate([values, others], axis=1)) == []


def test_not_applicable_is_part_of_what_is_equal() -> None:
    values = np.array([[[1, 2, np.nan, 4], [1, 2, np.nan, 4]], [[1, np.nan, 3, 4], [1, 2, 3, 4]]], dtype=float)
    numbers = judgement_numbers(values, np.array([[True] * 4, [True] * 3 + [False]]))
    assert (numbers[0, [0, 2]] == numbers[1, [0, 2]]).all()
    assert numbers[0, 1] != numbers[1, 1]
    assert (numbers[1, 3], len(set(numbers.ravel().tolist()))) == (-1, 6)


def test_equal_judgements_are_counted_by_pairs() -> None:
    numbers = array([0, 0, 1, 4], [0, 0, 2, -1], [0, 3, -1, -1]).astype(np.int64)
    assert pairs_of_judgements(numbers) == (3 + 3 + 1, 3 + 1)
    assert pairs_of_judgements(array([1, 0], [2, 3]).astype(np.int64)) == (2, 0)


def test_judgements_that_differ_on_any_criterion_have_different_numbers() -> None:
    levels = np.array(list(product((1, 2, np.nan), repeat=3))).T  # criteria x judgements
    numbers = judgement_numbers(np.stack([levels, levels], axis=1), np.ones((2, 27), dtype=bool))
    assert sorted(numbers[0].tolist()) == list(range(27))
    assert numbers[0].tolist() == numbers[1].tolist()


@pytest.mark.parametrize("annotators", [0, 1])
def test_nobody_and_one_alone_copy_nothing(annotators: int) -> None:
    assert copies_of(study(50, annotators)) == []


def test_exactly_98_percent_are_nearly_all() -> None:
    values = np.resize(np.arange(1.0, 7), (1, 2, 50))
    values[0, 1] = values[0, 0]
    values[0, 1, 0] += 1
    assert copies_of(values) == [Copy(0, 1, 50, 50, 0.98)]


def test_a_rating_beside_a_not_applicable_is_none_of_the_ratings_that_both_gave() -> None:
    values = np.resize(np.arange(1.0, 7), (1, 2, 32))
    values[0, 1] = values[0, 0]
    values[0, 1, :2] = np.nan
    assert copies(values, np.ones((2, 32), dtype=bool)) == [Copy(0, 1, 32, 30, 1.0)]


def test_pairs_after_one_that_shares_little_are_looked_at_too() -> None:
    values = study(70, 3, criteria=1)
    values[:, 1] = values[:, 0]  # but of these two there are ten responses
    values[:, 1, 10:40] = values[:, 0, 40:] = np.nan
    values[:, 2] = np.where(np.isnan(values[:, 1]), values[:, 2], values[:, 1])
    assert [(each.first, each.second, each.ratings) for each in copies_of(values)] == [(1, 2, 40)]


def test_how_often_others_are_equal_is_a_share_of_all_their_pairs() -> None:
    """The third is equal to each of the two on 42 of 60 responses: 60 of 60 are beyond a chance of seven in ten."""
    values = np.resize(np.arange(1.0, 7), (1, 3, 60))
    values[:] = values[:, :1]
    values[0, 2, :18] += 7
    assert copies_of(values) == [Copy(0, 1, 60, 60, 1.0)]
