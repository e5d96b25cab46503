"""Reads the first judgements of a project into rating matrices, one for each rubric.

Five queries, whatever the size, and those of the rubrics; 361,854 scores take about two seconds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from django.db.models import F, QuerySet

from annotation.flow.judgements.cache import ProjectCache
from annotation.flow.judgements.matrix import Array, RatingMatrix
from annotation.models import Project, Revision, Score, Task
from rubrics.cache import complete_rubric
from rubrics.models import Rubric

COLUMNS = ("query_id", "system", "sample", "round", "category", "field", "subfield")
ABOUT = ("category", "field", "subfield", "system", "round")


def rating_matrices(project: Project, cache: ProjectCache | None = None) -> list[RatingMatrix]:
    """Those of all study tasks, sorted by the rubric's slug and version; read from the database only where it has moved on."""
    cache = cache or ProjectCache(project)
    rows, _made_at = cache.get(
        ("rating_matrices",), lambda: [packed(matrix) for matrix in read_matrices(project)], of_ratings=True
    )
    rubrics = {rubric.pk: complete_rubric(rubric) for rubric in Rubric.objects.filter(pk__in=[row["rubric"] for row in rows])}
    return [RatingMatrix(**row | {"rubric": rubrics[row["rubric"]]}) for row in rows]


def packed(matrix: RatingMatrix) -> dict[str, Any]:
    """Plain values and arrays, the rubric by its primary key."""
    return {field.name: getattr(matrix, field.name) for field in fields(matrix)} | {"rubric": matrix.rubric.pk}


def read_matrices(project: Project, tasks: Iterable[int] | None = None) -> list[RatingMatrix]:
    """As rating_matrices, past the cache. `tasks` restricts it to study tasks by primary key, those of dropped queries too."""
    study, first = Task.objects.study(project), Revision.objects.first_judgements(project)
    if tasks is not None:
        tasks = list(tasks)
        study = Task.objects.ever_in_study(project).filter(pk__in=tasks)
        first = first.filter(annotation__task__in=tasks)
    # before the judgements: a task that is submitted between the queries is then incomplete, never complete without its scores
    complete = np.array(list(study.fully_judged().values_list("pk", flat=True)), dtype=np.int64)
    of_rubric = read_tasks(study)
    revisions = read_revisions(first)
    scores = read_scores(first, revisions)
    rubrics = sorted(Rubric.objects.filter(pk__in=of_rubric), key=lambda rubric: (rubric.slug, rubric.version))
    return [matrix_of(complete_rubric(rubric), of_rubric[rubric.pk], complete, revisions, scores) for rubric in rubrics]


def feedback_of(project: Project, tasks: Iterable[int] | None = None) -> dict[tuple[int, int], str]:
    """The feedback of first judgements, by the primary keys of task and annotator. Empty texts are left out."""
    first = Revision.objects.first_judgements(project).exclude(feedback="")
    if tasks is not None:
        first = first.filter(annotation__task__in=list(tasks))
    rows = first.values_list("annotation__task", "annotation__annotator", "feedback")
    return {(task, annotator): feedback for task, annotator, feedback in rows.iterator()}


def read_tasks(study: QuerySet[Task]) -> dict[int, list[Any]]:
    """Per rubric, a row for each task: its primary key, then COLUMNS; sorted by query, system and sample."""
    rows = study.values_list(
        "rubric", "pk", "response__query__external_id", "response__system", "response__sample", "round",
        "response__query__category", "response__query__field", "response__query__subfield",
    )  # fmt: skip
    of_rubric: dict[int, list[Any]] = {}
    for rubric, *row in rows.iterator():
        of_rubric.setdefault(rubric, []).append(row)
    for tasks in of_rubric.values():
        tasks.sort(key=lambda row: row[1:4])
    return of_rubric


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


def read_revisions(first: QuerySet[Revision]) -> Revisions:
    rows = list(
        first.order_by("pk")
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
        days=np.array([time.toordinal() for time in columns[4]], dtype=np.int64),
        holistic=floats(columns[5]),
        names=dict(zip(columns[2], columns[6], strict=True)),
    )


@dataclass(frozen=True)
class Scores:
    """A row per score: the place of its revision among the revisions, its criterion, and its level (NaN: none)."""

    revisions: Array
    criteria: Array
    levels: Array


def read_scores(first: QuerySet[Revision], revisions: Revisions) -> Scores:
    stored = Score.objects.filter(revision__in=first).values_list("revision", "criterion", F("level__value"))
    rows = np.array(list(stored.iterator(chunk_size=10_000)), dtype=object).reshape(-1, 3)
    # what was submitted since the revisions were read is left out
    rows = rows[np.isin(rows[:, 0].astype(np.int64), revisions.pks)]
    return Scores(
        revisions=np.searchsorted(revisions.pks, rows[:, 0].astype(np.int64)),
        criteria=rows[:, 1].astype(np.int64),
        levels=floats(rows[:, 2]),
    )


def floats(numbers: Iterable[int | None]) -> Array:
    """NaN for None."""
    return np.array([np.nan if number is None else number for number in numbers], dtype=float)


def matrix_of(rubric: Rubric, rows: list[Any], complete: Array, revisions: Revisions, scores: Scores) -> RatingMatrix:
    """From the rows of the rubric's tasks, and the revisions and scores of all rubrics."""
    pks, *columns = zip(*rows, strict=True)
    tasks, column = np.array(pks, dtype=np.int64), dict(zip(COLUMNS, columns, strict=True))
    numbers = {query: number for number, query in enumerate(dict.fromkeys(column["query_id"]))}
    of_rubric = np.isin(revisions.tasks, tasks)
    annotators = sorted(set(revisions.annotators[of_rubric].tolist()), key=lambda pk: revisions.names[pk])
    shape = (len(annotators), len(tasks))
    # where each revision stands in the matrix; those of other rubrics are never looked at
    at = np.zeros((2, len(of_rubric)), dtype=np.int64)
    at[:, of_rubric] = positions(revisions.annotators[of_rubric], annotators), positions(revisions.tasks[of_rubric], tasks)

    def spread(values: Array, empty: float) -> Array:
        ratings = np.full(shape, empty)
        ratings[tuple(at[:, of_rubric])] = values[of_rubric]
        return ratings

    days = spread(revisions.days, 0).astype(np.int64)
    values = {}
    for criterion in rubric.criteria.all():
        ratings = np.full(shape, np.nan) if criterion.is_rated else np.where(days > 0, 0.0, np.nan)
        chosen = (scores.criteria == criterion.pk) & of_rubric[scores.revisions]
        ratings[tuple(at[:, scores.revisions[chosen]])] = scores.levels[chosen] if criterion.is_rated else 1.0
        values[criterion.key] = ratings
    return RatingMatrix(
        rubric=rubric,
        tasks=tasks,
        complete=np.isin(tasks, complete),
        queries=np.array([numbers[query] for query in column["query_id"]], dtype=np.int64),
        query_ids=np.array(column["query_id"], dtype=object),
        samples=np.array(column["sample"], dtype=np.int64),
        about={name: np.array([str(value) for value in column[name]], dtype=object) for name in ABOUT},
        annotators=[revisions.names[pk] for pk in annotators],
        annotator_pks=annotators,
        values=values,
        holistic=spread(revisions.holistic, np.nan),
        seconds=spread(revisions.seconds, np.nan),
        days=days,
    )


def positions(values: Array, order: Any) -> Array:
    """Where each of the values stands in `order`, which has every one of them."""
    order = np.asarray(order, dtype=np.int64)
    by_value = np.argsort(order)
    return by_value[np.searchsorted(order[by_value], values)]
