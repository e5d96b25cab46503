"""The measures of annotators that compare them with others, and the naive counts that they are tested against."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from annotation.agreement import agreement_with_others, paces, spreads
from annotation.agreement.transforms import COEFFICIENT
from tests.annotation.agreement.arrays import SCALE

Table = list[list[int | None]]
MEASURES: dict[str, Any] = {
    "spreads": spreads,
    "agreement": lambda ratings, **arguments: agreement_with_others(ratings, scale=SCALE, **arguments),
    "paces": paces,
}
WITH_INTERVALS = {"agreement": COEFFICIENT}


def shared_values(table: Table, number: int) -> list[tuple[int, list[int]]]:
    """The own and the others' values of each response that the annotator shares."""
    shared = []
    for item in zip(*table, strict=True):
        others = [value for place, value in enumerate(item) if place != number and value is not None]
        if item[number] is not None and others:
            shared.append((item[number], others))
    return shared


def paired_values(table: Table, number: int) -> Iterator[tuple[list[int], list[int]]]:
    """The values of the annotator and of each other annotator on the responses that both rated."""
    for other, row in enumerate(table):
        pairs = [(a, b) for a, b in zip(table[number], row, strict=True) if a is not None and b is not None]
        if other != number and pairs:
            yield [a for a, _b in pairs], [b for _a, b in pairs]


def numbers(figures: Any) -> Any:
    """Value, low, high and n, annotators x 4."""
    return np.array([(figure.value, figure.low, figure.high, figure.n) for figure in figures], dtype=float)
