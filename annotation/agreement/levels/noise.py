"""How ratings come about when levels are told apart: the quality of a response, perceived with noise, cut into bands.

A band is a level, or several that are treated as one. Quality is in levels: a response of quality 3.5 stands between the bands
of the levels 3 and 4. The distribution of quality is whatever fits best, so that uneven use of the scale is no evidence of
anything; noise is normal and the same throughout the scale, and a share of the ratings are slips, which come anywhere.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import Floats

STEP = 0.5  # of quality, in levels
NOISES = np.geomspace(0.3, 1.6, 12)  # standard deviations, in levels
FIRST_SLIPS, FEWEST_SLIPS, MOST_SLIPS = 0.02, 1e-4, 0.3
ROUNDS = 80  # of the EM algorithm


@dataclass(frozen=True)
class Noise:
    """A fit. `quality` has the points of quality, `posterior` their probabilities for each pattern of ratings."""

    quality: Floats
    deviation: float
    slips: float
    posterior: Floats  # patterns x quality

    def bands(self, edges: Floats, slips: Floats) -> Floats:
        """The probability of each band for each quality: quality x bands. `slips` has each band's share of the slips."""
        return mixed(cut(self.quality, edges, np.array([self.deviation])), slips, np.array([self.slips]))[0]


def points(levels: Floats) -> Floats:
    """The points of quality of a scale: from below its lowest level to above its highest."""
    quality: Floats = np.arange(float(levels[0]) - STEP, float(levels[-1]) + 2 * STEP, STEP, dtype=float)
    return quality


def fit(counts: NDArray[np.int64], weights: Floats, quality: Floats, edges: Floats, slips: Floats) -> Noise:
    """By maximum likelihood: EM for quality and slips, the best of NOISES for the noise.

    `counts`, patterns x bands, says how often each band was given to a response of the pattern, `weights` how many responses
    have the pattern. `edges` are the inner ends of the bands, `slips` each band's share of the slips.
    """
    cuts = cut(quality, edges, NOISES)
    prior = np.full((len(NOISES), len(quality)), 1 / len(quality))
    share = np.full(len(NOISES), FIRST_SLIPS)
    weights = weights / weights.sum()
    ratings = float(weights @ counts.sum(axis=1))
    for _round in range(ROUNDS):
        bands = mixed(cuts, slips, share)
        posterior, likelihood = posterior_of(counts, bands, prior)
        prior = np.einsum("npq,p->nq", posterior, weights)
        given = np.einsum("npq,pb->nqb", posterior * weights[:, None], counts, optimize=True)
        slipped = (given * share[:, None, None] * slips / bands).sum(axis=(1, 2))
        share = np.clip(slipped / ratings, FEWEST_SLIPS, MOST_SLIPS)
    best = int((likelihood @ weights).argmax())
    return Noise(quality, float(NOISES[best]), float(share[best]), posterior[best])


def cut(quality: Floats, edges: Floats, deviations: Floats) -> Floats:
    """The probability that a response of this quality is perceived within each band: deviations x quality x bands."""
    from scipy.special import ndtr  # type: ignore[import-untyped]  # late: most commands do without

    below = ndtr((edges - quality[:, None]) / deviations[:, None, None])
    ends = (*below.shape[:2], 1)
    return np.diff(np.concatenate([np.zeros(ends), below, np.ones(ends)], axis=2), axis=2)


def mixed(cuts: Floats, slips: Floats, share: Floats) -> Floats:
    mixture: Floats = (1 - share)[:, None, None] * cuts + share[:, None, None] * slips
    return mixture


def posterior_of(counts: NDArray[np.int64], bands: Floats, prior: Floats) -> tuple[Floats, Floats]:
    """Of quality, deviations x patterns x quality; and each pattern's log likelihood, deviations x patterns."""
    logs = np.log(bands) @ counts.T  # deviations x quality x patterns
    most = logs.max(axis=1, keepdims=True)
    joint = np.exp(logs - most) * prior[:, :, None]
    total = joint.sum(axis=1, keepdims=True)
    return np.swapaxes(joint / total, 1, 2), np.log(total[:, 0]) + most[:, 0]
