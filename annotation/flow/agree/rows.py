"""The rows of the report: of each criterion under one rubric, of the overall and of each penalty."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from annotation.agreement import (
    Figure,
    MeasurementLevel,
    Resamples,
    Weights,
    ac1,
    ac2,
    alpha,
    counts,
    kappas,
    mean_absolute_difference,
    of_pairs,
    prevalence,
)
from annotation.flow.agree.drilldown import OVERALL
from annotation.flow.agree.label_figures import of_labels
from annotation.flow.judgements import Array, RatingMatrix
from rubrics.models import Criterion

# Of the two kappas pages and papers show the one whose weights are also those of AC2.
WEIGHTS: dict[str, Weights] = {"ac2": "ordinal", "ordinal_kappa": "ordinal", "weighted_kappa": "quadratic"}
KAPPAS = ("ordinal_kappa", "weighted_kappa")


def rubric_rows(matrix: RatingMatrix, resamples: Resamples | None, *, whole: bool = True) -> Iterator[dict[str, Any]]:
    """A row per rated criterion, then the overall, then the penalties. `whole` is False for the rows of a group."""
    criteria = list(matrix.rubric.criteria.all())
    for criterion in filter(lambda item: item.is_rated, criteria):
        yield rated_row(matrix, criterion, resamples, whole)
    yield overall_row(matrix, resamples, whole)
    for criterion in filter(lambda item: not item.is_rated, criteria):
        yield penalty_row(matrix, criterion, resamples)


def rated_row(matrix: RatingMatrix, criterion: Criterion, resamples: Resamples | None, whole: bool) -> dict[str, Any]:
    ratings, scale, clusters = matrix.values[criterion.key], matrix.scale, cluster_options(matrix, resamples)
    figures = {
        "ac2": ac2(ratings, scale=scale, weights=WEIGHTS["ac2"], **clusters),
        **dict(zip(KAPPAS, kappas(ratings, scale=scale, weights=[WEIGHTS[name] for name in KAPPAS], **clusters), strict=True)),
    }
    by_pairs = of_pairs(ratings, **clusters)
    return {
        **row_head(matrix, criterion.key, "rated", ratings),
        "alpha": alpha_of(matrix, criterion.key, resamples),
        **plain(figures, resamples),
        **of_labels(ratings, matrix, scale, resamples, whole=whole),
        "weights": dict(WEIGHTS),
        **numbers({name: getattr(by_pairs, name) for name in ("exact", "adjacent", "mean_absolute_difference")}, resamples),
        "commonest": commonest(ratings),
    }


def overall_row(matrix: RatingMatrix, resamples: Resamples | None, whole: bool) -> dict[str, Any]:
    ratings, clusters = matrix.overall, cluster_options(matrix, resamples)
    levels = range(matrix.rubric.overall_min, matrix.rubric.overall_max + 1)
    return {
        **row_head(matrix, OVERALL, "overall", ratings),
        "alpha": alpha_of(matrix, OVERALL, resamples),
        **of_labels(ratings, matrix, levels, resamples, whole=whole),
        **numbers({"mean_absolute_difference": mean_absolute_difference(ratings, **clusters)}, resamples),
    }


def penalty_row(matrix: RatingMatrix, criterion: Criterion, resamples: Resamples | None) -> dict[str, Any]:
    ratings, clusters = matrix.values[criterion.key], cluster_options(matrix, resamples)
    return {
        **row_head(matrix, criterion.key, "penalty", ratings),
        "alpha": alpha_of(matrix, criterion.key, resamples),
        **plain({"ac1": ac1(ratings, scale=[0, 1], **clusters)}, resamples),
        **numbers({"prevalence": prevalence(ratings, **clusters)}, resamples),
    }


def alpha_of(matrix: RatingMatrix, key: str, resamples: Resamples | None) -> dict[str, Any]:
    """Interval alpha of the overall, ordinal of a rated criterion, nominal of a penalty."""
    criterion = next((item for item in matrix.rubric.criteria.all() if item.key == key), None)
    ratings = matrix.overall if criterion is None else matrix.values[key]
    scale: Any = None if criterion is None else matrix.scale if criterion.is_rated else [0, 1]
    level: MeasurementLevel = "interval" if criterion is None else "ordinal" if criterion.is_rated else "nominal"
    return {"level": level} | alpha(ratings, level=level, scale=scale, **cluster_options(matrix, resamples)).plain(
        interval=resamples is not None
    )


def cluster_options(matrix: RatingMatrix, resamples: Resamples | None) -> dict[str, Any]:
    return {} if resamples is None else {"queries": matrix.queries, "resamples": resamples}


def row_head(matrix: RatingMatrix, key: str, kind: str, ratings: Any) -> dict[str, Any]:
    """What a row is about, and how many ratings it rests on."""
    counted = counts(ratings)
    pairable = (~np.isnan(ratings)).sum(axis=0) > 1
    return {
        "rubric": matrix.rubric.name,
        "criterion": key,
        "kind": kind,
        "items": counted.items,
        "pairable_items": counted.pairable_items,
        "queries": len(np.unique(matrix.queries[pairable])),
        "raters": counted.raters,
        "ratings": counted.ratings,
    }


def commonest(ratings: Array) -> dict[str, Any] | None:
    """The level of most ratings, the lower of two, and their share: where it is high, alpha and kappa collapse."""
    levels, numbers = np.unique(ratings[~np.isnan(ratings)], return_counts=True)
    if not len(levels):
        return None
    return {"level": int(levels[numbers.argmax()]), "share": float(numbers.max() / numbers.sum())}


def numbers(figures: dict[str, Figure], resamples: Resamples | None) -> dict[str, Any]:
    """By name, the values alone; beside them, under `intervals`, the figures."""
    values: dict[str, Any] = {name: figure.value for name, figure in figures.items()}
    return values | ({} if resamples is None else {"intervals": plain(figures, resamples)})


def plain(figures: dict[str, Figure], resamples: Resamples | None) -> dict[str, Any]:
    """By name, the figure as JSON has it; without resamples it has no keys of an interval."""
    return {name: figure.plain(interval=resamples is not None) for name, figure in figures.items()}
