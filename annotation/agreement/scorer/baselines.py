"""The scores of baselines without any skill, which stand beside a scorer's: cosine similarity is close to 1 for them too."""

from collections import Counter
from math import floor
from random import Random

import numpy as np

from annotation.agreement.scorer.measures import Scores


def baselines(labels: Scores, *, seed: int) -> dict[str, Scores]:
    """The scores of three baselines that do not look at the response, by name.

    "mean" is always the mean label, "commonest" always the commonest of the labels rounded to whole numbers (of several the
    smallest), and "shuffled" the labels in a seeded random order.
    """
    if not len(labels):
        return {name: np.array([], dtype=float) for name in ("mean", "commonest", "shuffled")}
    rounded = Counter(floor(label + 0.5) for label in labels)
    commonest = min(rounded, key=lambda value: (-rounded[value], value))
    order = list(range(len(labels)))
    Random(seed).shuffle(order)
    return {
        "mean": np.full(len(labels), labels.mean()),
        "commonest": np.full(len(labels), float(commonest)),
        "shuffled": labels[order],
    }
