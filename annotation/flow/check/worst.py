"""The labelled responses on which a scorer is furthest from people, for managers: each counts as shown to whoever sees it."""

from dataclasses import astuple, dataclass
from datetime import timedelta

import numpy as np

from annotation.flow.check.of_response import may_decide
from annotation.flow.check.report.people import first_ratings
from annotation.flow.check.scores import read_scores
from annotation.flow.check.truth import read_truth
from annotation.flow.judgements import AT_ONCE, ProjectCache
from annotation.flow.shown import show_scorer_scores, show_scores
from annotation.models import Release, Scorer, User

MOST = 50


@dataclass(frozen=True)
class Disagreement:
    """`ratings` are the overalls of the first judgements, `error` is score - label."""

    task: int
    query: str
    system: str
    ratings: tuple[float, ...]
    label: float
    score: float
    error: float


def worst_disagreements(
    scorer: Scorer, *, to: User, split: str = "check", release: Release | None = None, behind: timedelta = AT_ONCE
) -> list[Disagreement] | None:
    """Those that differ most, first the largest error, at most fifty; None to who may decide. Records that they are shown. Raises
    NoLabels."""
    if may_decide(to, scorer.project):
        return None
    cache = ProjectCache(scorer.project)
    key = ("scorer_worst", scorer.pk, split, release.pk if release else None)
    rows, _at = cache.get(key, lambda: [astuple(one) for one in computed(scorer, cache, split, release)], behind=behind)
    worst = [Disagreement(*row) for row in rows]
    show_scores([one.task for one in worst], to=to, project=scorer.project)
    show_scorer_scores([one.task for one in worst], to=to, project=scorer.project)
    return worst


def computed(scorer: Scorer, cache: ProjectCache, split: str, release: Release | None) -> list[Disagreement]:
    truth = read_truth(scorer.project, split=split, release=release)
    scores = read_scores(scorer, truth.tasks.tolist()).mean
    errors = scores - truth.overall
    order = np.argsort(-np.abs(np.nan_to_num(errors)), kind="stable")[:MOST]
    places = [place for place in order.tolist() if abs(errors[place]) > 0]
    _names, ratings = first_ratings(truth.tasks[places], scorer.project, cache)
    return [
        Disagreement(
            task=int(truth.tasks[place]),
            query=str(truth.about["query"][place]),
            system=str(truth.about["system"][place]),
            ratings=tuple(value for value in ratings[:, column].tolist() if value == value),
            label=float(truth.overall[place]),
            score=float(scores[place]),
            error=float(errors[place]),
        )
        for column, place in enumerate(places)
    ]
