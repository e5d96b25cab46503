"""The responses that could wait for an adjudicator, by ratings and rules alone: the disputed, and a share of the others."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

import numpy as np

from annotation.flow.judgements import (
    AT_ONCE,
    Array,
    ProjectCache,
    Purpose,
    RatingMatrix,
    TaskColumn,
    rating_matrices,
    read_matrices,
)
from annotation.flow.judgements.reader import depends_on
from annotation.flow.labels.disputes import criteria_asked, disputes
from annotation.models import Project, Task


@dataclass(frozen=True)
class Disputes:
    """An entry per response, in a seeded order."""

    tasks: Array  # primary keys
    rubrics: Array  # primary keys
    disputed: Array  # False: one that stands for the undisputed
    gaps: Array  # the greatest range of ratings of a criterion that is asked; 0 where only applicability is disputed
    since: Array  # the day of the last judgement, as an ordinal
    order: Array  # in [0, 1)
    criteria: Array  # tuples of keys, in the rubric's order
    queries: Array
    categories: Array
    fields: Array

    def __len__(self) -> int:
        return len(self.tasks)

    def part(self, chosen: Array) -> "Disputes":
        return Disputes(*(getattr(self, field.name)[chosen] for field in fields(self)))


def read_disputes(project: Project, cache: ProjectCache, *, behind: timedelta = AT_ONCE) -> Disputes:
    """From the cached ratings; those of less than `behind` ago where judgements came in since."""
    rules = tuple(sorted(project.rules.as_values().items()))
    name = ("disputes", project.seed, rules)
    columns, _made_at = cache.get(
        name,
        lambda: columns_of(project, rating_matrices(project, cache, Purpose.LABELS)),
        behind=behind,
        state=(cache.scores_state, *depends_on(project, Purpose.LABELS)),
    )
    return Disputes(*columns)


def disputes_of_task(project: Project, task: int) -> Disputes:
    """As the ratings are now: one entry at most."""
    if not Task.objects.study(project).filter(pk=task).exists():  # its query was dropped
        return Disputes(*columns_of(project, []))
    return Disputes(*columns_of(project, read_matrices(project, [task], Purpose.LABELS)))


def columns_of(project: Project, matrices: list[RatingMatrix]) -> list[Array]:
    rows = sorted((row for matrix in matrices for row in rows_of(project, matrix)), key=lambda row: row[5])
    columns: list[Any] = list(zip(*rows, strict=True)) or [()] * len(fields(Disputes))
    kinds: list[Any] = [np.int64, np.int64, bool, float, np.int64, float, object, object, object, object]
    return [array_of(column, kind) for column, kind in zip(columns, kinds, strict=True)]


def array_of(values: Any, kind: Any) -> Array:
    """One dimension, of tuples too."""
    array = np.empty(len(values), dtype=kind)
    array[:] = values
    return array


def rows_of(project: Project, matrix: RatingMatrix) -> Iterator[tuple[Any, ...]]:
    asked_if_disputed = criteria_asked(matrix.rubric, disputes(matrix, project))
    ranges, columns = ranges_of(matrix), matrix.columns
    days = matrix.days.max(axis=0, initial=0).tolist()
    share, criteria = project.rules.undisputed_share, matrix.rubric.criteria.all()
    keys = [criterion.key for criterion in criteria]
    in_dispute = np.array([asked_if_disputed[key] for key in keys])
    any_in_dispute: Array = in_dispute.any(axis=0)
    for place in np.flatnonzero(matrix.complete).tolist():
        column = columns[place]
        if any_in_dispute[place]:
            asked = tuple(key for key, values in zip(keys, in_dispute[:, place], strict=True) if values)
        elif share and draw(project, column.key, "undisputed") < share:
            asked = sample_of_criteria(project, column)
        else:
            continue
        yield (
            column.id,
            matrix.rubric.pk,
            bool(any_in_dispute[place]),
            max(ranges[key][place] for key in asked),
            days[place],
            draw(project, column.key, "order"),
            asked,
            column.query,
            column.category,
            column.field,
        )


def ranges_of(matrix: RatingMatrix) -> dict[str, Array]:
    """Per criterion, the range of each response's ratings; 0 where there are none."""
    return {
        key: np.nan_to_num(np.fmax.reduce(values, axis=0, initial=np.nan) - np.fmin.reduce(values, axis=0, initial=np.nan))
        for key, values in matrix.values.items()
    }


def sample_of_criteria(project: Project, task: TaskColumn) -> tuple[str, ...]:
    """One or two that stand for all, in their places."""
    criteria = sorted(task.rubric.criteria.all(), key=lambda criterion: draw(project, task.key, criterion.key))
    chosen = criteria[: 1 if draw(project, task.key, "how many") < 0.5 else 2]
    return tuple(criterion.key for criterion in sorted(chosen, key=lambda criterion: criterion.place))


def draw(project: Project, task: tuple[Any, ...], purpose: str) -> float:
    """A number in [0, 1) that is the same at every reading: from the project's seed, the task's key and the purpose."""
    text = "\0".join([str(project.seed), purpose, *map(str, task)])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6]) / 2**48
