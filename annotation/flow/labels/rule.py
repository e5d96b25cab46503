"""The project's rule on the arrays of a rating matrix: what is disputed, what was decided, and what has no label yet."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from django.utils.translation import gettext_lazy as _

from annotation.agreement import ExactValues, agreed_values, disputed, disputed_penalty
from annotation.flow.judgements import Array, RatingMatrix, rating_matrices, read_matrices
from annotation.models import Adjudication, Decision, Project
from rubrics.scoring import overall_of

LEFT_OUT = {
    "not_judged": _("incomplete"),
    "disputed": _("awaiting adjudication"),
    "not_applicable": _("no criterion is applicable"),
}
Decided = dict[int, dict[int, int | None]]


@dataclass(frozen=True)
class Outcomes:
    """What became of each response of a rating matrix. The mappings have an array of responses for each criterion's key.

    `values` has the decided value, else the agreed one; a penalty is 1 where it applies. They mean nothing where `left_out`
    says why there is no label.
    """

    matrix: RatingMatrix
    disputed: Mapping[str, Array]
    decided: Mapping[str, Array]
    values: Mapping[str, ExactValues]
    holistic: ExactValues

    @cached_property
    def left_out(self) -> Array:
        """A key of LEFT_OUT for each response; empty where there is a label."""
        undecided = np.any([self.disputed[key] & ~self.decided[key] for key in self.values], axis=0)
        floats = {key: values.as_floats() for key, values in self.values.items()}
        undefined = np.isnan(overall_of(self.matrix.rubric, floats, self.holistic.as_floats()))
        return np.select([~self.matrix.complete, undecided, undefined], list(LEFT_OUT), default="")

    @property
    def overall(self) -> Array:
        """Exact: an array of Fractions, NaN where there is no overall."""
        fractions = {key: values.as_fractions() for key, values in self.values.items()}
        return overall_of(self.matrix.rubric, fractions, self.holistic.as_fractions())


def read_outcomes(project: Project, tasks: Iterable[int] | None = None) -> list[Outcomes]:
    """For each rubric, from the database: of all study tasks, or those named."""
    tasks = None if tasks is None else list(tasks)
    decided = decisions(project, tasks)
    return [outcomes_of(matrix, project, decided) for matrix in read_matrices(project, tasks)]


def count_labels(project: Project) -> dict[str, int]:
    """How many tasks have a label, and how many lack one for which reason."""
    decided = decisions(project)
    return label_counts([outcomes_of(matrix, project, decided) for matrix in rating_matrices(project)])


def label_counts(outcomes: Iterable[Outcomes]) -> dict[str, int]:
    reasons = Counter(reason for part in outcomes for reason in part.left_out.tolist())
    return {"labelled": reasons[""]} | {reason: reasons[reason] for reason in LEFT_OUT}


def decisions(project: Project, tasks: list[int] | None = None) -> Decided:
    """Per criterion and task, by primary key, the level that the newest decided adjudication chose, None for not applicable;
    of a penalty 1 or 0."""
    rows = Decision.objects.filter(adjudication__in=Adjudication.objects.standing().decided().filter(task__project=project))
    if tasks is not None:
        rows = rows.filter(adjudication__task__in=tasks)
    columns = ("criterion", "adjudication__task", "level__value", "given")
    decided: Decided = {}
    for criterion, task, level, given in rows.order_by("adjudication__round").values_list(*columns).iterator():
        decided.setdefault(criterion, {})[task] = level if given is None else int(given)
    return decided


def disputes(matrix: RatingMatrix, project: Project) -> dict[str, Array]:
    """Per criterion, the responses on which the annotators differ too much; never one that is still being judged."""
    rule = {"pair_gap": project.rules.pair_gap, "group_range": project.rules.group_range}
    return {
        criterion.key: matrix.complete
        & (
            disputed(matrix.values[criterion.key], matrix.submitted, **rule)
            if criterion.is_rated
            else disputed_penalty(matrix.values[criterion.key])
        )
        for criterion in matrix.rubric.criteria.all()
    }


def outcomes_of(matrix: RatingMatrix, project: Project, decided: Decided) -> Outcomes:
    is_decided, values = {}, {}
    for criterion in matrix.rubric.criteria.all():
        of_criterion = decided.get(criterion.pk, {})
        is_decided[criterion.key] = np.isin(matrix.tasks, list(of_criterion))
        levels = [of_criterion[task] for task in matrix.tasks[is_decided[criterion.key]].tolist()]
        values[criterion.key] = put(agreed_values(matrix.values[criterion.key]), is_decided[criterion.key], levels)
    return Outcomes(matrix, disputes(matrix, project), is_decided, values, agreed_values(matrix.holistic))


def put(values: ExactValues, mask: Array, levels: list[int | None]) -> ExactValues:
    """The values with these levels in place of those that the mask selects; None is no value."""
    numerators, denominators = values.numerators.copy(), values.denominators.copy()
    numerators[mask] = [level or 0 for level in levels]
    denominators[mask] = [level is not None for level in levels]
    return replace(values, numerators=numerators, denominators=denominators)
