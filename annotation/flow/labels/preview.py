"""How many responses a project's rules would put in dispute, before they are saved."""

from dataclasses import dataclass

import numpy as np

from annotation.agreement import disputed, disputed_penalty
from annotation.flow.judgements import rating_matrices
from annotation.models import Adjudication, Project, Rules


@dataclass(frozen=True)
class Preview:
    """Numbers of responses: in dispute by each kind of rule, by any, and of these decided already."""

    is_measured: bool
    responses: int
    rated: int
    penalties: int
    applicability: int
    holistic: int
    cut_off: int
    mixed_in: int
    total: int
    decided: int

    @property
    def waiting(self) -> int:
        return self.total - self.decided


def preview_of(project: Project, rules: Rules, assumed: dict[str, float]) -> Preview:
    counts = dict.fromkeys(("responses", "rated", "penalties", "total", "decided"), 0)
    decided = list(Adjudication.objects.standing().filter(task__project=project).values_list("task", flat=True))
    for matrix in rating_matrices(project):
        rated = (
            np.any(
                [
                    disputed(matrix.values[c.key], matrix.submitted, pair_gap=rules.pair_gap, group_range=rules.group_range)
                    for c in matrix.rated_criteria
                ],
                axis=0,
            )
            & matrix.complete
        )
        penalty = np.any([disputed_penalty(v) for v in matrix.values.values()], axis=0) & matrix.complete & rules.penalties
        counts["responses"] += int(matrix.complete.sum())
        counts["rated"] += int(rated.sum())
        counts["penalties"] += int(penalty.sum())
        counts["total"] += int((rated | penalty).sum())
        counts["decided"] += int(((rated | penalty) & np.isin(matrix.tasks, decided)).sum())
    return Preview(True, applicability=0, holistic=0, cut_off=0, mixed_in=0, **counts)
