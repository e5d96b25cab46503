"""The rows of the report about fair labels: per rubric and criterion how many there are, how far they lie from the means, and how
sure they are."""

from typing import Any

import numpy as np

from annotation.flow.judgements import ProjectCache
from annotation.flow.labels import FairTable, cached_fair_tables
from annotation.models import Project


def fair_rows(project: Project, cache: ProjectCache) -> list[dict[str, Any]]:
    """A row per rated criterion, then the overall, of each rubric. They are of the judgements that labels take."""
    return [row for table in cached_fair_tables(project, cache) for row in rows_of(table)]


def rows_of(table: FairTable) -> list[dict[str, Any]]:
    """`mean_absolute_difference` is between fair labels and the means of the same ratings, `mean_se` the mean standard error;
    None where `reason` says why there are none. `groups` names the annotators of groups that share no response."""
    rows = []
    for key, column in table.columns.items():
        some = ~np.isnan(column.values)
        far = np.abs(column.values - column.means)[some]
        rows.append(
            {
                "rubric": table.rubric,
                "criterion": key,
                "items": int(some.sum()),
                "mean_absolute_difference": float(far.mean()) if len(far) else None,
                "mean_se": float(column.errors[some].mean()) if len(far) else None,
                "reason": column.reason,
                "groups": column.groups,
            }
        )
    return rows
