"""The weights with which results from samples are results of the pool that they were drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from annotation.agreement.estimates import quota_weights
from annotation.flow.sample.plan import STRATA
from annotation.models import Project, Sample, SampledTask

Array = Any


@dataclass(frozen=True)
class PoolWeights:
    """`weights` has one for each task, 0 for those without a label, and is None where the pool cannot be told from the samples:
    some strata have no label (`missing`), or labelled responses were not drawn (`undrawn`). `pool` and `labelled` count
    responses; `effective` says how many labels of equal weight tell as much."""

    weights: Array | None
    by: tuple[str, ...]
    pool: int
    labelled: int
    effective: float
    missing: tuple[str, ...] = ()
    undrawn: int = 0

    def plain(self) -> dict[str, Any]:
        return {
            "by": list(self.by),
            "pool": self.pool,
            "labelled": self.labelled,
            "effective": self.effective if self.weights is not None else None,
            "missing": list(self.missing),
            "undrawn": self.undrawn,
        }


def pool_weights(project: Project, tasks: Array, about: Mapping[str, Array], labelled: Array) -> PoolWeights | None:
    """The strata are those of all samples of the project together. None where the project has no sample. Two queries.

    `tasks` has the primary keys of the study's tasks, `about` their texts for each of STRATA, `labelled` whether it has a label.
    """
    samples = list(Sample.objects.filter(project=project).order_by("number"))
    if not samples:
        return None
    by = tuple(name for name in STRATA if any(name in sample.by or (name == "system" and sample.systems) for sample in samples))
    drawn = np.isin(tasks, np.array(sorted(SampledTask.objects.filter(sample__in=samples).values_list("task", flat=True))))
    pool = in_pool(samples, about["system"])
    undrawn = int((labelled & ~drawn).sum())
    counts: dict[str, Any] = {"by": by, "pool": int(pool.sum()), "labelled": int(labelled.sum())}
    if undrawn:
        return PoolWeights(None, effective=0.0, undrawn=undrawn, **counts)
    values = list(zip(*(about[name].tolist() for name in by), strict=True)) if by else [()] * len(tasks)
    names = sorted(set(values))
    place = {name: number for number, name in enumerate(names)}
    strata = np.array([place[value] for value in values], dtype=np.int64)
    of_pool = quota_weights(strata[pool], labelled[pool], [", ".join(name) for name in names])
    if of_pool.weights is None:
        return PoolWeights(None, effective=0.0, missing=of_pool.missing, **counts)
    weights = np.zeros(len(tasks))
    weights[pool] = of_pool.weights
    return PoolWeights(weights, effective=of_pool.effective, **counts)


def in_pool(samples: list[Sample], systems: Array) -> Array:
    """Which tasks could be drawn: all, unless every sample was of some systems alone."""
    if not all(sample.systems for sample in samples):
        return np.ones(len(systems), dtype=bool)
    return np.isin(systems, sorted({name for sample in samples for name in sample.systems}))
