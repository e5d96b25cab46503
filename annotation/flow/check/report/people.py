"""A scorer beside the people who rated first and independently: three comparisons, each with its own question."""

from typing import Any

import numpy as np

from annotation.agreement import DEFAULT_RESAMPLES, Resamples
from annotation.agreement.scorer import AlternativeTest, WithOthers, against_people, alternative_test, prmse
from annotation.flow.check.report.scored import Array, Scored
from annotation.flow.judgements import ProjectCache, rating_matrices
from annotation.models import Project

PARTS = ("r", "r_scorer", "r_difference", "rmse", "rmse_scorer", "rmse_difference")


def first_ratings(tasks: Array, project: Project, cache: ProjectCache) -> tuple[list[str], Array]:
    """The annotators' names, and the overalls of their first, independent judgements of the tasks: annotators x tasks, NaN for
    none. Annotators without any are left out."""
    column = {task: place for place, task in enumerate(tasks.tolist())}
    rows: dict[int, Array] = {}
    names: dict[int, str] = {}
    for matrix in rating_matrices(project, cache):
        here = np.isin(matrix.tasks, tasks)
        places = [column[task] for task in matrix.tasks[here].tolist()]
        for name, annotator, overalls in zip(matrix.annotators, matrix.annotator_pks, matrix.overall, strict=True):
            names[annotator] = name
            rows.setdefault(annotator, np.full(len(tasks), np.nan))[places] = overalls[here]
    have = [annotator for annotator, ratings in rows.items() if not np.isnan(ratings).all()]
    return [names[one] for one in have], np.array([rows[one] for one in have]).reshape(len(have), len(tasks))


def people(
    scored: Scored, project: Project, cache: ProjectCache, resamples: Resamples | None = DEFAULT_RESAMPLES
) -> dict[str, Any]:
    """PRMSE; each annotator and the scorer against the same mean of the others; the alternative annotator test."""
    names, ratings = first_ratings(scored.tasks, project, cache)
    of_truth = prmse(scored.scores, ratings, scored.queries, resamples=resamples)
    others = against_people(scored.scores, ratings, scored.queries, resamples=resamples)
    test = alternative_test(scored.scores, ratings, scored.queries, resamples=resamples)
    return {
        "prmse": {name: getattr(of_truth, name).plain(interval=True) for name in vars(of_truth)},
        "against_others": {
            "mean": with_others(others.mean),
            "annotators": [{"annotator": name, **with_others(own)} for name, own in zip(names, others.annotators, strict=True)],
        },
        "alternative_test": plain_test(test, names),
    }


def with_others(part: WithOthers) -> dict[str, Any]:
    return {name: getattr(part, name).plain(interval=True) for name in PARTS}


def plain_test(test: AlternativeTest, names: list[str]) -> dict[str, Any]:
    return {
        "winning_rate": test.winning_rate.plain(interval=False),
        "advantage": test.advantage.plain(interval=True),
        "passes": test.passes,
        "epsilon": test.epsilon,
        "annotators": [
            {
                "annotator": names[one.annotator],
                "n": one.n,
                "scorer": one.scorer,
                "own": one.own,
                "p": one.p,
                "won": one.won,
            }
            for one in test.contests
        ],
        "left_out": [names[row] for row in test.left_out],
    }
