"""Labels. Read disputes (the project's rule on arrays), cases (what was decided), rule (what became of each response, and how
many labels there are), states (of labels, to filter by), then task_labels (one label per
task) and fair (the value beside it)."""

from annotation.flow.labels.disputes import KINDS, OVERALL, count_disputes, criteria_asked
from annotation.flow.labels.fair import FairTable, FairValue, cached_fair_tables, fair_of_task, fair_tables
from annotation.flow.labels.rule import (
    LEFT_OUT,
    Outcomes,
    cached_outcomes,
    count_labels,
    label_counts,
    outcomes_from,
    read_outcomes,
)
from annotation.flow.labels.states import LABEL_STATES, tasks_by_state
from annotation.flow.labels.task_labels import CriterionValue, TaskLabel, labels, labels_of

__all__ = [
    "KINDS",
    "LABEL_STATES",
    "LEFT_OUT",
    "OVERALL",
    "CriterionValue",
    "FairTable",
    "FairValue",
    "Outcomes",
    "TaskLabel",
    "cached_fair_tables",
    "cached_outcomes",
    "count_disputes",
    "count_labels",
    "criteria_asked",
    "fair_of_task",
    "fair_tables",
    "label_counts",
    "labels",
    "labels_of",
    "outcomes_from",
    "read_outcomes",
    "tasks_by_state",
]
