"""Measures of agreement: pure functions on arrays, each returning a figure or the reason why there is none."""

from annotation.agreement.alpha import Level, alpha
from annotation.agreement.consensus import agreed_value, disputed, disputed_penalty
from annotation.agreement.figures import Figure
from annotation.agreement.pairs import adjacent, exact
from annotation.agreement.ratings import Counts, counts, prevalence
from annotation.agreement.scorer import baselines, cosine, mae, mse, pearson

__all__ = [
    "Counts",
    "Figure",
    "Level",
    "adjacent",
    "agreed_value",
    "alpha",
    "baselines",
    "cosine",
    "counts",
    "disputed",
    "disputed_penalty",
    "exact",
    "mae",
    "mse",
    "pearson",
    "prevalence",
]
