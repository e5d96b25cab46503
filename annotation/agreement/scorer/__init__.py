"""How good an automatic scorer is: its scores against people's labels, and against people.

Read measures first (how close scores come to labels), with sums and ranks (how they get their intervals); then baselines, groups
(within and between) and paired (two scorers side by side). prmse, with_others and alternative compare with people, each in its
own way, and are named apart. errors says by kind of response, length or number of images where a scorer errs (with looks, which
tests many of them, and explained, the share of the error); calibration is by level, runs says how a scorer agrees with itself,
floor guesses without reading.
"""

from annotation.agreement.scorer.alternative import AlternativeTest, Contest, alternative_test
from annotation.agreement.scorer.baselines import baselines
from annotation.agreement.scorer.calibration import Level, calibration, confusion
from annotation.agreement.scorer.errors import Bands, Errors, Kind, Slope, bands, errors_by
from annotation.agreement.scorer.explained import Explained
from annotation.agreement.scorer.floor import feature_floor
from annotation.agreement.scorer.groups import pearson_between, pearson_of_groups, pearson_within
from annotation.agreement.scorer.looks import Look
from annotation.agreement.scorer.measures import MEASURES, cosine, mae, measures, mse, pearson
from annotation.agreement.scorer.paired import paired
from annotation.agreement.scorer.prmse import Prmse, prmse
from annotation.agreement.scorer.runs import Consistency, consistency, mean_of_runs
from annotation.agreement.scorer.with_others import AgainstPeople, WithOthers, against_people

__all__ = [
    "MEASURES",
    "AgainstPeople",
    "AlternativeTest",
    "Bands",
    "Consistency",
    "Contest",
    "Errors",
    "Explained",
    "Kind",
    "Level",
    "Look",
    "Prmse",
    "Slope",
    "WithOthers",
    "against_people",
    "alternative_test",
    "bands",
    "baselines",
    "calibration",
    "confusion",
    "consistency",
    "cosine",
    "errors_by",
    "feature_floor",
    "mae",
    "mean_of_runs",
    "measures",
    "mse",
    "paired",
    "pearson",
    "pearson_between",
    "pearson_of_groups",
    "pearson_within",
    "prmse",
]
