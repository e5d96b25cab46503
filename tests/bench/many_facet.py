"""A second opinion on fair values: the many-facet rating scale model (Linacre 1989), which takes ratings as ordinal.

    log P(level k) / P(level k - 1) = quality of the response - severity of the annotator - threshold k

Qualities are normal; severities and thresholds are estimated by marginal maximum likelihood, with EM over a grid of qualities.
All annotators are taken as equally precise: the model has no noise of each. A response's fair value is the expected rating by an
annotator of severity 0, over its posterior distribution. Only the benchmark of fair values uses it.
"""

from typing import Any

import numpy as np
from scipy.optimize import minimize

NODES = np.linspace(-4, 4, 41)
STEPS, CLOSE = 60, 1e-3


def many_facet_values(ratings: Any, levels: int = 6) -> Any:
    """`ratings` is annotators x responses, from 1 to `levels`, NaN for none; a value for each response."""
    people = len(ratings)
    given = np.stack([ratings == level for level in range(1, levels + 1)]).astype(float)  # levels x annotators x responses
    parameters, spread = np.concatenate([np.zeros(people), np.linspace(-2, 2, levels - 1)]), 2.0
    for _step in range(STEPS):
        chances = log_chances(parameters, people, spread * NODES)
        weights = posterior(given, chances)
        expected = np.einsum("kjr,rq->jqk", given, weights)
        spread_after = spread * float(np.sqrt((weights @ NODES**2).mean()))
        fitted = minimize(loss, parameters, args=(people, spread * NODES, expected), jac=True, method="L-BFGS-B").x
        fitted[:people] -= fitted[:people].mean()
        moved = max(np.abs(fitted - parameters).max(), abs(spread_after - spread))
        parameters, spread = fitted, spread_after
        if moved < CLOSE:
            break
    weights = posterior(given, log_chances(parameters, people, spread * NODES))
    average = np.concatenate([[0.0], parameters[people:]])
    return weights @ (np.exp(log_chances(average, 1, spread * NODES))[0] @ np.arange(1, levels + 1))


def log_chances(parameters: Any, people: int, qualities: Any) -> Any:
    """Annotators x qualities x levels."""
    severities, thresholds = parameters[:people], parameters[people:]
    steps = qualities[None, :, None] - severities[:, None, None] - thresholds[None, None, :]
    sums = np.concatenate([np.zeros((*steps.shape[:2], 1)), np.cumsum(steps, axis=2)], axis=2)
    return sums - np.logaddexp.reduce(sums, axis=2)[:, :, None]


def posterior(given: Any, chances: Any) -> Any:
    """Responses x qualities."""
    logs = np.einsum("kjr,jqk->rq", given, chances) - NODES**2 / 2
    weights = np.exp(logs - logs.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def loss(parameters: Any, people: int, qualities: Any, expected: Any) -> tuple[float, Any]:
    """Minus the expected log-likelihood, and its gradient. `expected` is how often each level was given at each quality."""
    chances = log_chances(parameters, people, qualities)
    rest = expected - expected.sum(axis=2, keepdims=True) * np.exp(chances)
    above = rest[:, :, ::-1].cumsum(axis=2)[:, :, ::-1][:, :, 1:]  # of the levels from each threshold on
    gradient = np.concatenate([above.sum(axis=(1, 2)), above.sum(axis=(0, 1))])
    return -float((expected * chances).sum()), gradient
