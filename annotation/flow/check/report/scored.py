"""The labelled responses that a scorer scores, as arrays in one order, with what is known of each response."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from annotation.flow.batches import batched
from annotation.flow.check.scores import ScorerScores
from annotation.flow.check.truth import Truth
from annotation.flow.labels import labels
from annotation.models import CriterionLabel, Project, Task
from annotation.sql.blocks import Blocks, Characters, Images

Array = Any  # numpy's types say little more than that
BATCH = 500
NUMBERS = ("length", "images", "blocks")  # what is counted of a response: characters of its texts, pictures, blocks


@dataclass(frozen=True)
class Scored:
    """`about` has texts (query, system, category, field), `numbers` has NUMBERS, each an array over the responses. `runs` is
    responses x runs, NaN where a run has no score."""

    tasks: Array  # primary keys
    scores: Array  # the mean of the runs
    labels: Array
    queries: Array
    about: Mapping[str, Array]
    numbers: Mapping[str, Array]
    runs: Array
    levels: range  # whole points from the lowest overall of the rubrics to the highest


def scored_of(of_labels: ScorerScores, truth: Truth) -> Scored:
    """`of_labels` are the scores of the tasks of `truth`, in their order."""
    has_score = ~np.isnan(of_labels.mean)
    tasks = truth.tasks[has_score]
    return Scored(
        tasks=tasks,
        scores=of_labels.mean[has_score],
        labels=truth.overall[has_score],
        queries=truth.queries[has_score],
        about={name: column[has_score] for name, column in truth.about.items()},
        numbers=read_numbers(tasks.tolist()),
        runs=of_labels.overall[:, has_score].T,
        levels=range(int(truth.low.min()), int(truth.high.max()) + 1),
    )


def read_numbers(tasks: Sequence[int]) -> dict[str, Array]:
    """NUMBERS of each task's response, in the order of the tasks."""
    blocks = "response__blocks"
    counted = {}
    for part in batched(tasks, BATCH):
        rows = Task.objects.filter(pk__in=part).order_by().values_list("pk", Characters(blocks), Images(blocks), Blocks(blocks))
        counted.update({task: numbers for task, *numbers in rows})
    table = np.array([counted[task] for task in tasks], dtype=float).reshape(len(tasks), len(NUMBERS))
    return dict(zip(NUMBERS, table.T, strict=True))


def criterion_labels(truth: Truth, project: Project) -> dict[tuple[str, str], Array]:
    """By rubric and criterion the labels of the tasks of `truth`, in their order; NaN where a criterion is not applicable, or is
    none of the task's. A penalty is 1 or 0."""
    column = {task: place for place, task in enumerate(truth.tasks.tolist())}
    values: dict[tuple[str, str], Array] = {}
    for task, rubric, key, value in released_criteria(truth) if truth.release else current_criteria(project):
        if task in column and value is not None:
            values.setdefault((rubric, key), np.full(len(column), np.nan))[column[task]] = value
    return dict(sorted(values.items()))


def released_criteria(truth: Truth) -> Iterator[tuple[int, str, str, float | None]]:
    rows = CriterionLabel.objects.filter(label__release=truth.release).order_by()
    if truth.split != "all":
        rows = rows.filter(label__split=truth.split)
    of_criterion = ("criterion__rubric__slug", "criterion__rubric__version", "criterion__key", "value", "given")
    for task, slug, version, key, value, applies in rows.values_list("label__task", *of_criterion):
        yield task, f"{slug}@{version}", key, value if applies is None else float(applies)


def current_criteria(project: Project) -> Iterator[tuple[int, str, str, float | None]]:
    for label in labels(project):
        if label.overall is None:
            continue
        for key, given in label.criteria.items():
            value = given.value if given.applies is None else given.applies
            yield label.task.id, label.task.rubric.name, key, None if value is None else float(value)
