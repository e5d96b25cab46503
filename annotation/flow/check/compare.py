"""Two scorers or more on the same responses: the measures of each, and their differences with paired intervals."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from annotation.agreement import baselines
from annotation.agreement.scorer import measures, paired
from annotation.errors import Refused
from annotation.exporters.results import Cell, ResultsTable, Row, text
from annotation.flow.check.report.compose import plain
from annotation.flow.check.scores import read_scores
from annotation.flow.check.truth import read_truth
from annotation.flow.judgements import AT_ONCE, ProjectCache
from annotation.models import Project, Release, Scorer

# the columns and rows of the table, in English as papers have them
COLUMNS = {
    "cosine": "Cosine",
    "mse": "MSE",
    "mae": "MAE",
    "pearson": "Pearson",
    "bias": "Bias",
    "spearman": "Spearman",
    "weighted_kappa": "QWK",
}
GUESSES = {"mean": "Always the mean", "commonest": "Always the commonest", "shuffled": "Shuffled labels"}
FEWEST, MOST = 2, 6  # scorers: six make fifteen differences


def compare_scorers(
    project: Project, scorers: Sequence[Scorer], *, split: str = "check", release: Release | None = None, seed: int = 0
) -> dict[str, Any]:
    """These scorers of the project, on the labelled responses that all of them score. Raises Refused, and NoLabels."""
    return compare_scorers_at(project, scorers, split=split, release=release, seed=seed)[0]


def compare_scorers_at(
    project: Project,
    scorers: Sequence[Scorer],
    *,
    split: str = "check",
    release: Release | None = None,
    seed: int = 0,
    behind: timedelta = AT_ONCE,
) -> tuple[dict[str, Any], datetime]:
    """The comparison and the time that it is of; `behind` as in ProjectCache."""
    if not FEWEST <= len({scorer.pk for scorer in scorers}) == len(scorers) <= MOST:
        raise Refused(_("scorer: expected %(least)s to %(most)s different ones") % {"least": FEWEST, "most": MOST})

    def make() -> dict[str, Any]:
        truth = read_truth(project, split=split, release=release)
        means = [read_scores(scorer, truth.tasks.tolist()).mean for scorer in scorers]
        shared = ~np.isnan(np.stack(means)).any(axis=0)
        labels, queries = truth.overall[shared], truth.queries[shared]
        scores = [mean[shared] for mean in means]
        return {
            "project": project.slug,
            "split": truth.split,
            "release": truth.release.version if truth.release else None,
            "labels": len(truth.tasks),
            "shared": int(shared.sum()),
            "scorers": [
                {
                    "id": scorer.pk,
                    "scorer": scorer.name,
                    "scored": int((~np.isnan(mean)).sum()),
                    "overall": plain(measures(own, labels, queries)),
                }
                for scorer, mean, own in zip(scorers, means, scores, strict=True)
            ],
            "baselines": {name: plain(measures(own, labels, queries)) for name, own in baselines(labels, seed=seed).items()},
            "differences": [
                {
                    "first": scorers[one].name,
                    "second": scorers[other].name,
                    "overall": plain(paired(scores[one], scores[other], labels, queries)),
                }
                for one, other in combinations(range(len(scorers)), 2)
            ],
        }

    key = ("scorers_compared", *(scorer.pk for scorer in scorers), split, release.pk if release else None, seed)
    return ProjectCache(project).get(key, make, behind=behind)


def compared_as_text(compared: dict[str, Any], form: str) -> str:
    """The comparison as MMIE's Table 5, in one of the forms of exporters/results: the guesses below the scorers."""
    scorers = [(one["scorer"], one["overall"]) for one in compared["scorers"]]
    guesses = [(GUESSES[name], figures) for name, figures in compared["baselines"].items()]
    table = ResultsTable(
        caption=f"Automatic scorers against human labels ({compared['shared']} responses)",
        corner="Scorer",
        columns=tuple(COLUMNS.values()),
        rows=tuple(Row(name, tuple(cell(figures[key]) for key in COLUMNS)) for name, figures in [*scorers, *guesses]),
        note="Guesses read nothing of the response.",
        places="0.01",
    )
    return text(table, form)


def cell(figure: dict[str, Any]) -> Cell:
    return Cell(figure["value"], figure["low"], figure["high"], None, figure["reason"], figure["no_interval"])
