"""The project's dispute rule on a rating matrix, and how many responses a rule that is only proposed would queue."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from annotation.agreement import dispute_kinds, disputed, disputed_penalty
from annotation.flow.judgements import Array, RatingMatrix
from annotation.models import Project
from rubrics.models import Rubric

KINDS = ("gap", "cut_off", "applicability", "penalties", "holistic")
OVERALL = "overall"  # no criterion has this key


def disputes(matrix: RatingMatrix, project: Project) -> dict[str, Array]:
    """Per criterion, and for OVERALL, the responses on which the annotators differ too much; never one that is still being
    judged."""
    kinds = disputes_by_kind(matrix, project.rules.as_values())
    return {key: np.logical_or.reduce(list(of_key.values())) for key, of_key in kinds.items()}


def criteria_asked(rubric: Rubric, disputed: Mapping[str, Array]) -> dict[str, Array]:
    """Of each criterion, the responses of which a case has to ask it: those in dispute, and of an overall in dispute every rated
    criterion, since a case decides criteria."""
    overall = disputed.get(OVERALL, False)
    return {item.key: disputed[item.key] | (overall if item.is_rated else False) for item in rubric.criteria.all()}


def disputes_by_kind(matrix: RatingMatrix, rules: Mapping[str, Any]) -> dict[str, dict[str, Array]]:
    """Per criterion, and for OVERALL, the responses in dispute for each reason that can be: of KINDS. `rules` are the values
    of Rules by name."""
    gaps = {name: rules[name] for name in ("pair_gap", "group_range", "cut_off")}
    kinds: dict[str, dict[str, Array]] = {}
    for criterion in matrix.rubric.criteria.all():
        ratings = matrix.values[criterion.key]
        if criterion.is_rated:
            kinds[criterion.key] = dispute_kinds(ratings, matrix.submitted, applicability=rules["applicability"], **gaps)
        else:
            kinds[criterion.key] = {"penalties": disputed_penalty(ratings) & rules["penalties"]}
    if matrix.rubric.overall_method == Rubric.Overall.HOLISTIC:
        # who gave no overall disputes nothing
        kinds[OVERALL] = {"holistic": disputed(matrix.holistic, ~np.isnan(matrix.holistic), **gaps) & rules["holistic"]}
    return {key: {kind: mask & matrix.complete for kind, mask in of_key.items()} for key, of_key in kinds.items()}


def count_disputes(matrices: Iterable[RatingMatrix], rules: Mapping[str, Any]) -> dict[str, int]:
    """How many responses these rules would queue for each of KINDS, and in "total": a response can be in dispute for several.
    Those that were decided already count too."""
    counts = dict.fromkeys((*KINDS, "total"), 0)
    for matrix in matrices:
        of_kinds: dict[str, Array] = {}
        for of_key in disputes_by_kind(matrix, rules).values():
            for kind, mask in of_key.items():
                of_kinds[kind] = of_kinds.get(kind, False) | mask
        for kind, mask in of_kinds.items():
            counts[kind] += int(mask.sum())
        counts["total"] += int(np.logical_or.reduce(list(of_kinds.values())).sum())
    return counts
