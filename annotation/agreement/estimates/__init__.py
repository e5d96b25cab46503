"""What a study is made for: which system is better, by how much, how sure.

Read samples first (values grouped by query), then means (of systems, and of systems by category, field or criterion), differences
(of two systems, paired by query), quotas (weights for a sample that was drawn by quotas), predictions (few labels and many scores
put together) and error_types (how often experts marked which).
"""

from annotation.agreement.estimates.differences import Difference, differences
from annotation.agreement.estimates.error_types import ErrorShare, error_shares
from annotation.agreement.estimates.means import Mean, MeansTable, means, means_table, unanswered
from annotation.agreement.estimates.predictions import PredictionPowered, prediction_powered
from annotation.agreement.estimates.quotas import QuotaWeights, quota_weights

__all__ = [
    "Difference",
    "ErrorShare",
    "Mean",
    "MeansTable",
    "PredictionPowered",
    "QuotaWeights",
    "differences",
    "error_shares",
    "means",
    "means_table",
    "prediction_powered",
    "quota_weights",
    "unanswered",
]
