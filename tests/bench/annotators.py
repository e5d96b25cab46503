"""A model of annotators whose alpha is known: each perceives the quality of a query and of a response with noise, and cuts what
they perceive into six levels.

Each annotator has a fixed severity, since an interval of alpha holds for the annotators who rated.
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
        """Ordinal alpha of infinitely many responses, by Gauss-Hermite quadrature over their quality."""
        from scipy.special import ndtr

        points, weights = np.polynomial.hermite_e.hermegauss(80)
        quality = points * np.hypot(OF_QUERIES, OF_RESPONSES)
        cumulative = [ndtr((CUTS[None, :] - quality[:, None] - severity) / NOISE) for severity in self.severity]
        levels = [np.diff(each, axis=1, prepend=0, append=1) for each in cumulative]
        weights = weights / weights.sum()
        coincidences: Any = np.mean([first.T @ (second * weights[:, None]) for first, second in permutations(levels, 2)], axis=0)
        shares = coincidences.sum(axis=0)
        ranks = np.cumsum(shares) - shares / 2
        distances = np.subtract.outer(ranks, ranks) ** 2
        return float(1 - (coincidences * distances).sum() / (np.outer(shares, shares) * distances).sum())

    def study(self, queries: int, each: int, seed: int) -> tuple[Any, Any]:
        """Ratings, annotators x responses, and the responses' queries."""
        random = np.random.default_rng((seed, queries, each))
        of_queries = np.repeat(np.arange(queries), each)
        quality = OF_QUERIES * random.normal(size=queries)[of_queries] + OF_RESPONSES * random.normal(size=queries * each)
        perceived = quality + self.severity[:, None] + NOISE * random.normal(size=(len(self.severity), len(quality)))
        ratings = np.searchsorted(CUTS, perceived) + 1.0
        ratings[random.random(ratings.shape) < MISSING] = np.nan
        return ratings, of_queries
