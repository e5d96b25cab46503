"""The labels that results are made of, in percent, as arrays: those of now, plain or fair, or those of a release."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import Q

from annotation.flow.judgements import Array, ProjectCache
from annotation.flow.labels import OVERALL, Outcomes, cached_fair_tables, cached_outcomes, label_counts
from annotation.flow.labels.fair import DIGITS, FairTable
from annotation.flow.sample import PoolWeights, pool_weights
from annotation.models import CriterionLabel, Label, Project, Release, Task
from rubrics.cache import complete_rubric
from rubrics.models import Rubric

PLAIN, FAIR = "plain", "fair"
KINDS = (PLAIN, FAIR)
NEVER = ("unusable", "not_applicable")  # reasons why a response has no label and gets none
ABOUT = ("system", "category", "field", "subfield")


@dataclass(frozen=True)
class RubricLabels:
    """The tasks under one rubric. `about` has an array of texts for each of ABOUT. `overall`, and `criteria` by their keys, have
    floats in percent of the highest that there can be, NaN where there is no label; a penalty is 100 where it applies, else 0.

    `judged` says whether somebody has, and `unlabelled` whether it never gets a label. `reasons` says of a criterion, or of
    OVERALL, why none of its tasks has a fair value.
    """

    rubric: Rubric
    tasks: Array  # primary keys
    query_ids: Array
    about: Mapping[str, Array]
    overall: Array
    criteria: Mapping[str, Array]
    judged: Array
    unlabelled: Array
    reasons: Mapping[str, str]


@dataclass(frozen=True)
class Labelled:
    """All tasks of the study under all its rubrics, which stand one after the other; those without a label too."""

    parts: Sequence[RubricLabels]
    left_out: Mapping[str, int]
    pool: PoolWeights | None = None  # where samples were drawn

    @property
    def weights(self) -> Array | None:
        """One for each task, with which a mean of the labels is one of the pool; None where each label counts as much."""
        return self.pool and self.pool.weights

    @cached_property
    def tasks(self) -> Array:
        return joined([part.tasks for part in self.parts], np.int64)

    @cached_property
    def overall(self) -> Array:
        return joined([part.overall for part in self.parts], float)

    @cached_property
    def judged(self) -> Array:
        return joined([part.judged for part in self.parts], bool)

    @cached_property
    def unlabelled(self) -> Array:
        return joined([part.unlabelled for part in self.parts], bool)

    @cached_property
    def queries(self) -> Array:
        """A number for each query, whatever the rubric."""
        return numbers_of(joined([part.query_ids for part in self.parts], object))[1]

    def about(self, column: str) -> Array:
        return joined([part.about[column] for part in self.parts], object)

    def places(self, part: RubricLabels) -> slice:
        """Where the tasks of a rubric stand among all."""
        first = sum(len(other.tasks) for other in self.parts[: self.parts.index(part)])
        return slice(first, first + len(part.tasks))


def joined(arrays: Sequence[Array], kind: Any) -> Array:
    return np.concatenate([np.array([], dtype=kind), *arrays])


def numbers_of(texts: Array) -> tuple[list[str], Array]:
    """The distinct texts, sorted by code point, and the number of each; numpy would lose a NUL at the end of one."""
    distinct = sorted(set(texts.tolist()))
    number = {text: place for place, text in enumerate(distinct)}
    return distinct, np.array([number[text] for text in texts.tolist()], dtype=np.int64)


def current_labels(cache: ProjectCache, kind: str) -> Labelled:
    """Those of now. A fair value counts where there is a label too, so that plain and fair are of the same responses."""
    outcomes = cached_outcomes(cache.project, cache)
    fair = {table.rubric: table for table in cached_fair_tables(cache.project, cache)} if kind == FAIR else {}
    parts = [of_outcomes(part, fair.get(part.matrix.rubric.name)) for part in outcomes]
    left_out = {reason: number for reason, number in label_counts(outcomes).items() if reason != "labelled"}
    return weighted(cache.project, Labelled(parts, left_out))


def weighted(project: Project, labelled: Labelled) -> Labelled:
    about = {column: labelled.about(column) for column in ABOUT}
    return replace(labelled, pool=pool_weights(project, labelled.tasks, about, ~np.isnan(labelled.overall)))


def of_outcomes(outcomes: Outcomes, fair: FairTable | None) -> RubricLabels:
    matrix, labelled = outcomes.matrix, outcomes.left_out == ""
    values = {key: exact.as_floats() for key, exact in outcomes.values.items()} | {OVERALL: outcomes.overall.astype(float)}
    reasons = {}
    if fair is not None:
        values |= {key: column.values.round(DIGITS) for key, column in fair.columns.items()}
        reasons = {key: column.reason for key, column in fair.columns.items() if column.reason}
    values = {key: np.where(labelled, column, np.nan) for key, column in values.items()}
    return RubricLabels(
        rubric=matrix.rubric,
        tasks=matrix.tasks,
        query_ids=matrix.query_ids,
        about={name: matrix.about[name] for name in ABOUT},
        judged=matrix.submitted.any(axis=0),
        unlabelled=np.isin(outcomes.left_out, NEVER),
        reasons=reasons,
        **in_percent(matrix.rubric, values),
    )


def in_percent(rubric: Rubric, values: Mapping[str, Array]) -> dict[str, Any]:
    """`overall` and `criteria` of RubricLabels, from points."""
    highest = {item.key: rubric.scale_max if item.is_rated else 1 for item in rubric.criteria.all()}
    return {
        "overall": 100 * values[OVERALL] / rubric.overall_max,
        "criteria": {key: 100 * values[key] / most for key, most in highest.items()},
    }


def released_labels(release: Release, kind: str) -> Labelled:
    """Those of a release, among the tasks that the study has now: those of queries that were dropped since stay. Six queries."""
    tasks = Task.objects.ever_in_study(release.project).filter(Q(response__query__dropped_at=None) | Q(labels__release=release))
    columns = ("pk", "response__query__external_id", *(f"response__{name}" for name in ("system", "sample")))
    columns += tuple(f"response__query__{name}" for name in ABOUT[1:])
    of_rubric: dict[int, list[Any]] = {}
    for rubric, *row in tasks.order_by().distinct().values_list("rubric", *columns):
        of_rubric.setdefault(rubric, []).append(row)
    rubrics = sorted(Rubric.objects.filter(pk__in=of_rubric), key=lambda rubric: (rubric.slug, rubric.version))
    overall = dict(Label.objects.filter(release=release).values_list("task", "fair" if kind == FAIR else "overall"))
    criteria = released_criteria(release, kind)
    parts = [
        of_rows(complete_rubric(rubric), sorted(of_rubric[rubric.pk], key=lambda row: (*row[1:4], row[0])), overall, criteria)
        for rubric in rubrics
    ]
    return weighted(release.project, Labelled(parts, dict(release.manifest.get("left_out_counts", {}))))


def released_criteria(release: Release, kind: str) -> dict[int, dict[int, float | None]]:
    """By criterion, then by task; a penalty is 1 or 0, and has no fair value."""
    rows = CriterionLabel.objects.filter(label__release=release).order_by()
    value = "fair" if kind == FAIR else "value"
    of_criterion: dict[int, dict[int, float | None]] = {}
    for criterion, task, points, given in rows.values_list("criterion", "label__task", value, "given"):
        of_criterion.setdefault(criterion, {})[task] = points if given is None else float(given)
    return of_criterion


def of_rows(
    rubric: Rubric,
    rows: Sequence[Sequence[Any]],
    overall: Mapping[int, float | None],
    criteria: Mapping[int, Mapping[int, float | None]],
) -> RubricLabels:
    tasks = [row[0] for row in rows]
    values = {item.key: column_of(tasks, criteria.get(item.pk, {})) for item in rubric.criteria.all()}
    about = dict(zip(ABOUT, (2, 4, 5, 6), strict=True))
    return RubricLabels(
        rubric=rubric,
        tasks=np.array(tasks, dtype=np.int64),
        query_ids=texts(row[1] for row in rows),
        about={name: texts(row[place] for row in rows) for name, place in about.items()},
        judged=np.array([task in overall for task in tasks], dtype=bool),
        unlabelled=np.zeros(len(tasks), dtype=bool),
        reasons={},
        **in_percent(rubric, values | {OVERALL: column_of(tasks, overall)}),
    )


def column_of(tasks: Iterable[int], values: Mapping[int, float | None]) -> Array:
    column = (values.get(task) for task in tasks)
    return np.array([np.nan if value is None else value for value in column], dtype=float)


def texts(values: Iterable[str]) -> Array:
    return np.array(list(values), dtype=object)
