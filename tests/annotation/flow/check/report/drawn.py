"""Scored responses as the tests of the report draw them, and a whole report of them."""

from typing import Any

import numpy as np

from annotation.flow.check.report import Scored


def scored(scores: Any, labels: Any, **changes: Any) -> Scored:
    """Two responses to each query, of systems a and b; unless changed each has a length and images that vary."""
    number = len(labels)
    queries = np.arange(number) // 2
    values: dict[str, Any] = {
        "tasks": np.arange(number) + 100,
        "scores": np.asarray(scores, dtype=float),
        "labels": np.asarray(labels, dtype=float),
        "queries": queries,
        "about": {
            "query": np.array([f"q{query:04}" for query in queries]),
            "system": np.array(["a", "b"] * number)[:number],
            "category": np.full(number, "stories"),
            "field": np.array(["art", "art", "law", "law"] * number)[:number],
        },
        "numbers": {name: np.arange(number, dtype=float) * 7 % modulo for name, modulo in NUMBERS.items()},
        "runs": np.asarray(scores, dtype=float)[:, None],
        "levels": range(7),
    }
    return Scored(**values | changes)


NUMBERS = {"length": 101, "images": 4, "blocks": 5}


def drawn(number: int, *, lenient: float = 0.0, noise: float = 0.6, seed: int = 0) -> tuple[Any, Any]:
    """Scores and labels from 0 to 6, in the middle of the scale so that nothing is cut off."""
    random = np.random.default_rng(seed)
    labels = np.clip(random.normal(2.8, 1.1, number), 0, 6)
    return np.clip(labels + lenient + random.normal(0, noise, number), 0, 6), labels
