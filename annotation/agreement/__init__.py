"""Measures of agreement: pure functions on arrays, each returning a figure or the reason why there is none."""

from annotation.agreement.annotators.effects import agreement_with_others, drift, levels_given, offsets, paces, spreads
from annotation.agreement.annotators.response_style import attention, halos, straight_lining
from annotation.agreement.coefficients.alpha import Level, alpha
from annotation.agreement.coefficients.components import Components, components, icc_mean, icc_single
from annotation.agreement.coefficients.gwet import ac1, ac2, fleiss
from annotation.agreement.coefficients.icc import icc
from annotation.agreement.coefficients.kappa import kappa, kappa_of_table, kappas, kappas_of_tables
from annotation.agreement.confusion import confusion, confusions
from annotation.agreement.correlation import pearson_of_two, spearman_of_two
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples
from annotation.agreement.labels import ExactValues, agreed_values, disputed, disputed_penalty
from annotation.agreement.pairs import adjacent, exact, mean_absolute_difference
from annotation.agreement.prevalence import prevalence
from annotation.agreement.ratings import Counts, counts
from annotation.agreement.scales import agreement_weights, from_disagreement
from annotation.agreement.scorer import baselines, cosine, mae, mse, pearson

__all__ = [
    "DEFAULT_RESAMPLES",
    "Components",
    "Counts",
    "ExactValues",
    "Figure",
    "Level",
    "Resamples",
    "ac1",
    "ac2",
    "adjacent",
    "agreed_values",
    "agreement_weights",
    "agreement_with_others",
    "alpha",
    "attention",
    "baselines",
    "components",
    "confusion",
    "confusions",
    "cosine",
    "counts",
    "disputed",
    "disputed_penalty",
    "drift",
    "exact",
    "fleiss",
    "from_disagreement",
    "halos",
    "icc",
    "icc_mean",
    "icc_single",
    "kappa",
    "kappa_of_table",
    "kappas",
    "kappas_of_tables",
    "levels_given",
    "mae",
    "mean_absolute_difference",
    "mse",
    "offsets",
    "paces",
    "pearson",
    "pearson_of_two",
    "prevalence",
    "spearman_of_two",
    "spreads",
    "straight_lining",
]
