"""The drill-down by the state of labels: which of the responses behind a number are in a state, and how many in each."""

import numpy as np

from annotation.flow.agree.drilldown import DrilldownRow, Selection, drilldown
from annotation.flow.judgements import ProjectCache
from annotation.flow.labels import cached_outcomes, tasks_by_state
from annotation.models import Project


def drilldown_by_label(project: Project, selection: Selection) -> tuple[list[DrilldownRow], dict[str, int]]:
    """The rows of the selection; and how many rows each state has, whichever is selected."""
    cache = ProjectCache(project)
    rows = drilldown(project, selection, cache)
    tasks = np.array([row.task for row in rows], dtype=np.int64)
    masks = {state: np.isin(tasks, of_state) for state, of_state in tasks_by_state(cached_outcomes(project, cache)).items()}
    counts = {state: int(mask.sum()) for state, mask in masks.items()}
    if selection.label is None:
        return rows, counts
    return [rows[place] for place in np.flatnonzero(masks[selection.label]).tolist()], counts
