"""Reads the judgements of a project into rating matrices, one for each rubric: the first ones, or those that labels take.

Six queries, whatever the size, and those of the rubrics; for labels one more, and one where a rubric lets criteria be not
applicable by image. 361,854 scores take about a second.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from django.db.models import F

from annotation.flow.judgements.cache import ProjectCache
from annotation.flow.judgements.matrix import Array, RatingMatrix
from annotation.flow.judgements.revisions import (
    Purpose,
    Revisions,
    Scores,
    late_revisions,
    read_revisions,
    read_scores,
    revisions_of,
    settled_at,
)
from annotation.models import Adjudication, LabelsFrom, Project, Revision, Task
from annotation.models.tasks import TaskQuerySet
from annotation.sql.blocks import Images
from annotation.sql.rows import raw_rows
from rubrics.cache import complete_rubric
from rubrics.models import Criterion, Rubric

COLUMNS = ("query_id", "system", "sample", "round", "category", "field", "subfield", "complete")
NEVER = Criterion.NotApplicable.NEVER
BLOCKS_OF: dict[str, str] = {
    Criterion.NotApplicable.NO_QUERY_IMAGE: "response__query__blocks",
    Criterion.NotApplicable.NO_RESPONSE_IMAGE: "response__blocks",
}
ABOUT = ("category", "field", "subfield", "system", "round")

WithImage = dict[str, dict[int, bool]]


def rating_matrices(
    project: Project, cache: ProjectCache | None = None, purpose: Purpose = Purpose.AGREEMENT
) -> list[RatingMatrix]:
    """Those of all study tasks, sorted by the rubric's slug and version; read from the database only where it has moved on.

    Those for labels bring the first judgements of the same reading with them: a report needs both, and reading takes longest.
    """
    cache = cache or ProjectCache(project)
    state = (cache.scores_state, *depends_on(project, purpose))

    def make() -> list[dict[str, Any]]:
        judgements = read_judgements(project, purpose=purpose)
        if purpose == Purpose.LABELS:
            first = lambda: [packed(matrix) for matrix in judgements.matrices(Purpose.AGREEMENT)]  # noqa: E731
            cache.get(name(Purpose.AGREEMENT), first, state=(cache.scores_state,))
        return [packed(matrix) for matrix in judgements.matrices(purpose)]

    rows, _made_at = cache.get(name(purpose), make, state=state)
    rubrics = {rubric.pk: complete_rubric(rubric) for rubric in Rubric.objects.filter(pk__in=[row["rubric"] for row in rows])}
    return [RatingMatrix(**row | {"rubric": rubrics[row["rubric"]]}) for row in rows]


def name(purpose: Purpose) -> tuple[str, str]:
    """Of the matrices in the cache."""
    return ("rating_matrices", purpose.value)


def depends_on(project: Project, purpose: Purpose) -> tuple[Any, ...]:
    """What a matrix depends on besides the scores: a decision changes it only where scores were submitted since."""
    if purpose == Purpose.AGREEMENT:
        return ()
    standing = Adjudication.objects.standing().filter(task__project=project).annotate(settled_at=settled_at())
    late = standing.filter(task__annotations__revisions__submitted_at__gt=F("settled_at"))
    return (project.rules.labels_from, sorted(set(late.values_list("task", "settled_at"))))


def packed(matrix: RatingMatrix) -> dict[str, Any]:
    """Plain values and arrays, the rubric by its primary key."""
    return {field.name: getattr(matrix, field.name) for field in fields(matrix)} | {"rubric": matrix.rubric.pk}


def read_matrices(
    project: Project, tasks: Iterable[int] | None = None, purpose: Purpose = Purpose.AGREEMENT
) -> list[RatingMatrix]:
    """As rating_matrices, past the cache. `tasks` restricts it to study tasks by primary key, those of dropped queries too."""
    return read_judgements(project, tasks, purpose).matrices(purpose)


@dataclass(frozen=True)
class Judgements:
    """What was read of a project at one moment, from which its matrices are made: those for labels, and of the same reading
    those for agreement; a reading for agreement has nothing else."""

    rubrics: list[Rubric]
    of_rubric: dict[int, list[Any]]
    images: WithImage | None
    revisions: Revisions
    scores: Scores
    labels_from: str

    def matrices(self, purpose: Purpose) -> list[RatingMatrix]:
        chosen = self.revisions.chosen(purpose, self.labels_from)
        changed = self.revisions.changed(self.labels_from) if purpose == Purpose.LABELS else np.array([], dtype=np.int64)
        return [
            matrix_of(rubric, self.of_rubric[rubric.pk], self.images, changed, self.revisions, chosen, self.scores)
            for rubric in self.rubrics
        ]


def read_judgements(project: Project, tasks: Iterable[int] | None = None, purpose: Purpose = Purpose.LABELS) -> Judgements:
    """`tasks` as in read_matrices. For labels also the project's rules are read, where it does not have them yet."""
    tasks = None if tasks is None else list(tasks)
    study = Task.objects.study(project) if tasks is None else Task.objects.ever_in_study(project).filter(pk__in=tasks)
    labels_from = project.rules.labels_from if purpose == Purpose.LABELS else LabelsFrom.FIRST.value
    # before the judgements: a task that is submitted between the queries is then incomplete, never complete without its scores
    of_rubric = read_tasks(study)
    rows = revisions_of(project, tasks, purpose)
    late = late_revisions(project, tasks) if purpose == Purpose.LABELS else Revision.objects.none()
    revisions = read_revisions(rows, late, project)
    scores = read_scores(rows, revisions)
    rubrics = sorted(Rubric.objects.filter(pk__in=of_rubric), key=lambda rubric: (rubric.slug, rubric.version))
    rubrics = list(map(complete_rubric, rubrics))
    images = read_images(project, rubrics) if tasks is None else None
    return Judgements(rubrics, of_rubric, images, revisions, scores, labels_from)


def read_tasks(study: TaskQuerySet) -> dict[int, list[Any]]:
    """Per rubric, a row for each task: its primary key, then COLUMNS; sorted by query, system and sample, then as the tasks
    were made."""
    tasks: Any = study.with_fully_judged().order_by()
    rows = tasks.values_list(
        "rubric", "pk", "response__query__external_id", "response__system", "response__sample", "round",
        "response__query__category", "response__query__field", "response__query__subfield", "fully_judged",
    )  # fmt: skip
    of_rubric: dict[int, list[Any]] = {}
    for rubric, *row in raw_rows(rows):
        of_rubric.setdefault(rubric, []).append(row)
    for of_tasks in of_rubric.values():
        of_tasks.sort(key=lambda row: (*row[1:4], row[0]))
    return of_rubric


def read_images(project: Project, rubrics: list[Rubric]) -> WithImage:
    """By the rule that asks for it, whether the query or the response of a task has an image, by the task's primary key.

    Tasks of dropped queries are among them: a query may have been dropped since the tasks were read.
    """
    rules = sorted({item.na for rubric in rubrics for item in rubric.criteria.all() if item.na in BLOCKS_OF})
    if not rules:
        return {}
    rows = Task.objects.ever_in_study(project).order_by().values_list("pk", *(Images(BLOCKS_OF[rule]) for rule in rules))
    pks, *numbers = zip(*raw_rows(rows), strict=True)
    return {rule: dict(zip(pks, map(bool, of_rule), strict=True)) for rule, of_rule in zip(rules, numbers, strict=True)}


def free_to_say(criterion: Criterion, tasks: Array, images: WithImage) -> Array:
    """Of each task, whether an annotator could say that the criterion is not applicable."""
    if criterion.na not in BLOCKS_OF:
        return np.full(len(tasks), criterion.na == Criterion.NotApplicable.ALLOWED)
    without, with_image = (criterion.allows_na(query_has_image=image, response_has_image=image) for image in (False, True))
    has_image = list(map(images[criterion.na].__getitem__, tasks.tolist()))
    return np.where(has_image, with_image, without)


def matrix_of(
    rubric: Rubric,
    rows: list[Any],
    images: WithImage | None,
    changed: Array,
    revisions: Revisions,
    chosen: Array,
    scores: Scores,
) -> RatingMatrix:
    """From the rows of the rubric's tasks, and the images, revisions, those chosen of them, and scores of all rubrics."""
    pks, *columns = zip(*rows, strict=True)
    tasks, column = np.array(pks, dtype=np.int64), dict(zip(COLUMNS, columns, strict=True))
    numbers = {query: number for number, query in enumerate(dict.fromkeys(column["query_id"]))}
    of_rubric = chosen & np.isin(revisions.tasks, tasks)
    annotators = sorted(set(revisions.annotators[of_rubric].tolist()), key=lambda pk: revisions.places[pk])
    shape = (len(annotators), len(tasks))
    # where each revision stands in the matrix; those of other rubrics, and those not chosen, are never looked at
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
        own = (scores.criteria == criterion.pk) & of_rubric[scores.revisions]
        ratings[tuple(at[:, scores.revisions[own]])] = scores.levels[own] if criterion.is_rated else 1.0
        values[criterion.key] = ratings
    return RatingMatrix(
        rubric=rubric,
        tasks=tasks,
        complete=np.array(column["complete"], dtype=bool),
        changed=np.isin(tasks, changed),
        queries=np.array([numbers[query] for query in column["query_id"]], dtype=np.int64),
        query_ids=np.array(column["query_id"], dtype=object),
        samples=np.array(column["sample"], dtype=np.int64),
        about={name: np.array([str(value) for value in column[name]], dtype=object) for name in ABOUT},
        annotators=[revisions.names[pk] for pk in annotators],
        annotator_pks=annotators,
        values=values,
        free={}
        if images is None
        else {item.key: free_to_say(item, tasks, images) for item in rubric.criteria.all() if item.na != NEVER},
        holistic=spread(revisions.holistic, np.nan),
        seconds=spread(revisions.seconds, np.nan),
        days=days,
        revisions=spread(revisions.pks, 0).astype(np.int64),
        revised=spread(revisions.numbers, 0) > 1,
    )


def positions(values: Array, order: Any) -> Array:
    """Where each of the values stands in `order`, which has every one of them."""
    order = np.asarray(order, dtype=np.int64)
    by_value = np.argsort(order)
    return by_value[np.searchsorted(order[by_value], values)]
