"""How close a scorer's scores come to people's labels: MMIE's four measures, the scores of baselines without any skill, and the
correlation within and between groups: pooled over systems that differ, scores that only tell systems apart correlate too.

`scores` and `labels` are arrays of floats over the same responses, in the same order.
"""

from collections import Counter
from math import floor
from random import Random

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.figures import Figure
from annotation.agreement.reasons import ALL_ZERO, CONSTANT, FEW_GROUPS, NO_SCORES, ONE_SCORE, SAME_IN_GROUPS

Scores = NDArray[np.float64]
Groups = NDArray[np.int64]


def cosine(scores: Scores, labels: Scores) -> Figure:
    """Cosine similarity. Almost any scores that are never negative are close to 1: compare it with that of the baselines."""
    if not len(scores):
        return Figure(None, 0, NO_SCORES)
    if not scores.any() or not labels.any():
        return Figure(None, len(scores), ALL_ZERO)
    return Figure(cosine_of_angle(scores, labels), len(scores))


def mse(scores: Scores, labels: Scores) -> Figure:
    """Mean squared error, in squared points."""
    if not len(scores):
        return Figure(None, 0, NO_SCORES)
    return Figure(float(((scores - labels) ** 2).mean()), len(scores))


def mae(scores: Scores, labels: Scores) -> Figure:
    """Mean absolute error, in points."""
    if not len(scores):
        return Figure(None, 0, NO_SCORES)
    return Figure(float(np.abs(scores - labels).mean()), len(scores))


def pearson(scores: Scores, labels: Scores) -> Figure:
    """Pearson's product-moment coefficient."""
    if len(scores) < 2:
        return Figure(None, len(scores), ONE_SCORE if len(scores) else NO_SCORES)
    if np.ptp(scores) == 0 or np.ptp(labels) == 0:
        return Figure(None, len(scores), CONSTANT)
    return Figure(cosine_of_angle(scores - scores.mean(), labels - labels.mean()), len(scores))


def pearson_within(scores: Scores, labels: Scores, groups: Groups) -> Figure:
    """Pearson's coefficient of the distances from the group's means: how far the scorer tells responses of one group apart.

    `groups` has a whole number per response, equal for those of one group. `n` counts the responses.
    """
    if not len(scores):
        return Figure(None, 0, NO_SCORES)
    values = np.stack([scores, labels])
    _sizes, means = means_of_groups(values, groups)
    distances = values - means[:, groups_in_order(groups)]
    if ((distances**2).sum(axis=1) <= 1e-12 * (values**2).sum(axis=1)).any():
        return Figure(None, len(scores), SAME_IN_GROUPS)
    return Figure(cosine_of_angle(*distances), len(scores))


def pearson_between(scores: Scores, labels: Scores, groups: Groups) -> Figure:
    """Pearson's coefficient of the groups' means, each weighing as many times as the group has responses. `groups` as in
    pearson_within; with two of them it would be 1 or -1 whatever the scores. `n` counts the groups."""
    if not len(scores):
        return Figure(None, 0, NO_SCORES)
    sizes, means = means_of_groups(np.stack([scores, labels]), groups)
    if len(sizes) < 3:
        return Figure(None, len(sizes), FEW_GROUPS)
    distances = means - np.average(means, axis=1, weights=sizes)[:, None]
    if ((distances**2).sum(axis=1) <= 1e-12 * (means**2).sum(axis=1)).any():
        return Figure(None, len(sizes), CONSTANT)
    return Figure(cosine_of_angle(*(distances * np.sqrt(sizes))), len(sizes))


def groups_in_order(groups: Groups) -> Groups:
    """The groups counted from 0."""
    return np.unique(groups, return_inverse=True)[1]


def means_of_groups(values: Scores, groups: Groups) -> tuple[Scores, Scores]:
    """The number of responses of each group, and the means of each row of `values`: rows x groups."""
    places = groups_in_order(groups)
    sizes = np.bincount(places).astype(float)
    return sizes, np.stack([np.bincount(places, weights=row) / sizes for row in values])


def cosine_of_angle(first: Scores, second: Scores) -> float:
    """Of two vectors that are not zero; each is scaled first, so that no square underflows or overflows."""
    x, y = first / np.abs(first).max(), second / np.abs(second).max()
    return max(-1.0, min(1.0, float(x @ y / np.sqrt((x @ x) * (y @ y)))))


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
