"""The labels that a scorer is checked against: those of a release's split, or the project's as they are now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.flow.judgements import ProjectCache, TaskColumn
from annotation.flow.labels import cached_outcomes, labels
from annotation.models import Label, Project, Release

Array = Any  # numpy's types say little more than that
SPLITS = ("check", "train", "test", "all")
ABOUT = ("query", "system", "category", "field")


class NoLabels(Refused):
    """There is nothing to check a scorer against."""


@dataclass(frozen=True)
class Truth:
    """Labels as arrays over tasks, in the order of their keys (query, system, sample, rubric)."""

    split: str
    release: Release | None
    tasks: Array  # primary keys
    overall: Array
    queries: Array  # a number for each query: the cluster of its responses
    about: Mapping[str, Array]  # texts: query, system, category, field
    low: Array  # the range of the overall
    high: Array

    def farthest(self) -> Array:
        """Of each label, the overall that is farthest from it: the worst that a scorer can say."""
        return np.where(self.overall - self.low >= self.high - self.overall, self.low, self.high)


class TruthRow(NamedTuple):
    query: str
    system: str
    sample: int
    rubric: str
    task: int
    overall: float
    category: str
    low: int
    high: int
    field: str


def standing_release(project: Project, number: int) -> Release:
    """The release of this number. Raises Refused where there is none or it is retracted."""
    release = Release.objects.select_related("retraction").filter(project=project, version=number).first()
    told = {"project": project.slug, "number": number}
    if release is None:
        raise Refused(_("release: %(project)s has no release %(number)s") % told)
    if release.is_retracted:
        raise Refused(_("release: release %(number)s of %(project)s is retracted") % told)
    return release


def read_truth(project: Project, *, split: str = "check", release: Release | None = None) -> Truth:
    """Of this release, or the newest that stands; without any, all labels. Raises NoLabels."""
    if split not in SPLITS:
        raise Refused(_("split: expected one of %(known)s") % {"known": ", ".join(SPLITS)})
    release = release or Release.objects.standing().filter(project=project).order_by("-version").first()
    rows = sorted(released_labels(release, split) if release else current_labels(project))
    if not rows:
        raise NoLabels(_("%(project)s has no labels to check against yet") % {"project": project.slug})
    return truth_of(rows, split if release else "all", release)


def truth_of(rows: list[TruthRow], split: str, release: Release | None) -> Truth:
    columns = dict(zip(TruthRow._fields, map(list, zip(*rows, strict=True)), strict=True))
    return Truth(
        split=split,
        release=release,
        tasks=np.array(columns["task"], dtype=np.int64),
        overall=np.array(columns["overall"], dtype=float),
        queries=np.unique(np.array(columns["query"], dtype=str), return_inverse=True)[1],
        about={name: np.array(columns[name], dtype=str) for name in ABOUT},
        low=np.array(columns["low"], dtype=float),
        high=np.array(columns["high"], dtype=float),
    )


def released_labels(release: Release, split: str) -> list[TruthRow]:
    rows = Label.objects.filter(release=release)
    if split != "all":
        rows = rows.filter(split=split)
    of_response = ("task__response__query__external_id", "task__response__system", "task__response__sample")
    of_task = ("task__rubric__slug", "task", "overall", "task__response__query__category")
    of_rubric = ("task__rubric__overall_min", "task__rubric__overall_max")
    return [TruthRow(*row) for row in rows.values_list(*of_response, *of_task, *of_rubric, "task__response__query__field")]


def current_labels(project: Project) -> list[TruthRow]:
    return [row_of(label.task, float(label.overall)) for label in labels(project) if label.overall is not None]


def row_of(task: TaskColumn, overall: float) -> TruthRow:
    rubric = task.rubric
    return TruthRow(*task.key, task.id, overall, task.category, rubric.overall_min, rubric.overall_max, task.field)


def read_unresolved(project: Project, truth: Truth, cache: ProjectCache) -> Truth | None:
    """The responses that await adjudication and have no label in `truth`, each with the mean of its ratings as if they had been
    agreed on. None where there is none."""
    rows = []
    for part in cached_outcomes(project, cache):
        waiting = (part.left_out == "disputed") & ~np.isin(part.matrix.tasks, truth.tasks)
        columns = part.matrix.columns
        for place in np.flatnonzero(waiting).tolist():
            overalls = [value for value in columns[place].overalls if value is not None]
            rows += [row_of(columns[place], sum(overalls) / len(overalls))] if overalls else []
    return truth_of(sorted(rows), truth.split, truth.release) if rows else None
