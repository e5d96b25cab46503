"""The drill-down by the state of labels, and by what is marked in the judgements that labels take: which of the responses behind
a number are in a state or have a mark, and how many are in each state."""

import numpy as np

from annotation.flow.agree.drilldown import LABELLED, DrilldownRow, Selection, drilldown
from annotation.flow.judgements import Array, ProjectCache, Purpose, rating_matrices
from annotation.flow.labels import cached_outcomes, tasks_by_state
from annotation.models import ErrorMark, Project


def drilldown_by_label(project: Project, selection: Selection) -> tuple[list[DrilldownRow], dict[str, int]]:
    """The rows of the selection; and how many rows each state has, whichever is selected."""
    cache = ProjectCache(project)
    rows = drilldown(project, selection, cache)
    if selection.error is not None:
        marked = set(tasks_with(cache, selection.error).tolist())
        rows = [row for row in rows if row.task in marked]
    tasks = np.array([row.task for row in rows], dtype=np.int64)
    masks = {state: np.isin(tasks, of_state) for state, of_state in tasks_by_state(cached_outcomes(project, cache)).items()}
    counts = {state: int(mask.sum()) for state, mask in masks.items()}
    if selection.label is None:
        return rows, counts
    chosen = masks["agreed"] | masks["adjudicated"] if selection.label == LABELLED else masks[selection.label]
    return [rows[place] for place in np.flatnonzero(chosen).tolist()], counts


def tasks_with(cache: ProjectCache, error: str) -> Array:
    """The tasks in which this type of error is marked."""
    marks = ErrorMark.objects.filter(revision__annotation__task__project=cache.project, error_type__key=error).order_by()
    revisions = np.array(sorted(set(marks.values_list("revision", flat=True))), dtype=np.int64)
    matrices = rating_matrices(cache.project, cache, Purpose.LABELS)
    tasks = [matrix.tasks[np.isin(matrix.revisions, revisions).any(axis=0)] for matrix in matrices]
    return np.concatenate([np.array([], dtype=np.int64), *tasks])
