"""Measures of agreement: pure functions on arrays, each returning a figure or the reason why there is none.

Read ratings and scales first (what the arrays hold), figures and reasons (what a measure returns), clusters, transforms and
intervals (how a figure gets its interval). Then the measures: pairs, prevalence, confusion and correlation, the packages
coefficients (alpha, AC1 and AC2, kappa, ICC) and annotators (severity, use of the scale, response styles), and scorer.
labels has the rule by which ratings make a label, the package fair the value beside it that severity and noise are taken out of,
links who can be compared with whom, assumed how many disputes the rule makes where agreement is only assumed; thresholds what
figures are held against.

Some of it is in no report: fleiss, pearson_of_two and spearman_of_two wait for reports to come, and icc, components and
from_disagreement are what published tables check the rest by.
"""

from annotation.agreement.annotators.response_style import halos, straight_lining
from annotation.agreement.annotators.scale_use import level_counts, spreads
from annotation.agreement.annotators.severity import drift, severities
from annotation.agreement.annotators.times import attention, paces
from annotation.agreement.annotators.with_others import agreement_with_others
from annotation.agreement.assumed import AssumedAgreement
from annotation.agreement.coefficients.alpha import MeasurementLevel, alpha
from annotation.agreement.coefficients.components import Components, components, icc_mean, icc_single
from annotation.agreement.coefficients.gwet import ac1, ac2, fleiss
from annotation.agreement.coefficients.icc import icc
from annotation.agreement.coefficients.kappa import kappa, kappa_of_table, kappas_of_tables
from annotation.agreement.confusion import confusions, sum_over_pairs
from annotation.agreement.correlation import pearson_of_two, spearman_of_two
from annotation.agreement.fair import FairValues, fair_values
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples
from annotation.agreement.labels import (
    ExactValues,
    agreed_penalty,
    agreed_values,
    dispute_kinds,
    disputed,
    disputed_penalty,
)
from annotation.agreement.links import linked_groups
from annotation.agreement.pairs import adjacent, exact, mean_absolute_difference
from annotation.agreement.prevalence import prevalence
from annotation.agreement.ratings import Counts, counts
from annotation.agreement.scales import agreement_weights, from_disagreement
from annotation.agreement.scorer import baselines, cosine, mae, mse, pearson

__all__ = [
    "DEFAULT_RESAMPLES",
    "AssumedAgreement",
    "Components",
    "Counts",
    "ExactValues",
    "FairValues",
    "Figure",
    "MeasurementLevel",
    "Resamples",
    "ac1",
    "ac2",
    "adjacent",
    "agreed_penalty",
    "agreed_values",
    "agreement_weights",
    "agreement_with_others",
    "alpha",
    "attention",
    "baselines",
    "components",
    "confusions",
    "cosine",
    "counts",
    "dispute_kinds",
    "disputed",
    "disputed_penalty",
    "drift",
    "exact",
    "fair_values",
    "fleiss",
    "from_disagreement",
    "halos",
    "icc",
    "icc_mean",
    "icc_single",
    "kappa",
    "kappa_of_table",
    "kappas_of_tables",
    "level_counts",
    "linked_groups",
    "mae",
    "mean_absolute_difference",
    "mse",
    "paces",
    "pearson",
    "pearson_of_two",
    "prevalence",
    "severities",
    "spearman_of_two",
    "spreads",
    "straight_lining",
    "sum_over_pairs",
]
