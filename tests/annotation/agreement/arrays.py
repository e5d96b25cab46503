"""Ratings as tests write them: a list per annotator, None for no rating."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

NAN = float("nan")


def array(*rows: list[Any]) -> Any:
    return np.array([[NAN if value is None else value for value in row] for row in rows], dtype=float)


def rows(low: int = 1, high: int = 6) -> st.SearchStrategy[list[list[int | None]]]:
    """One to five annotators, up to eight responses, with gaps."""
    rating = st.one_of(st.none(), st.integers(low, high))
    return st.integers(0, 8).flatmap(
        lambda responses: st.lists(st.lists(rating, min_size=responses, max_size=responses), min_size=1, max_size=5)
    )
