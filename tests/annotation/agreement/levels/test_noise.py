"""The fit of quality, noise and slips to ratings."""

import numpy as np
import pytest

from annotation.agreement.levels.noise import Bands, fit, slip_shares

LEVELS = np.arange(1.0, 7.0)
ALL = Bands(LEVELS, (0, 1, 2, 3, 4, 5, 6))


def test_bands_are_cut_halfway_between_levels() -> None:
    joined = ALL.joined(2)
    assert joined.start == (0, 1, 2, 4, 5, 6)
    assert joined.edges.tolist() == [1.5, 2.5, 4.5, 5.5]
    assert joined.values.tolist() == [1, 2, 3.5, 5, 6]
    assert joined.counted(np.array([[0, 1, 2, 3, 4, 5]])).tolist() == [[0, 1, 5, 4, 5]]
    assert slip_shares(joined).tolist() == pytest.approx([1 / 6, 1 / 6, 2 / 6, 1 / 6, 1 / 6])
    assert (ALL.quality[0], ALL.quality[-1], len(ALL.quality)) == (0.5, 6.5, 13)


def test_the_noise_of_many_ratings_is_what_they_were_made_with() -> None:
    random = np.random.default_rng(0)
    quality = random.choice([2.0, 3.0, 5.0], 4000)
    ratings = np.clip(np.rint(quality + random.normal(0, 0.7, (3, 4000))), 1, 6)
    counts = np.stack([(ratings == level).sum(axis=0) for level in LEVELS], axis=1)
    found = fit(counts, np.ones(4000), ALL)
    assert found.deviation == pytest.approx(0.7, abs=0.06)
    assert found.slips < 0.01
    assert found.shares @ ALL.quality == pytest.approx(10 / 3, abs=0.05)


def test_equal_responses_count_as_often_as_their_weight() -> None:
    random = np.random.default_rng(1)
    counts = np.stack([(random.integers(1, 7, (3, 60)) == level).sum(axis=0) for level in LEVELS], axis=1)
    one, other = fit(counts, np.full(60, 2.0), ALL), fit(np.concatenate([counts, counts]), np.ones(120), ALL)
    assert one.log_likelihood == pytest.approx(other.log_likelihood)
    assert one.shares == pytest.approx(other.shares)


def test_slips_are_never_none_and_never_more_than_three_in_ten() -> None:
    alike, at_both_ends = np.eye(6, dtype=np.int64) * 2, np.array([[3, 0, 0, 0, 0, 3]])
    assert fit(alike, np.ones(6), ALL).slips == pytest.approx(1e-4)
    assert fit(at_both_ends, np.array([50.0]), ALL).slips == pytest.approx(0.3)


def test_probabilities_of_the_bands_add_up_to_1() -> None:
    found = fit(np.eye(6, dtype=np.int64) * 2, np.ones(6), ALL)
    for bands in (ALL, ALL.joined(0), ALL.joined(4)):
        assert found.probabilities(bands).sum(axis=1) == pytest.approx(np.ones(13))
