"""Measures of agreement: pure functions on arrays, each returning a figure or the reason why there is none.

Read ratings and scales first (what the arrays hold), figures and reasons (what a measure returns), clusters, transforms and
intervals (how a figure gets its interval). Then the measures: pairs, prevalence, confusion and correlation, the packages
coefficients (alpha, AC1 and AC2, kappa, ICC), reliability (of labels, with intervals for other annotators too) and annotators
(severity, use of the scale, response styles), and the package scorer (an automatic scorer's scores against labels and people);
trend tests whether a figure rises or falls over time. labels has the rule by which ratings make a label, the package fair the
value beside it that severity and noise are taken out of, assumed how many disputes the rule makes where agreement is only
assumed; thresholds what figures are held against.
The package estimates has what a study is made for: means of systems and their differences, from labels, scores, or both.

Some of it is in no report: fleiss, pearson_of_two and spearman_of_two wait for reports to come, and icc, components and
from_disagreement are what published tables check the rest by.
"""

from annotation.agreement.annotators.bias import benjamini_hochberg, biases
from annotation.agreement.annotators.copies import Copy, copies
from annotation.agreement.annotators.least_squares import LeastSquares, least_squares
from annotation.agreement.annotators.links import linked_groups
from annotation.agreement.annotators.mean_squares import infits, outfits
from annotation.agreement.annotators.over_time import agreements_over_time, paces_over_time, spreads_over_time
from annotation.agreement.annotators.response_style import halos, halos_given_response, straight_lining
from annotation.agreement.annotators.scale_use import level_counts, spreads
from annotation.agreement.annotators.severity import drift, severities
from annotation.agreement.annotators.times import attention, paces
from annotation.agreement.annotators.with_others import agreement_with_others, kappas_of_pairs
from annotation.agreement.assumed import AssumedAgreement
from annotation.agreement.coefficients.alpha import MeasurementLevel, alpha
from annotation.agreement.coefficients.components import Components, components, icc_mean, icc_single
from annotation.agreement.coefficients.gwet import ac1, ac2, fleiss
from annotation.agreement.coefficients.icc import icc
from annotation.agreement.coefficients.kappa import kappa, kappa_of_table, kappas, kappas_of_tables
from annotation.agreement.confusion import confusions, sum_over_pairs
from annotation.agreement.correlation import pearson_of_two, spearman_of_two
from annotation.agreement.fair import FairValues, fair_values
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, forget_resamples
from annotation.agreement.labels import (
    ExactValues,
    agreed_penalty,
    agreed_values,
    dispute_kinds,
    disputed,
    disputed_penalty,
)
from annotation.agreement.pairs import PairFigures, adjacent, exact, mean_absolute_difference, of_pairs, pairs_lost
from annotation.agreement.prevalence import prevalence
from annotation.agreement.ratings import Counts, counts
from annotation.agreement.reliability.of_labels import LabelFigures, label_figures
from annotation.agreement.reliability.two_way import TwoWay
from annotation.agreement.scales import Weights, agreement_weights, from_disagreement
from annotation.agreement.scorer import baselines, cosine, mae, mse, pearson, pearson_between, pearson_within
from annotation.agreement.trend import Trend, trend

__all__ = [
    "DEFAULT_RESAMPLES",
    "AssumedAgreement",
    "Components",
    "Copy",
    "Counts",
    "ExactValues",
    "FairValues",
    "Figure",
    "LabelFigures",
    "LeastSquares",
    "MeasurementLevel",
    "PairFigures",
    "Resamples",
    "Trend",
    "TwoWay",
    "Weights",
    "ac1",
    "ac2",
    "adjacent",
    "agreed_penalty",
    "agreed_values",
    "agreement_weights",
    "agreement_with_others",
    "agreements_over_time",
    "alpha",
    "attention",
    "baselines",
    "benjamini_hochberg",
    "biases",
    "components",
    "confusions",
    "copies",
    "cosine",
    "counts",
    "dispute_kinds",
    "disputed",
    "disputed_penalty",
    "drift",
    "exact",
    "fair_values",
    "fleiss",
    "forget_resamples",
    "from_disagreement",
    "halos",
    "halos_given_response",
    "icc",
    "icc_mean",
    "icc_single",
    "infits",
    "kappa",
    "kappa_of_table",
    "kappas",
    "kappas_of_pairs",
    "kappas_of_tables",
    "label_figures",
    "least_squares",
    "level_counts",
    "linked_groups",
    "mae",
    "mean_absolute_difference",
    "mse",
    "of_pairs",
    "outfits",
    "paces",
    "paces_over_time",
    "pairs_lost",
    "pearson",
    "pearson_between",
    "pearson_of_two",
    "pearson_within",
    "prevalence",
    "severities",
    "spearman_of_two",
    "spreads",
    "spreads_over_time",
    "straight_lining",
    "sum_over_pairs",
    "trend",
]
