"""How ratings come about when levels are told apart: the quality of a response, perceived with noise, cut into bands.

A band is a level, or several that are treated as one. Quality is in levels: a response of quality 3.5 stands between the levels
3 and 4. The distribution of quality is whatever fits best, so that uneven use of the scale is no evidence of anything; noise is
normal and the same throughout the scale, and a share of the ratings are slips, which come anywhere.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import Floats

Counts = NDArray[np.int64]
STEP = 0.5  # of quality, in levels
NOISES = np.geomspace(0.3, 1.6, 12)  # standard deviations, in levels
FIRST_SLIPS, FEWEST_SLIPS, MOST_SLIPS = 0.02, 1e-4, 0.3
ROUNDS = 80  # of the EM algorithm


@dataclass(frozen=True)
class Bands:
    """A scale of which some levels are treated as one. `start` has the index of each band's first level, then the end."""

    levels: Floats  # ascending
    start: tuple[int, ...]

    @property
    def edges(self) -> Floats:
        """Where one band ends and the next begins: halfway between their levels."""
        inner = np.array(self.start[1:-1], dtype=np.intp)
        halfway: Floats = (self.levels[inner - 1] + self.levels[inner]) / 2
        return halfway

    @property
    def sizes(self) -> Floats:
        return np.diff(self.start).astype(float)

    @property
    def values(self) -> Floats:
        """The mean of each band's levels."""
        means: Floats = np.add.reduceat(self.levels, self.start[:-1]) / self.sizes
        return means

    @property
    def quality(self) -> Floats:
        """From half a level below the scale to half a level above."""
        points: Floats = np.arange(float(self.levels[0]) - STEP, float(self.levels[-1]) + 2 * STEP, STEP)
        return points

    def counted(self, per_level: Counts) -> Counts:
        """Rows x levels, added up within bands."""
        sums: Counts = np.add.reduceat(per_level, self.start[:-1], axis=1)
        return sums

    def joined(self, place: int) -> "Bands":
        """With the band of this place and the next as one."""
        return replace(self, start=self.start[: place + 1] + self.start[place + 2 :])


@dataclass(frozen=True)
class Noise:
    """A fit: the share of responses of each quality, the standard deviation of the noise, and the share of slips."""

    shares: Floats
    deviation: float
    slips: float
    log_likelihood: float  # of the ratings, without the ways in which those of a response could be ordered

    def probabilities(self, bands: Bands) -> Floats:
        """Of each band for each quality: quality x bands."""
        probabilities: Floats = with_slips(cut(bands, np.array([self.deviation])), np.array([self.slips]), slip_shares(bands))[0]
        return probabilities


def fit(per_band: Counts, weights: Floats, bands: Bands) -> Noise:
    """By maximum likelihood: the EM algorithm for quality and slips, the best of NOISES for the noise.

    `per_band`, rows x bands, has how often each band was given to a response, `weights` how many responses a row stands for.
    """
    cuts = cut(bands, NOISES)
    shares = np.full(cuts.shape[:2], 1 / cuts.shape[1])
    slips = np.full(len(NOISES), FIRST_SLIPS)
    of_slips, given = slip_shares(bands), per_band.astype(float)
    ratings = weights @ given.sum(axis=1)
    for _round in range(ROUNDS):
        probabilities = with_slips(cuts, slips, of_slips)
        logs = np.log(probabilities) @ given.T  # noises x quality x rows
        most = logs.max(axis=1, keepdims=True)
        joint = np.exp(logs - most) * shares[:, :, None]
        total = joint.sum(axis=1, keepdims=True)
        likelihood = (np.log(total) + most)[:, 0] @ weights
        posterior = joint / total * weights
        shares = posterior.sum(axis=2) / weights.sum()
        slipped = (posterior @ given / probabilities * of_slips).sum(axis=(1, 2)) * slips
        slips = np.clip(slipped / ratings, FEWEST_SLIPS, MOST_SLIPS)
    best = int(likelihood.argmax())
    return Noise(shares[best], float(NOISES[best]), float(slips[best]), float(likelihood[best]))


def cut(bands: Bands, deviations: Floats) -> Floats:
    """The probability that a response of a quality is perceived within a band: deviations x quality x bands."""
    from scipy.special import ndtr  # type: ignore[import-untyped]  # late: most commands do without

    below = ndtr((bands.edges - bands.quality[:, None]) / deviations[:, None, None])
    ends = (*below.shape[:2], 1)
    return np.diff(np.concatenate([np.zeros(ends), below, np.ones(ends)], axis=2), axis=2)


def with_slips(cuts: Floats, slips: Floats, of_slips: Floats) -> Floats:
    mixture: Floats = (1 - slips)[:, None, None] * cuts + slips[:, None, None] * of_slips
    return mixture


def slip_shares(bands: Bands) -> Floats:
    """Of the slips, how many come in each band."""
    shares: Floats = bands.sizes / bands.sizes.sum()
    return shares
