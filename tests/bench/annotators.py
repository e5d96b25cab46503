"""Annotators whose alpha is known: each hears a query's worth, a response's and noise, and cuts what was heard into six levels.

They are these annotators, each with a severity of their own, as an interval of alpha is about those who rated.
"""

from itertools import permutations
from typing import Any

import numpy as np

CUTS = np.array([-1.5, -0.7, 0.0, 0.7, 1.5])
OF_QUERIES, OF_RESPONSES, NOISE = 0.5, 0.8, 0.6  # standard deviations
MISSING = 0.1


class Annotators:
    def __init__(self, people: int) -> None:
        self.severity = np.linspace(-0.15, 0.15, people)
        self.alpha = self.expected()

    def expected(self) -> float:
        """Ordinal alpha of infinitely many responses, by Gauss-Hermite quadrature over their worth."""
        from scipy.special import ndtr

        points, weights = np.polynomial.hermite_e.hermegauss(80)
        worth = points * np.hypot(OF_QUERIES, OF_RESPONSES)
        below = [ndtr((CUTS[None, :] - worth[:, None] - severity) / NOISE) for severity in self.severity]
        levels = [np.diff(each, axis=1, prepend=0, append=1) for each in below]
        weights = weights / weights.sum()
        together: Any = np.mean([one.T @ (other * weights[:, None]) for one, other in permutations(levels, 2)], axis=0)
        shares = together.sum(axis=0)
        ranks = np.cumsum(shares) - shares / 2
        apart = np.subtract.outer(ranks, ranks) ** 2
        return float(1 - (together * apart).sum() / (np.outer(shares, shares) * apart).sum())

    def study(self, queries: int, each: int, seed: int) -> tuple[Any, Any]:
        """Ratings, annotators x responses, and the responses' queries."""
        random = np.random.default_rng((seed, queries, each))
        of_queries = np.repeat(np.arange(queries), each)
        worth = OF_QUERIES * random.normal(size=queries)[of_queries] + OF_RESPONSES * random.normal(size=queries * each)
        heard = worth + self.severity[:, None] + NOISE * random.normal(size=(len(self.severity), len(worth)))
        ratings = np.searchsorted(CUTS, heard) + 1.0
        ratings[random.random(ratings.shape) < MISSING] = np.nan
        return ratings, of_queries
