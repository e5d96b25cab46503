"""The fair value of each response, per criterion and overall: predicted from the ratings that labels take, decided or not.

It stands beside the label and changes nothing of it. It needs all ratings of a rubric, so that it is computed for the whole
project, and cached.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from annotation.agreement import fair_values
from annotation.agreement.reasons import NO_RATINGS
from annotation.flow.judgements import AT_ONCE, Array, ProjectCache, Purpose, RatingMatrix, rating_matrices
from annotation.flow.judgements.reader import depends_on
from annotation.flow.labels.disputes import OVERALL
from annotation.models import Project
from rubrics.models import Rubric

DIGITS = 4  # after the point: those further down depend on the processor


class FairValue(NamedTuple):
    """In points, rounded to DIGITS: a value and its standard error, or the reason why there is none."""

    value: float | None
    se: float | None
    reason: str | None


@dataclass(frozen=True)
class FairColumn:
    """Of one criterion, or the overall, an array for all responses of its table: NaN where there is no value. `means` has the
    means of the same ratings. `groups` names the annotators of each group that shares no response with the others."""

    values: Array
    errors: Array
    means: Array
    reason: str | None
    groups: list[list[str]]

    def at(self, places: list[int]) -> list[FairValue]:
        none = FairValue(None, None, self.reason or NO_RATINGS)
        values, errors = self.values[places].tolist(), self.errors[places].tolist()
        return [
            none if value != value else FairValue(round(value, DIGITS), round(error, DIGITS), None)
            for value, error in zip(values, errors, strict=True)
        ]


@dataclass(frozen=True)
class FairTable:
    """The fair values under one rubric, given by its name. `columns` has one for each rated criterion, and for OVERALL."""

    rubric: str
    tasks: Array  # primary keys
    columns: Mapping[str, FairColumn]

    @cached_property
    def places(self) -> dict[int, int]:
        return {task: place for place, task in enumerate(self.tasks.tolist())}

    def of(self, task: int) -> dict[str, FairValue]:
        """By the columns' keys."""
        return self.of_tasks([task])[task]

    def of_tasks(self, tasks: Sequence[int]) -> dict[int, dict[str, FairValue]]:
        """By task, and by the columns' keys."""
        places = [self.places[task] for task in tasks]
        columns = zip(*(column.at(places) for column in self.columns.values()), strict=True)
        return {task: dict(zip(self.columns, values, strict=True)) for task, values in zip(tasks, columns, strict=True)}


def fair_tables(matrices: Iterable[RatingMatrix]) -> list[FairTable]:
    """One for each matrix; the matrices hold the judgements that labels take."""
    return [fair_table(matrix) for matrix in matrices]


def cached_fair_tables(project: Project, cache: ProjectCache | None = None, *, behind: timedelta = AT_ONCE) -> list[FairTable]:
    """Of all study tasks, computed once for each state of the judgements; `behind` as in ProjectCache."""
    cache = cache or ProjectCache(project)
    state = (cache.scores_state, *depends_on(project, Purpose.LABELS))
    make = lambda: [asdict(table) for table in fair_tables(rating_matrices(project, cache, Purpose.LABELS))]  # noqa: E731
    rows, _made_at = cache.get(("fair_tables",), make, behind=behind, state=state)
    return [table_from(row) for row in rows]


def fair_of_task(project: Project, task: int, *, behind: timedelta = AT_ONCE) -> dict[str, FairValue]:
    """Per rated criterion and for OVERALL; nothing for a response of a dropped query."""
    tables = cached_fair_tables(project, behind=behind)
    return next((table.of(task) for table in tables if task in table.places), {})


def table_from(row: dict[str, Any]) -> FairTable:
    return FairTable(**row | {"columns": {key: FairColumn(**column) for key, column in row["columns"].items()}})


def fair_table(matrix: RatingMatrix) -> FairTable:
    rubric, scale = matrix.rubric, matrix.scale
    columns = {
        criterion.key: column(matrix, matrix.values[criterion.key], (scale[0], scale[-1]), 1)
        for criterion in matrix.rated_criteria
    }
    # the mean of several criteria has no levels: it is cut at the end itself
    step = 1 if rubric.overall_method == Rubric.Overall.HOLISTIC else 0
    overall = column(matrix, matrix.overall, (rubric.overall_min, rubric.overall_max), step)
    return FairTable(rubric.name, matrix.tasks, columns | {OVERALL: overall})


def column(matrix: RatingMatrix, ratings: Array, ends: tuple[int, int], step: int) -> FairColumn:
    fair = fair_values(ratings, ends=ends, step=step)
    groups = [[matrix.annotators[row] for row in group] for group in fair.groups]
    return FairColumn(fair.values, fair.errors, means_of(ratings), fair.reason, groups)


def means_of(ratings: Array) -> Array:
    rated = ~np.isnan(ratings)
    number = rated.sum(axis=0)
    return np.where(number > 0, np.where(rated, ratings, 0).sum(axis=0) / np.maximum(number, 1), np.nan)
