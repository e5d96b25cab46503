"""First ratings and a scorer's scores as tests draw them."""

from typing import Any, NamedTuple

import numpy as np


class People(NamedTuple):
    """Ratings are annotators x responses, NaN for none."""

    scores: Any
    ratings: Any
    queries: Any


def people(queries: int, *, each: int = 2, annotators: int = 4, missing: float = 0.3, seed: int = 0) -> People:
    """The scorer errs as an annotator does; all ratings are whole points from 0 to 6."""
    random = np.random.default_rng(seed)
    quality = random.normal(3, 1.3, queries * each)
    drawn = np.clip(np.round(quality + 0.8 * random.normal(size=(annotators + 1, len(quality)))), 0, 6)
    ratings = drawn[1:]
    ratings[random.random(ratings.shape) < missing] = np.nan
    return People(drawn[0], ratings, random.permutation(np.repeat(np.arange(queries), each)))
