"""The drill-down by the state of labels, and by what is marked in the judgements that labels take: which of the responses behind
a number are in a state or have a mark, and how many are in each state."""

import numpy as np

from annotation.flow.agree.drilldown import LABELLED, DrilldownRows, Selection, drilldown
from annotation.flow.judgements import Array, ProjectCache, Purpose, rating_matrices
from annotation.flow.labels import cached_outcomes, tasks_by_state
from annotation.models import ErrorMark, Flag, Project, Response, Task
from annotation.sql.rows import raw_rows


def drilldown_by_label(project: Project, selection: Selection) -> tuple[DrilldownRows, dict[str, int]]:
    """The rows of the selection; and how many rows each state has, whichever is selected."""
    cache = ProjectCache(project)
    rows = drilldown(project, selection, cache)
    if selection.error is not None:
        rows = rows.where(np.isin(rows.tasks, tasks_with(cache, selection.error)))
    if selection.flag is not None or selection.search is not None:
        rows = rows.where(np.isin(rows.tasks, flagged_or_searched(project, selection)))
    states = tasks_by_state(cached_outcomes(project, cache))
    masks = {state: np.isin(rows.tasks, of_state) for state, of_state in states.items()}
    counts = {state: int(mask.sum()) for state, mask in masks.items()}
    if selection.label is None:
        return rows, counts
    return rows.where(masks["agreed"] | masks["adjudicated"] if selection.label == LABELLED else masks[selection.label]), counts


def flagged_or_searched(project: Project, selection: Selection) -> Array:
    """The tasks with an open flag and with the words that are searched for, as far as the selection asks for them."""
    tasks = Task.objects.ever_in_study(project)
    if selection.flag is not None:
        tasks = tasks.filter(pk__in=Flag.objects.open().filter(project=project).values("task"))
    if selection.search is not None:
        tasks = tasks.filter(response__in=Response.objects.matching(selection.search))
    return np.array([pk for (pk,) in raw_rows(tasks.order_by().values_list("pk"))], dtype=np.int64)


def tasks_with(cache: ProjectCache, error: str) -> Array:
    """The tasks in which this type of error is marked."""
    marks = ErrorMark.objects.filter(revision__annotation__task__project=cache.project, error_type__key=error).order_by()
    revisions = np.array(sorted(set(marks.values_list("revision", flat=True))), dtype=np.int64)
    matrices = rating_matrices(cache.project, cache, Purpose.LABELS)
    tasks = [matrix.tasks[np.isin(matrix.revisions, revisions).any(axis=0)] for matrix in matrices]
    return np.concatenate([np.array([], dtype=np.int64), *tasks])
