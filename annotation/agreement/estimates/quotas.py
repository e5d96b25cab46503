"""Weights for a sample drawn by quotas: so many responses of each stratum (a category and field, say), whatever its size.

    weight = the stratum's share of the population / its share of the sample

With them a mean of the sample is one of the population; what it costs is told by the effective sample size, (Σ w)² / Σ w² (Kish
1965). A stratum of the population that is not in the sample at all cannot be weighted, and is named.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotation.agreement.clusters import Floats
from annotation.agreement.estimates.samples import Mask, Numbers, effective_size


@dataclass(frozen=True)
class QuotaWeights:
    """`weights` has one for each response, 0 for those that are not in the sample; their mean over the sample is 1.

    It is None where strata lack a response in the sample: `missing` then has their names, in the order of the strata. `n` is how
    many responses are in the sample, `effective` how many of equal weight tell as much.
    """

    weights: Floats | None
    n: int
    effective: float
    missing: tuple[str, ...] = ()


def quota_weights(strata: Numbers, sampled: Mask, names: Sequence[str]) -> QuotaWeights:
    """`strata` has the number of each response's stratum, from 0, and `names` their names; `sampled` says whether the response is
    in the sample, that is, has a label. All responses together are the population."""
    in_population = np.bincount(strata, minlength=len(names)).astype(float)
    in_sample = np.bincount(strata[sampled], minlength=len(names)).astype(float)
    n = int(sampled.sum())
    missing = (in_population > 0) & (in_sample == 0)
    if missing.any():
        return QuotaWeights(None, n, 0.0, tuple(names[number] for number in np.flatnonzero(missing).tolist()))
    of_strata = in_population / max(len(strata), 1) * n / np.where(in_sample > 0, in_sample, 1)
    weights = np.where(sampled, of_strata[strata], 0.0)
    return QuotaWeights(weights, n, effective_size(weights))
