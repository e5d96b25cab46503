from typing import Any

import numpy as np
import pytest
from scipy import stats

from annotation.agreement import Figure, Resamples
from annotation.agreement.scorer import AlternativeTest, Contest, alternative_test
from annotation.agreement.scorer.alternative import benjamini_yekutieli
from tests.annotation.agreement.arrays import array
from tests.annotation.agreement.scorer.people import people


def reference(scores: Any, ratings: Any, epsilon: float) -> tuple[float, float]:
    """The procedure of the paper, response by response: winning rate and advantage probability."""
    chances, advantages = [], []
    for row in range(len(ratings)):
        scorer_wins, own_wins = [], []
        for response in np.flatnonzero(~np.isnan(ratings[row])):
            others = [rating for other, rating in enumerate(ratings[:, response]) if other != row and not np.isnan(rating)]
            if not others:
                continue
            closeness = [-np.sqrt(np.mean([(x - o) ** 2 for o in others])) for x in (scores[response], ratings[row, response])]
            scorer_wins.append(float(closeness[0] >= closeness[1]))
            own_wins.append(float(closeness[1] >= closeness[0]))
        if len(scorer_wins) >= 30:
            chances.append(stats.ttest_1samp(np.subtract(own_wins, scorer_wins), epsilon, alternative="less").pvalue)
            advantages.append(np.mean(scorer_wins))
    return float(np.mean(stats.false_discovery_control(chances, method="by") <= 0.05)), float(np.mean(advantages))


def worked() -> tuple[Any, Any]:
    """Forty responses: the scorer wins 20 of them against the first annotator, loses 10, and 10 are ties."""
    scores, first, second = (np.repeat(values, (20, 10, 10)) for values in ([4.0, 2.0, 3.0], [2.0, 4.0, 5.0], [4.0, 4.0, 4.0]))
    return scores, np.stack([first, second])


def test_the_worked_example_of_the_documents() -> None:
    actual = alternative_test(*worked())
    p = [stats.t.cdf((mean - 0.2) / np.sqrt(variance / 40), 39) for mean, variance in ((-0.25, 27.5 / 39), (0.5, 10 / 39))]
    assert (actual.winning_rate, actual.advantage, actual.passes) == (Figure(0.5, 40), Figure(0.625, 40), True)
    assert actual.contests == (
        Contest(0, 40, 0.75, 0.5, pytest.approx(p[0], rel=1e-9), True),
        Contest(1, 40, 0.5, 1.0, pytest.approx(p[1], rel=1e-9), False),
    )
    assert p[0] == pytest.approx(0.00081, abs=5e-6)
    assert (actual.left_out, actual.epsilon) == ((), 0.2)


@pytest.mark.parametrize("epsilon", [0.0, 0.1, 0.2])
@pytest.mark.parametrize("seed", range(4))
def test_it_is_the_procedure_of_the_paper(epsilon: float, seed: int) -> None:
    scores, ratings, queries = people(60, seed=seed, annotators=5, missing=0.4)
    actual = alternative_test(scores, ratings, queries, epsilon=epsilon)
    omega, rho = reference(scores, ratings, epsilon)
    assert (actual.winning_rate.value, actual.advantage.value) == pytest.approx((omega, rho), abs=1e-12)
    assert actual.advantage.low < rho < actual.advantage.high  # type: ignore[operator]
    assert actual.passes is (omega >= 0.5)


def test_a_scorer_far_from_people_fails_and_one_that_is_their_mean_passes() -> None:
    _scores, ratings, queries = people(60, missing=0)
    far = alternative_test(np.full(120, 6.0), ratings, queries)
    assert (far.winning_rate.value, far.passes) == (0.0, False)
    near = alternative_test(ratings.mean(axis=0), ratings, queries, resamples=Resamples(0, 100))
    assert (near.winning_rate.value, near.passes) == (1.0, True)


def test_whom_the_scorer_always_equals_it_beats_where_epsilon_leaves_room() -> None:
    ratings = np.tile(np.array([1.0, 4.0, 6.0] * 11), (2, 1))
    assert alternative_test(ratings[0], ratings, epsilon=0.1).winning_rate == Figure(1.0, 33)
    assert alternative_test(ratings[0], ratings, epsilon=0.0).winning_rate == Figure(0.0, 33)


def test_overalls_that_differ_by_rounding_alone_are_ties() -> None:
    ratings = np.tile(np.array([[1.0], [2.0]]), 30)
    actual = alternative_test(np.full(30, 1.0 + 1e-12), ratings)
    assert [(each.scorer, each.own) for each in actual.contests] == [(1.0, 1.0), (1.0, 0.0)]


def test_annotators_with_fewer_than_30_shared_responses_are_left_out_by_name() -> None:
    scores, ratings, queries = people(40, missing=0)
    ratings[2, 29:] = np.nan
    actual = alternative_test(scores, ratings, queries)
    assert ([each.annotator for each in actual.contests], actual.left_out) == ([0, 1, 3], (2,))


def test_without_an_annotator_of_30_shared_responses_there_is_no_test() -> None:
    undefined = Figure(None, 2, "no annotator shares 30 responses with another")
    actual = alternative_test(np.array([1.0, 2.0, 3.0]), array([1, 2, None], [1, 2, 3]))
    assert actual == AlternativeTest(undefined, undefined, (), (0, 1), 0.2)
    assert actual.passes is None


@pytest.mark.parametrize("epsilon", [-0.1, 1.0])
def test_epsilon_is_a_share(epsilon: float) -> None:
    with pytest.raises(ValueError, match=r"^epsilon: expected a number from 0 to below 1$"):
        alternative_test(*worked(), epsilon=epsilon)


def test_the_correction_is_scipys() -> None:
    chances = np.random.default_rng(0).random(12) ** 3
    assert benjamini_yekutieli(chances) == pytest.approx(stats.false_discovery_control(chances, method="by"), abs=1e-15)
