"""Ratings as tests write them: a list per annotator, None for no rating."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from hypothesis import strategies as st

from annotation.agreement import (
    ac1,
    ac2,
    adjacent,
    alpha,
    exact,
    fleiss,
    icc_mean,
    icc_single,
    kappa,
    mean_absolute_difference,
    prevalence,
)

NAN = float("nan")
SCALE = range(1, 7)
MEASURES: dict[str, Callable[..., Any]] = {
    **{f"{level} alpha": partial(alpha, level=level, scale=SCALE) for level in ("nominal", "ordinal", "interval", "ratio")},
    "AC1": partial(ac1, scale=SCALE),
    **{f"{weights} AC2": partial(ac2, scale=SCALE, weights=weights) for weights in ("ordinal", "linear", "quadratic")},
    "Fleiss": partial(fleiss, scale=SCALE),
    "kappa": partial(kappa, scale=SCALE),
    "exact": exact,
    "adjacent": adjacent,
    "difference": mean_absolute_difference,
    "one rating's ICC": icc_single,
    "the mean's ICC": icc_mean,
    "prevalence": prevalence,
}


@dataclass(frozen=True)
class Study:
    ratings: Any
    queries: Any


def array(*rows: list[Any]) -> Any:
    return np.array([[NAN if value is None else value for value in row] for row in rows], dtype=float)


def rows(low: int = 1, high: int = 6) -> st.SearchStrategy[list[list[int | None]]]:
    """One to five annotators, up to eight responses, with gaps."""
    rating = st.one_of(st.none(), st.integers(low, high))
    return st.integers(0, 8).flatmap(
        lambda responses: st.lists(st.lists(rating, min_size=responses, max_size=responses), min_size=1, max_size=5)
    )


def study(queries: int, each: int = 1, annotators: int = 3, seed: int = 0, missing: float = 0.2) -> Study:
    """Annotators perceive a response's quality with noise of their own; the numbers of the queries are out of order."""
    random = np.random.default_rng(seed)
    perceived = random.normal(size=queries * each) + 0.7 * random.normal(size=(annotators, queries * each))
    ratings = np.clip(np.round(3.5 + 1.3 * perceived), 1, 6)
    ratings[random.random(ratings.shape) < missing] = np.nan
    return Study(ratings, random.permutation(np.repeat(np.arange(queries) * 7 + 3, each)))
