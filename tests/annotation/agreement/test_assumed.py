"""The share of responses that a rule would queue is the one that drawn ratings of the same model show."""

import numpy as np
import pytest

from annotation.agreement import AssumedAgreement, disputed

TYPICAL = AssumedAgreement(0.40, 0.87)


def test_pairs_agree_as_often_as_assumed() -> None:
    assert TYPICAL.pairs_within(TYPICAL.chances, 0) == pytest.approx(0.40, abs=1e-6)
    assert TYPICAL.pairs_within(TYPICAL.chances, 1) == pytest.approx(0.87, abs=1e-6)
    assert TYPICAL.disputed(2, pair_gap=2, group_range=3) == pytest.approx(0.13, abs=1e-6)


def test_slips_come_on_every_level_alike() -> None:
    chances, without = TYPICAL.levels(0.8, 0.3), TYPICAL.levels(0.8, 0.0)
    assert chances.sum(axis=1) == pytest.approx(np.ones(len(TYPICAL.qualities)))
    assert chances == pytest.approx(0.7 * without + 0.3 / 6)


@pytest.mark.parametrize("ratings", [2, 3, 4, 5])
@pytest.mark.parametrize("cut_off", [None, 4])
@pytest.mark.parametrize("criteria", [1, 5])
def test_shares_are_those_of_drawn_ratings(ratings: int, cut_off: int | None, criteria: int) -> None:
    random = np.random.default_rng(ratings)
    responses = 40_000
    qualities = random.choice(len(TYPICAL.weights), size=responses, p=TYPICAL.weights)
    cumulative = TYPICAL.chances.cumsum(axis=1)[qualities]
    queued = np.zeros(responses, dtype=bool)
    for _criterion in range(criteria):
        drawn = 1.0 + (random.random((ratings, responses, 1)) > cumulative[:, :-1]).sum(axis=2)
        queued |= disputed(drawn, np.ones(drawn.shape, dtype=bool), cut_off=cut_off)
    share = TYPICAL.disputed(ratings, pair_gap=2, group_range=3, cut_off=cut_off, criteria=criteria)
    assert share == pytest.approx(queued.mean(), abs=0.01)


def test_one_rating_disputes_nothing_and_neither_do_annotators_who_always_agree() -> None:
    assert TYPICAL.disputed(1, pair_gap=2, group_range=3) == 0
    assert AssumedAgreement(1, 1).disputed(3, pair_gap=2, group_range=3) == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize(("exact", "adjacent"), [(0.4, 0.99), (0.1, 0.2), (0.9, 0.9), (0.5, 0.5)])
def test_what_no_annotators_can_do_becomes_the_nearest_that_they_can(exact: float, adjacent: float) -> None:
    assert 0 <= AssumedAgreement(exact, adjacent).disputed(3, pair_gap=2, group_range=3) <= 1


@pytest.mark.parametrize("cut_off", [0, 1, 7, 20])
def test_a_cut_off_outside_the_scale_disputes_nothing(cut_off: int) -> None:
    rule = {"pair_gap": 2, "group_range": 3}
    assert TYPICAL.disputed(3, **rule, cut_off=cut_off) == pytest.approx(TYPICAL.disputed(3, **rule))
