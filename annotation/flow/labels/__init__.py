"""Labels. Read rule (the project's rule on arrays, and how many labels there are), then task_labels (one label per task)."""

from annotation.flow.labels.rule import LEFT_OUT, count_labels, label_counts, read_outcomes
from annotation.flow.labels.task_labels import CriterionValue, TaskLabel, labels, labels_of

__all__ = ["LEFT_OUT", "CriterionValue", "TaskLabel", "count_labels", "label_counts", "labels", "labels_of", "read_outcomes"]
