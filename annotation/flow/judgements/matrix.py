"""Reads the first judgements of a project as arrays: what the agreement report computes on.

Three queries per project and one per rubric, whatever the size; 361,854 scores take about two seconds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import F

from annotation.flow.judgements.cache import cached
from annotation.flow.judgements.ratings import RatedTask
from annotation.models import Project, Revision, Score, Task
from rubrics.cache import complete_rubric
from rubrics.models import Rubric

Array = Any  # numpy's types say little more than that
ABOUT = ("category", "field", "subfield", "system")


@dataclass(frozen=True)
class RatingMatrix:
    """The first judgements under one rubric.

    Responses stand in the order of their keys (query, system, sample, by code point), annotators in that of their
    usernames, so that sums run in the same order on every database. `values` has an array of annotators x responses for
    each criterion, NaN where there is no rating; a penalty is 1 or 0. `about` has an array of strings for each column.
    """

    rubric: Rubric
    tasks: Array
    queries: Array
    about: Mapping[str, Array]
    annotators: list[str]
    values: Mapping[str, Array]
    holistic: Array
    seconds: Array
    days: Array  # of the submission, as ordinals; 0 where there is none

    @property
    def scale(self) -> range:
        return range(self.rubric.scale_min, self.rubric.scale_max + 1)

    def column(self, name: str) -> Array:
        """What each response is grouped by: one of `about`, or the week."""
        return self.weeks if name == "week" else self.about[name]

    @cached_property
    def overall(self) -> Array:
        """The overall of each judgement, by the rubric's rule; NaN where no criterion is applicable. As rubrics.scoring."""
        criteria = list(self.rubric.criteria.all())
        judged = self.days > 0
        off = sum((float(item.points or 0) * np.nan_to_num(self.values[item.key]) for item in criteria if not item.is_rated), 0.0)
        if self.rubric.overall_method == Rubric.Overall.HOLISTIC:
            before = self.holistic
        else:
            weights = {item.key: float(item.weight or 0) for item in criteria if item.is_rated}
            total = sum(weight * np.nan_to_num(self.values[key]) for key, weight in weights.items())
            weight = sum(weight * ~np.isnan(self.values[key]) for key, weight in weights.items())
            with np.errstate(invalid="ignore", divide="ignore"):
                mean = self.rubric.overall_method == Rubric.Overall.WEIGHTED_MEAN
                before = np.where(weight > 0, total / weight if mean else total, np.nan)
        return np.where(judged, np.clip(before - off, self.rubric.overall_min, self.rubric.overall_max), np.nan)

    @cached_property
    def weeks(self) -> Array:
        """The ISO week of each response's last judgement, as "2026-W48"; empty where there is none."""
        return weeks_of(self.days.max(axis=0, initial=0))

    @property
    def own_weeks(self) -> Array:
        """The ISO week of each judgement; empty where there is none."""
        return weeks_of(self.days)

    def part(self, responses: Array) -> "RatingMatrix":
        """Those of the responses that the mask names; annotators who judged none of them stay, with gaps alone."""
        return RatingMatrix(
            rubric=self.rubric,
            tasks=self.tasks[responses],
            queries=self.queries[responses],
            about={name: column[responses] for name, column in self.about.items()},
            annotators=self.annotators,
            values={key: rows[:, responses] for key, rows in self.values.items()},
            holistic=self.holistic[:, responses],
            seconds=self.seconds[:, responses],
            days=self.days[:, responses],
        )


def weeks_of(days: Array) -> Array:
    """Of days as ordinals, in their shape."""
    known, which = np.unique(days, return_inverse=True)
    return np.array([iso_week(day) for day in known.tolist()], dtype=object)[which.reshape(days.shape)]


def iso_week(day: int) -> str:
    """Of a day as an ordinal; 0 is none."""
    if not day:
        return ""
    year, week, _day = date.fromordinal(day).isocalendar()
    return f"{year}-W{week:02}"


def rating_matrices(project: Project) -> list[RatingMatrix]:
    """Those of study tasks, one for each rubric that tasks are judged by, sorted by the rubric's slug and version.

    Read from the database where it has moved on, else from what the last reading kept.
    """
    found, _at = cached(project, ("matrix_of",), lambda: [packed(judged) for judged in read_matrices(project)])
    rubrics = {rubric.pk: complete_rubric(rubric) for rubric in Rubric.objects.filter(pk__in=[row["rubric"] for row in found])}
    return [RatingMatrix(**row | {"rubric": rubrics[row["rubric"]]}) for row in found]


def packed(judged: RatingMatrix) -> dict[str, Any]:
    """Plain values and arrays, the rubric by its primary key."""
    return {field.name: getattr(judged, field.name) for field in fields(judged)} | {"rubric": judged.rubric.pk}


def read_matrices(project: Project) -> list[RatingMatrix]:
    rows = Task.objects.study(project).values_list(
        "pk", "rubric", "response__query__external_id", "response__system", "response__sample", "round",
        "response__query__category", "response__query__field", "response__query__subfield",
    )  # fmt: skip
    of_rubric: dict[int, list[Any]] = {}
    for row in rows.iterator():
        of_rubric.setdefault(row[1], []).append(row)
    revisions = read_revisions(project)
    rubrics = sorted(Rubric.objects.filter(pk__in=of_rubric), key=lambda rubric: (rubric.slug, rubric.version))
    return [matrix_of(project, complete_rubric(rubric), of_rubric[rubric.pk], revisions) for rubric in rubrics]


@dataclass(frozen=True)
class Revisions:
    """A row per first judgement, by primary key."""

    pks: Array
    tasks: Array
    annotators: Array
    seconds: Array
    days: Array
    holistic: Array
    names: dict[int, str]


def read_revisions(project: Project) -> Revisions:
    rows = list(
        Revision.objects.first_judgements(project)
        .order_by("pk")
        .values_list(
            "pk", "annotation__task", "annotation__annotator", "active_seconds", "submitted_at", "holistic",
            "annotation__annotator__username",
        )
        .iterator()
    )  # fmt: skip
    columns: list[Any] = list(zip(*rows, strict=True)) or [()] * 7
    return Revisions(
        pks=np.array(columns[0], dtype=np.int64),
        tasks=np.array(columns[1], dtype=np.int64),
        annotators=np.array(columns[2], dtype=np.int64),
        seconds=np.array(columns[3], dtype=float),
        days=np.array([found.toordinal() for found in columns[4]], dtype=np.int64),
        holistic=np.array([np.nan if found is None else found for found in columns[5]], dtype=float),
        names=dict(zip(columns[2], columns[6], strict=True)),
    )


def matrix_of(project: Project, rubric: Rubric, rows: list[Any], revisions: Revisions) -> RatingMatrix:
    rows.sort(key=lambda row: row[2:5])
    tasks = np.array([row[0] for row in rows], dtype=np.int64)
    queries = {name: number for number, name in enumerate(dict.fromkeys(row[2] for row in rows))}
    columns = dict(
        zip(
            ("system", "sample", "round", "category", "field", "subfield"),
            zip(*(row[3:] for row in rows), strict=True),
            strict=True,
        )
    )
    mine = np.isin(revisions.tasks, tasks)
    pks, people = revisions.pks[mine], revisions.annotators[mine]
    annotators = sorted(set(people.tolist()), key=lambda pk: revisions.names[pk])
    row_of = positions(people, annotators)
    column_of = positions(revisions.tasks[mine], tasks)
    shape = (len(annotators), len(tasks))

    def spread(column: Array, empty: float) -> Array:
        found = np.full(shape, empty)
        found[row_of, column_of] = column[mine]
        return found

    days = spread(revisions.days, 0).astype(np.int64)
    return RatingMatrix(
        rubric=rubric,
        tasks=tasks,
        queries=np.array([queries[row[2]] for row in rows], dtype=np.int64),
        about={name: np.array([str(value) for value in columns[name]], dtype=object) for name in (*ABOUT, "round")},
        annotators=[revisions.names[pk] for pk in annotators],
        values=read_values(project, rubric, pks, row_of, column_of, days),
        holistic=spread(revisions.holistic, np.nan),
        seconds=spread(revisions.seconds, np.nan),
        days=days,
    )


def positions(found: Array, order: Any) -> Array:
    """Where each of `found` stands in `order`."""
    order = np.asarray(order, dtype=np.int64)
    by_value = np.argsort(order)
    return by_value[np.searchsorted(order[by_value], found)]


def read_values(project: Project, rubric: Rubric, pks: Array, row_of: Array, column_of: Array, days: Array) -> dict[str, Array]:
    """Per criterion, annotators x responses."""
    found = {}
    for criterion in rubric.criteria.all():
        found[criterion.key] = np.full(days.shape, np.nan) if criterion.is_rated else np.where(days > 0, 0.0, np.nan)
    keys = {criterion.pk: criterion for criterion in rubric.criteria.all()}
    scores = Score.objects.filter(criterion__in=keys, revision__in=Revision.objects.first_judgements(project))
    rows = np.array(
        list(scores.values_list("revision", "criterion", F("level__value")).iterator(chunk_size=10_000)), dtype=object
    ).reshape(-1, 3)
    known = np.isin(rows[:, 0].astype(np.int64), pks)  # what was submitted since the revisions were read is left out
    rows = rows[known]
    at = np.searchsorted(pks, rows[:, 0].astype(np.int64))
    of = rows[:, 1].astype(np.int64)
    level = np.array([np.nan if value is None else value for value in rows[:, 2]], dtype=float)
    for pk, criterion in keys.items():
        chosen = of == pk
        found[criterion.key][row_of[at[chosen]], column_of[at[chosen]]] = level[chosen] if criterion.is_rated else 1.0
    return found


def of_tasks(tasks: Iterable[RatedTask]) -> list[RatingMatrix]:
    """The same from tasks that are read already, in the order of their keys; round and time are not told."""
    of_rubric: dict[int, list[RatedTask]] = {}
    for task in tasks:
        of_rubric.setdefault(task.rubric.pk, []).append(task)
    found = [matrix_of_tasks(tasks) for tasks in of_rubric.values()]
    return sorted(found, key=lambda judged: (judged.rubric.slug, judged.rubric.version))


def matrix_of_tasks(tasks: list[RatedTask]) -> RatingMatrix:
    rubric = tasks[0].rubric
    annotators = sorted({said.username for task in tasks for said in task.said})
    row_of = {name: row for row, name in enumerate(annotators)}
    queries = {name: number for number, name in enumerate(dict.fromkeys(task.query for task in tasks))}
    shape = (len(annotators), len(tasks))
    values = {criterion.key: np.full(shape, np.nan) for criterion in rubric.criteria.all()}
    penalties = [criterion.key for criterion in rubric.criteria.all() if not criterion.is_rated]
    holistic, days = np.full(shape, np.nan), np.zeros(shape, dtype=np.int64)
    for column, task in enumerate(tasks):
        for said in task.said:
            at = row_of[said.username], column
            days[at] = 1
            holistic[at] = np.nan if said.holistic is None else said.holistic
            for key, value in (said.scores | {key: int(key in said.penalties) for key in penalties}).items():
                values[key][at] = np.nan if value is None else value
    return RatingMatrix(
        rubric=rubric,
        tasks=np.array([task.id for task in tasks], dtype=np.int64),
        queries=np.array([queries[task.query] for task in tasks], dtype=np.int64),
        about={name: np.array([getattr(task, name) for task in tasks], dtype=object) for name in ABOUT},
        annotators=annotators,
        values=values,
        holistic=holistic,
        seconds=np.full(shape, np.nan),
        days=days,
    )
