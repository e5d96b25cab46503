"""Scores and labels as tests draw them."""

from typing import Any

import numpy as np

CONSTANT = "no variation: the scores or the labels are all the same"


def drawn(responses: int, seed: int = 0) -> tuple[Any, Any]:
    """Scores and labels in points, labels being means of three."""
    random = np.random.default_rng(seed)
    labels = random.integers(0, 19, responses) / 3
    return np.clip(np.round(labels + random.normal(0.5, 1, responses)), 0, 6), labels
