"""Systems from few labels and many scores of a scorer, put together, beside the labels alone and the scores alone.

A label counts as unseen where its response is in the train split of no release, whatever the scorer was trained on: the responses
of train splits have no part here, neither label nor score. They were drawn by whole queries, so that the others are a sample.
"""

from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from annotation.agreement import Figure
from annotation.agreement.annotators.estimates import Estimate
from annotation.agreement.estimates import PredictionPowered, prediction_powered
from annotation.agreement.reasons import FEW_SCORES
from annotation.errors import Refused
from annotation.flow.check import ScorerScores, read_scores
from annotation.flow.judgements import Array
from annotation.flow.results.labelled import NEVER, Labelled, RubricLabels
from annotation.flow.results.tables import Row, Systems
from annotation.models import Label, Project, Scorer

FEWEST_SCORES = 10  # of fewer a mean tells what the scorer says of single responses
# why responses have no label without being harder than others; those that never get one have no part in this
BY_CHANCE = ("not_judged", "system_held_out", "query_dropped", *NEVER)


def read_scorer(project: Project, name: str) -> Scorer:
    """Raises Refused where there is none of this name, or it is withdrawn."""
    scorer = Scorer.objects.filter(project=project, name=name).select_related("project", "trained_on").first()
    told = {"project": project.slug, "name": name}
    if scorer is None:
        raise Refused(_("scorer: %(project)s has no scorer %(name)s") % told)
    if scorer.is_withdrawn:
        raise Refused(_("scorer: %(name)s is withdrawn") % told)
    return scorer


def few_labels(project: Project, labelled: Labelled, systems: Systems, scorer: Scorer) -> Row:
    """Per system, and per system and criterion where the scorer has scores of criteria. Five queries.

    Nothing is put together while judged responses have no label because people differ, or somebody has a question: those are the
    harder ones, so that the labelled are no sample of known chances.
    """
    scores = read_scores(scorer, labelled.tasks.tolist())
    train = Label.objects.filter(release__project=project, split=Label.Split.TRAIN).values_list("task", flat=True)
    seen = np.isin(labelled.tasks, np.array(sorted(set(train)), dtype=np.int64))
    awaiting = sum(number for reason, number in labelled.left_out.items() if reason not in BY_CHANCE)
    of_points = np.concatenate([np.array([]), *(percent_of_overall(part) for part in labelled.parts)])
    overall = Powering(labelled, systems, ~seen & ~labelled.unlabelled, known_chances=not awaiting and chances_known(labelled))
    return {
        "name": scorer.name,
        "trained_on": scorer.trained_on and scorer.trained_on.version,
        "scored": int((~np.isnan(scores.mean)).sum()),
        "seen": int(seen.sum()),
        "awaiting": awaiting,
        "systems": [
            {"system": name} | row
            for name, row in zip(systems.names, overall.rows(labelled.overall, scores.mean * of_points), strict=True)
        ],
        "criteria": [table for part in labelled.parts if (table := criteria_of(part, scores, overall))],
    }


def chances_known(labelled: Labelled) -> bool:
    """Whether the labels are those of the responses that were drawn, in every stratum; without samples, of all responses."""
    return labelled.pool is None or labelled.weights is not None


def percent_of_overall(part: RubricLabels) -> Array:
    return np.full(len(part.tasks), 100 / part.rubric.overall_max)


def criteria_of(part: RubricLabels, scores: ScorerScores, powering: "Powering") -> Row | None:
    """Systems x the criteria of which the scorer has scores; None where there is none."""
    criteria = [item for item in part.rubric.criteria.all() if item.key in scores.criteria]
    here = powering.labelled.places(part)
    columns = []
    for item in criteria:
        labels, own = (np.full(len(powering.labelled.tasks), np.nan) for _kind in ("labels", "scores"))
        labels[here] = part.criteria[item.key]
        own[here] = scores.mean_of(item.key)[here] * 100 / (part.rubric.scale_max if item.is_rated else 1)
        columns.append(powering.rows(labels, own))
    if not columns:
        return None
    return {
        "rubric": part.rubric.name,
        "title": part.rubric.title,
        "criteria": [{"key": item.key, "title": item.title} for item in criteria],
        "rows": [
            {"system": name, "cells": [column[place] for column in columns]} for place, name in enumerate(powering.systems.names)
        ],
    }


class Powering:
    """Puts labels and scores of the unseen responses together, system by system."""

    def __init__(self, labelled: Labelled, systems: Systems, unseen: Array, *, known_chances: bool) -> None:
        self.labelled, self.systems, self.unseen, self.known_chances = labelled, systems, unseen, known_chances

    def rows(self, labels: Array, scores: Array) -> list[dict[str, Any]]:
        """`labels` and `scores` are in percent, one for each task, NaN for none."""
        return [self.row(labels, scores, self.systems.number == place) for place in range(len(self.systems))]

    def row(self, labels: Array, scores: Array, own: Array) -> dict[str, Any]:
        chosen = own & self.unseen
        powered = prediction_powered(
            labels[chosen],
            scores[chosen],
            self.labelled.queries[chosen],
            weights=None if self.labelled.weights is None else self.labelled.weights[chosen],
            trained_on_labels=bool((~np.isnan(labels[own])).any() and np.isnan(labels[chosen]).all()),
            known_chances=self.known_chances,
        )
        return powered.plain(interval=True) | {"scores": alone(powered)}


def alone(powered: PredictionPowered) -> dict[str, Any]:
    """The scores alone, where they are not of single responses."""
    scores = powered.scores
    if scores.figure.n < FEWEST_SCORES:
        scores = Estimate(Figure(None, scores.figure.n, FEW_SCORES))
    return scores.plain(interval=True)
