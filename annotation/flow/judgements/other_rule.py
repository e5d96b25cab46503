"""What the overalls of a project's first judgements would be by the rule of another version of their rubric."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from annotation.flow.judgements.cache import ProjectCache
from annotation.flow.judgements.reader import rating_matrices
from annotation.models import Project
from rubrics.models import Rubric
from rubrics.scoring import overall_of

LEAST_CHANGE = 1e-9  # less is the rounding of floats


@dataclass(frozen=True)
class ChangedOveralls:
    """Over all first judgements under `old`. `unscored` names the criteria of the other version that nobody scored: with any
    there is no other overall, and the figures are None, as they are where there is no judgement."""

    judgements: int  # that have an overall
    unscored: list[str]
    changed: int | None = None
    lost: int | None = None  # have none by the other rule
    mean_change: float | None = None  # of those that change, with its sign
    largest_change: float | None = None  # without its sign

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def overalls_by(project: Project, *, old: Rubric, new: Rubric, cache: ProjectCache | None = None) -> ChangedOveralls:
    """`new` with its criteria (`with_content`)."""
    matrix = next((matrix for matrix in rating_matrices(project, cache) if matrix.rubric.pk == old.pk), None)
    if matrix is None:
        return ChangedOveralls(0, [])
    before = matrix.overall
    defined = ~np.isnan(before)
    scored = set(old.criteria.values_list("key", "kind"))
    unscored = [criterion.key for criterion in new.criteria.all() if (criterion.key, criterion.kind) not in scored]
    if new.overall_method == Rubric.Overall.HOLISTIC and old.overall_method != Rubric.Overall.HOLISTIC:
        unscored.append("overall")
    judgements = int(defined.sum())
    if unscored or not judgements:
        return ChangedOveralls(judgements, unscored)
    after = overall_of(new, matrix.values, matrix.holistic)
    lost = defined & np.isnan(after)
    change = (after - before)[defined & ~lost]
    changes = change[np.abs(change) > LEAST_CHANGE]
    return ChangedOveralls(
        judgements,
        [],
        changed=len(changes),
        lost=int(lost.sum()),
        mean_change=float(changes.mean()) if len(changes) else None,
        largest_change=float(np.abs(changes).max()) if len(changes) else None,
    )
