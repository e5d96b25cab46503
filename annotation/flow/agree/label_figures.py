"""The part of the agreement report about labels, which a project delivers: how reliable they are, how many were adjudicated."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from annotation.agreement import Resamples, label_figures
from annotation.flow.judgements import Array, ProjectCache, RatingMatrix
from annotation.flow.labels import Outcomes, cached_outcomes
from annotation.models import Project


def of_labels(
    ratings: Array, matrix: RatingMatrix, scale: Iterable[int], resamples: Resamples | None, *, whole: bool
) -> dict[str, Any]:
    """Parts of a row: the ICCs, and under `label` the figures of its labels, which are rounded to the levels of `scale`.

    Groups have the ICCs alone (`whole` is False): within a group responses differ less, so that all else is of other labels than
    those delivered.
    """
    clusters: Any = {} if resamples is None else {"queries": matrix.queries, "resamples": resamples}
    figures, interval = label_figures(ratings, scale=list(scale), **clusters), resamples is not None
    row: dict[str, Any] = {
        "icc_single": figures.single.plain(interval=interval),
        "icc_mean": figures.reliability.plain(interval=interval),
    }
    if not whole:
        return row
    label = {
        "k": figures.k,
        "reliability": row["icc_mean"],
        "sem": figures.sem.plain(interval=interval),
        "shares": {name: share.plain(interval=interval) for name, share in figures.shares.items()},
        "d_study": [
            {"annotators": k, "reliability": reliability.plain(interval=interval), "sem": sem.plain(interval=interval)}
            for k, (reliability, sem) in figures.d_study.items()
        ],
        "decision_consistency": figures.consistency.plain(interval=interval),
        "decision_accuracy": figures.accuracy.plain(interval=interval),
    }
    return row | {"label": label}


def adjudicated(project: Project, cache: ProjectCache) -> list[dict[str, Any]]:
    """Per rubric how many responses have a label, and on how many of them an adjudicator decided anything; then the same for each
    criterion, of the labels that have a value on it."""

    def make() -> list[dict[str, Any]]:
        return list(map(of_rubric, cached_outcomes(project, cache)))

    rows: list[dict[str, Any]] = cache.get(("adjudicated",), make)[0]
    return rows


def of_rubric(outcomes: Outcomes) -> dict[str, Any]:
    labelled = outcomes.left_out == ""
    decided = np.logical_or.reduce([outcomes.decided[key] for key in outcomes.values])
    of_criteria = {
        key: share_of(outcomes.decided[key], labelled & (values.denominators > 0)) for key, values in outcomes.values.items()
    }
    return {"rubric": outcomes.matrix.rubric.name, **share_of(decided, labelled), "criteria": of_criteria}


def share_of(decided: Array, labelled: Array) -> dict[str, Any]:
    """The share is None where there is no label."""
    labels, rest_on_decisions = int(labelled.sum()), int((decided & labelled).sum())
    return {"labels": labels, "adjudicated": rest_on_decisions, "share": rest_on_decisions / labels if labels else None}
