"""A scorer's scores as arrays of runs x tasks: of a file, or as they are kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Q

from annotation.flow.check.file import ScorerFile
from annotation.models import Project, Scorer, ScorerRun, ScorerScore, Task
from rubrics.models import Rubric
from rubrics.scoring import overall_of

Array = Any  # numpy's types say little more than that
MISSING, READ, CLIPPED, UNREADABLE = range(4)
FEW = 500  # tasks that a query names; of more all are read
STATES = {"read": READ, "clipped": CLIPPED, "unreadable": UNREADABLE}


@dataclass(frozen=True)
class ScorerScores:
    """What a scorer says of `tasks` in each of its runs, in points of the rubrics.

    `overall` and each array of `criteria` (by the criterion's key) are floats, runs x tasks, NaN where there is no score; a
    penalty is from 0 to 1. Where a run has scores of criteria alone, its overall is what the rubric's rule makes of them, if
    every criterion that always applies has one. `states` says of each overall whether it is MISSING, READ, CLIPPED (counted
    at the nearest end of the scale) or UNREADABLE. `several_numbers` and `cut` are booleans (models/scorers.py).
    """

    tasks: Array  # primary keys
    runs: tuple[int, ...]  # their numbers; of a file that is not kept from 1
    overall: Array
    states: Array
    several_numbers: Array
    cut: Array
    criteria: Mapping[str, Array]

    @cached_property
    def mean(self) -> Array:
        """Of each task, the mean of the runs that have a score; NaN where none has."""
        return mean_of_runs(self.overall)

    @cached_property
    def state(self) -> Array:
        """Of each task over its runs: READ or CLIPPED (in some run) where there is a score, else UNREADABLE or MISSING."""
        has_score = ~np.isnan(self.mean)
        clipped = (self.states == CLIPPED).any(axis=0)
        without = np.where((self.states == UNREADABLE).any(axis=0), UNREADABLE, MISSING)
        return np.where(has_score, np.where(clipped, CLIPPED, READ), without)

    def mean_of(self, criterion: str) -> Array:
        """As `mean`, of a criterion."""
        return mean_of_runs(self.criteria[criterion])

    def of(self, tasks: Sequence[int]) -> "ScorerScores":
        """The same for other tasks, in their order; those that are not here are MISSING."""
        order = np.argsort(self.tasks)
        asked = np.asarray(tasks, dtype=np.int64)
        places = np.searchsorted(self.tasks, asked, sorter=order) if len(self.tasks) else np.zeros(len(asked), dtype=np.int64)
        places = order[np.minimum(places, len(order) - 1)] if len(order) else places
        is_scored = self.tasks[places] == asked if len(order) else np.zeros(len(asked), dtype=bool)

        def taken(values: Array, none: Any) -> Array:
            filled = np.full((len(values), len(asked)), none, dtype=values.dtype)
            filled[:, is_scored] = values[:, places[is_scored]]
            return filled

        return replace(
            self,
            tasks=asked,
            overall=taken(self.overall, np.nan),
            states=taken(self.states, MISSING),
            several_numbers=taken(self.several_numbers, False),
            cut=taken(self.cut, False),
            criteria={key: taken(values, np.nan) for key, values in self.criteria.items()},
        )


class Entry(NamedTuple):
    """One score: the place of its run, the task, the criterion's key or an empty one for the overall."""

    run: int
    task: int
    criterion: str
    value: float | None
    state: str
    several_numbers: bool
    cut: bool


def read_scores(scorer: Scorer, tasks: Sequence[int] | None = None, *, runs: Sequence[ScorerRun] | None = None) -> ScorerScores:
    """Those that are kept, of all runs or of these; for these tasks in their order, else for all that have one, by primary key.
    Four queries."""
    chosen = list(scorer.runs.order_by("number")) if runs is None else list(runs)
    places = {run.pk: place for place, run in enumerate(chosen)}
    columns = ("run", "task", "criterion__key", "value", "state", "several_numbers", "cut")
    wanted = Q(run__in=chosen) & (Q() if tasks is None or len(tasks) > FEW else Q(task__in=list(tasks)))
    rows = ScorerScore.objects.filter(wanted).order_by().values_list(*columns)
    entries = (Entry(places[run], task, key or "", *more) for run, task, key, *more in rows.iterator(chunk_size=10_000))
    scores = arrays_of(entries, tuple(run.number for run in chosen), scorer.project)
    return scores if tasks is None else scores.of(tasks)


def scores_of_file(file: ScorerFile, project: Project) -> ScorerScores:
    """Those of a file, whether it is kept or not. Two queries."""
    places = {run: place for place, run in enumerate(file.runs)}
    entries = (
        Entry(
            places[one.run],
            one.task,
            one.criterion.key if one.criterion else "",
            one.value,
            one.state,
            one.several_numbers,
            one.cut,
        )
        for one in file.points
    )
    return arrays_of(entries, tuple(range(1, len(places) + 1)), project)


def arrays_of(entries: Iterable[Entry], runs: tuple[int, ...], project: Project) -> ScorerScores:
    listed = list(entries)
    tasks = np.array(sorted({one.task for one in listed}), dtype=np.int64)
    column = {task: place for place, task in enumerate(tasks.tolist())}
    shape = (len(runs), len(tasks))
    keys = sorted({one.criterion for one in listed} | {""})
    values = {key: np.full(shape, np.nan) for key in keys}
    states = {key: np.zeros(shape, dtype=np.int8) for key in keys}
    several, cut = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for one in listed:
        place = one.run, column[one.task]
        values[one.criterion][place] = np.nan if one.value is None else one.value
        states[one.criterion][place] = STATES[one.state]
        several[place] |= one.several_numbers
        cut[place] |= one.cut
    scores = ScorerScores(tasks, runs, values.pop(""), states.pop(""), several, cut, values)
    return with_overall_by_rule(scores, states, project) if values else scores


def with_overall_by_rule(scores: ScorerScores, states: Mapping[str, Array], project: Project) -> ScorerScores:
    """Fill the overall where a run has scores of criteria alone."""
    overall, of_overall = scores.overall.copy(), scores.states.copy()
    for rubric, columns in columns_by_rubric(scores.tasks, project):
        here = {criterion.key for criterion in rubric.criteria.all()} & scores.criteria.keys()
        ratings = {
            criterion.key: scores.criteria[criterion.key][:, columns] if criterion.key in here else np.full((1, 1), np.nan)
            for criterion in rubric.criteria.all()
        }
        none = np.full((len(scores.runs), len(columns)), np.nan)
        ratings = {key: np.broadcast_to(of_criterion, none.shape) for key, of_criterion in ratings.items()}
        always = [criterion.key for criterion in rubric.criteria.all() if criterion.is_rated and criterion.na == "never"]
        complete = np.all([~np.isnan(ratings[key]) for key in always], axis=0) if always else np.ones(none.shape, dtype=bool)
        value = np.where(complete, overall_of(rubric, ratings, none), np.nan)
        of_criteria = np.stack([states[key][:, columns] for key in sorted(here)]) if here else np.zeros((1, *none.shape))
        unreadable, clipped = (of_criteria == UNREADABLE).any(axis=0), (of_criteria == CLIPPED).any(axis=0)
        state = np.where(np.isnan(value), np.where(unreadable, UNREADABLE, MISSING), np.where(clipped, CLIPPED, READ))
        absent = of_overall[:, columns] == MISSING
        overall[:, columns] = np.where(absent, value, overall[:, columns])
        of_overall[:, columns] = np.where(absent, state, of_overall[:, columns])
    return replace(scores, overall=overall, states=of_overall)


def columns_by_rubric(tasks: Array, project: Project) -> Iterator[tuple[Rubric, Array]]:
    """Each rubric of the project with the places of its tasks."""
    rubric_of = dict(Task.objects.filter(project=project).values_list("pk", "rubric"))
    rubrics = np.array([rubric_of[task] for task in tasks.tolist()], dtype=np.int64)
    for rubric in Rubric.objects.with_content().filter(pk__in=set(rubrics.tolist())).order_by("pk"):
        yield rubric, np.flatnonzero(rubrics == rubric.pk)


def mean_of_runs(values: Array) -> Array:
    number = (~np.isnan(values)).sum(axis=0)
    return np.where(number > 0, np.nansum(values, axis=0) / np.maximum(number, 1), np.nan)
