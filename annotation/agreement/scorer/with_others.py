"""A scorer against people, fairly: each annotator and the scorer are compared with the same mean of the *other* first ratings.

Compared with a mean that an annotator is part of, the annotator comes nearer to it by that alone in MSE; and a scorer that is
exactly as good as one annotator seems to beat people where it is compared with a mean of three and they with a mean of two.
"""

from dataclasses import dataclass

import numpy as np

from annotation.agreement.clusters import Floats, Queries
from annotation.agreement.correlation import correlation
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, Statistic
from annotation.agreement.ratings import Ratings
from annotation.agreement.reasons import NO_ANNOTATOR_DEFINED, NO_SHARED_WITH_OTHERS, NO_VARIATION
from annotation.agreement.scorer.measures import Scores
from annotation.agreement.scorer.prmse import counted
from annotation.agreement.scorer.sums import OfSums, Replicated, clusters_of_responses, ratio, replicated
from annotation.agreement.transforms import COEFFICIENT, DIFFERENCE, DISTANCE

PARTS = {"r": COEFFICIENT, "r_scorer": COEFFICIENT, "rmse": DISTANCE, "rmse_scorer": DISTANCE}
DIFFERENCES = ("r_difference", "rmse_difference")
Parts = dict[str, Replicated | Figure]


@dataclass(frozen=True)
class WithOthers:
    """Over the responses that one annotator and another rated: Pearson's r and the root mean squared error, in points, with the
    mean of the others' ratings: `r` and `rmse` the annotator's, `r_scorer` and `rmse_scorer` the scorer's.

    `r_difference` and `rmse_difference` are the scorer's less the annotator's: the scorer is better by r above 0, by RMSE below.
    """

    r: Figure
    r_scorer: Figure
    r_difference: Figure
    rmse: Figure
    rmse_scorer: Figure
    rmse_difference: Figure


@dataclass(frozen=True)
class AgainstPeople:
    """`annotators` in the order of the ratings; `mean` has the means over the annotators for whom each figure is defined, and its
    `n` counts the responses that two or more rated."""

    annotators: tuple[WithOthers, ...]
    mean: WithOthers


def against_people(
    scores: Scores, ratings: Ratings, queries: Queries | None = None, *, resamples: Resamples | None = DEFAULT_RESAMPLES
) -> AgainstPeople:
    """Arguments as in prmse. Intervals hold for these annotators."""
    counted(ratings, scores)
    rated = ~np.isnan(ratings)
    shared = rated.sum(axis=0) > 1
    scores, ratings, rated = scores[shared], ratings[:, shared], rated[:, shared]
    data = clusters_of_responses(None if queries is None else queries[shared], int(shared.sum()))
    total, number = np.nansum(ratings, axis=0), rated.sum(axis=0)
    sums: dict[str, OfSums | Figure] = {}
    for row, (own, has_rated) in enumerate(zip(ratings, rated, strict=True)):
        others = np.where(has_rated, (total - np.nan_to_num(own)) / np.maximum(number - 1, 1), np.nan)
        for name, measure in of_annotator(own, scores, others, has_rated).items():
            sums[f"{row} {name}"] = measure
    each = replicated(sums, data, resamples, sparse=True)
    parts = [with_differences({name: each[f"{row} {name}"] for name in PARTS}) for row in range(len(ratings))]
    means = {name: mean_over([own[name] for own in parts], int(shared.sum())) for name in (*PARTS, *DIFFERENCES)}

    def with_others(of_one: Parts) -> WithOthers:
        return WithOthers(
            **{name: part if isinstance(part, Figure) else part.figure(data, resamples) for name, part in of_one.items()}
        )

    return AgainstPeople(tuple(map(with_others, parts)), with_others(means))


def of_annotator(own: Floats, scores: Floats, others: Floats, has_rated: Floats) -> dict[str, OfSums | Figure]:
    n = int(has_rated.sum())
    if not n:
        return dict.fromkeys(PARTS, Figure(None, 0, NO_SHARED_WITH_OTHERS))
    origin = float(others[has_rated].mean())
    ones = has_rated.astype(float)
    x, y, z = (np.where(has_rated, values - origin, 0.0) for values in (own, scores, others))
    squares = z**2
    parts = {
        "r": ((ones, x, z, x**2, squares, x * z), correlation),
        "r_scorer": ((ones, y, z, y**2, squares, y * z), correlation),
        "rmse": ((ones, (x - z) ** 2), root_mean),
        "rmse_scorer": ((ones, (y - z) ** 2), root_mean),
    }
    return {name: of_sums(columns, formula, n, name) for name, (columns, formula) in parts.items()}


def of_sums(columns: tuple[Floats, ...], formula: Statistic, n: int, name: str) -> OfSums:
    def value(sums: Floats) -> Floats:
        """A replicate may have none of the annotator's responses."""
        present = sums[:, 0] > 0
        return np.where(present, formula(np.where(present[:, None], sums, 1.0)), np.nan)

    return OfSums(columns, value, n, PARTS[name], undefined=NO_VARIATION)


def root_mean(sums: Floats) -> Floats:
    return np.sqrt(np.maximum(ratio(sums[:, 1], sums[:, 0]), 0.0))


def with_differences(parts: Parts) -> Parts:
    return parts | {
        "r_difference": difference(parts["r_scorer"], parts["r"]),
        "rmse_difference": difference(parts["rmse_scorer"], parts["rmse"]),
    }


def difference(scorer: Replicated | Figure, annotator: Replicated | Figure) -> Replicated | Figure:
    if isinstance(scorer, Figure):
        return scorer
    if isinstance(annotator, Figure):
        return annotator
    values = scorer.values - annotator.values
    return Replicated(scorer.value - annotator.value, values, scorer.n, DIFFERENCE, NO_VARIATION)


def mean_over(parts: list[Replicated | Figure], n: int) -> Replicated | Figure:
    """The mean over the annotators for whom it is defined, in each replicate over those for whom it is defined there."""
    defined = [part for part in parts if isinstance(part, Replicated) and not np.isnan(part.value)]
    if not defined:
        return Figure(None, n, NO_ANNOTATOR_DEFINED)
    values = np.stack([part.values for part in defined])
    present = ~np.isnan(values)
    means = ratio(np.where(present, values, 0.0).sum(axis=0), present.sum(axis=0).astype(float))
    return Replicated(float(np.mean([part.value for part in defined])), means, n, defined[0].transform)
