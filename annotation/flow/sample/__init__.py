"""Draws samples: which responses of a pool are to be scored, so many of each stratum.

plan (what is drawn of which strata, pure), draw (from the pool of a project, and the slots of what was drawn), weights (with
which results from a sample are results of the whole pool).
"""

from annotation.flow.sample.draw import Preview, draw_sample, preview_sample, sampled_csv, sampled_rows
from annotation.flow.sample.plan import STRATA, Plan
from annotation.flow.sample.weights import PoolWeights, pool_weights

__all__ = [
    "STRATA",
    "Plan",
    "PoolWeights",
    "Preview",
    "draw_sample",
    "pool_weights",
    "preview_sample",
    "sampled_csv",
    "sampled_rows",
]
