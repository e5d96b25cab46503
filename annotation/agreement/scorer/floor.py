"""The feature floor: what a guess from counts reaches that never reads the response (its length, its images, its blocks).

A ridge regression, cross-validated: queries are cut into seeded folds, and the responses of each fold are predicted from the
other folds alone, so that no query is on both sides. Features are standardised on what the prediction learns from, and its
penalty is that of PENALTIES with the least squared error when the same is done once more within them. Ask `measures` of the
predictions.
"""

from random import Random

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import Floats, Queries
from annotation.agreement.scorer.measures import Scores

FOLDS = 5
PENALTIES = (0.001, 0.01, 0.1, 1.0, 10.0)  # per response: what is added to each feature's variance, which is 1
CONSTANT_BELOW = 1e-12  # a variance, as a share of the mean square


def feature_floor(features: Floats, labels: Scores, queries: Queries | None = None, *, seed: int) -> Scores:
    """The prediction for each response, in points. `features` is responses x features, finite numbers; `queries` as in
    `measures`, None where each response has a query of its own.

    With one query alone there is nothing to learn from, and the mean label is predicted.
    """
    if features.ndim != 2 or len(features) != len(labels) or not np.isfinite(features).all():
        raise ValueError("features are responses x features, each a number")
    fold = folds(np.arange(len(labels)) if queries is None else queries, seed)
    number = int(fold.max(initial=0)) + 1
    if number < 2:
        return np.full(len(labels), labels.mean()) if len(labels) else np.empty(0)
    table = np.column_stack([np.ones(len(labels)), features - features.mean(axis=0), labels - labels.mean()])
    moments = np.stack([table[fold == part].T @ table[fold == part] for part in range(number)])
    predictions = np.empty(len(labels))
    for part in range(number):
        others = np.delete(moments, part, axis=0)
        coefficients = ridge(others.sum(axis=0), best_penalty(others))
        predictions[fold == part] = table[fold == part, :-1] @ coefficients
    return np.asarray(predictions + labels.mean(), dtype=float)


def folds(queries: Queries, seed: int) -> NDArray[np.intp]:
    """The number of each response's fold: the queries in a seeded order, cut into as equal parts as they can be."""
    names, places = np.unique(queries, return_inverse=True)
    order = list(range(len(names)))
    Random(seed).shuffle(order)
    return (np.array(order, dtype=np.intp) % min(FOLDS, max(len(names), 1)))[places]


def best_penalty(moments: Floats) -> float:
    """By cross-validation over the folds whose moments these are; the greatest where there is one fold alone."""
    if len(moments) < 2:
        return PENALTIES[-1]
    errors = [
        sum(
            squared_error(moments[part], ridge(np.delete(moments, part, axis=0).sum(axis=0), penalty))
            for part in range(len(moments))
        )
        for penalty in PENALTIES
    ]
    return PENALTIES[int(np.argmin(errors))]


def ridge(moments: Floats, penalty: float) -> Floats:
    """The constant and the coefficients. `moments` are the sums of squares and products of 1, the features and the label."""
    n = moments[0, 0]
    means = moments[0, 1:] / n
    products = moments[1:, 1:] / n - np.outer(means, means)
    variances = np.diag(products)[:-1]
    varies = variances > CONSTANT_BELOW * np.diag(moments)[1:-1] / n
    deviations = np.where(varies, np.sqrt(np.where(varies, variances, 1)), np.inf)
    correlations = products[:-1, :-1] / np.outer(deviations, deviations)
    slopes = np.linalg.solve(correlations + penalty * np.eye(len(variances)), products[:-1, -1] / deviations) / deviations
    return np.concatenate([[means[-1] - means[:-1] @ slopes], slopes])


def squared_error(moments: Floats, coefficients: Floats) -> float:
    """The sum over the responses whose moments these are."""
    weights = np.append(coefficients, -1.0)
    return float(weights @ moments @ weights)
