"""The project's rule on the arrays of a rating matrix: what is disputed, what was decided, and what has no label yet."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from django.utils.translation import gettext_lazy as _

from annotation.agreement import ExactValues, agreed_penalty, agreed_values
from annotation.flow.judgements import Array, Judgements, ProjectCache, Purpose, RatingMatrix, rating_matrices, read_judgements
from annotation.flow.labels.cases import Cases, read_cases
from annotation.flow.labels.disputes import OVERALL, disputes
from annotation.models import Project
from rubrics.scoring import overall_of

LEFT_OUT = {
    "not_judged": _("incomplete"),
    "disputed": _("awaiting adjudication"),
    "unusable": _("marked unusable"),
    "not_applicable": _("no criterion is applicable"),
}


@dataclass(frozen=True)
class Outcomes:
    """What became of each response of a rating matrix. The mappings have an array of responses for each criterion's key;
    `disputed` and `decided` one for OVERALL too, where the rubric's overall is scored directly.

    `values` has the decided value, else the agreed one; a penalty is 1 where it applies. They mean nothing where `left_out`
    says why there is no label. `reopened`: its newest decision was reopened, and there is none since.
    """

    matrix: RatingMatrix
    disputed: Mapping[str, Array]
    decided: Mapping[str, Array]
    unusable: Array
    reopened: Array
    values: Mapping[str, ExactValues]
    holistic: ExactValues

    @cached_property
    def undecided(self) -> dict[str, Array]:
        """What is in dispute and was not decided, of each key."""
        return {key: mask & ~self.decided[key] for key, mask in self.disputed.items()}

    @cached_property
    def awaiting(self) -> Array:
        """Whether an adjudicator has to decide: a dispute, or a decision that was reopened."""
        undecided = np.logical_or.reduce([*self.undecided.values(), self.reopened])
        return self.matrix.complete & undecided & ~self.unusable

    @cached_property
    def left_out(self) -> Array:
        """A key of LEFT_OUT for each response; empty where there is a label."""
        floats = {key: values.as_floats() for key, values in self.values.items()}
        undefined = np.isnan(overall_of(self.matrix.rubric, floats, self.holistic.as_floats()))
        reasons = {
            "unusable": self.unusable,
            "not_judged": ~self.matrix.complete,
            "disputed": self.awaiting,
            "not_applicable": undefined,
        }
        return np.select(list(reasons.values()), list(reasons), default="")

    @property
    def changed(self) -> Array:
        """Whether scores changed since the decision that stands."""
        return self.matrix.changed

    @property
    def revised(self) -> Array:
        """Whether the response's label rests on a revision: not where every criterion was decided."""
        criteria = [self.decided[key] for key in self.values]
        return self.matrix.revised.any(axis=0) & ~np.logical_and.reduce(criteria) & (self.left_out == "")

    @property
    def overall(self) -> Array:
        """Exact: an array of Fractions, NaN where there is no label."""
        labelled = self.left_out == ""
        fractions = {key: values.as_fractions()[labelled] for key, values in self.values.items()}
        overall = np.full(len(labelled), np.nan, dtype=object)
        overall[labelled] = overall_of(self.matrix.rubric, fractions, self.holistic.as_fractions()[labelled])
        return overall


def read_outcomes(project: Project, tasks: Iterable[int] | None = None) -> list[Outcomes]:
    """For each rubric, from the database: of all study tasks, or those named."""
    tasks = None if tasks is None else list(tasks)
    return outcomes_from(read_judgements(project, tasks), project, tasks)


def outcomes_from(judgements: Judgements, project: Project, tasks: list[int] | None = None) -> list[Outcomes]:
    """Those of what was read already: a decision since is of scores that it has."""
    cases = read_cases(project, tasks)
    return [outcomes_of(matrix, project, cases) for matrix in judgements.matrices(Purpose.LABELS)]


def cached_outcomes(project: Project, cache: ProjectCache | None = None) -> list[Outcomes]:
    """As read_outcomes of all study tasks, the matrices from the cache."""
    matrices = rating_matrices(project, cache, Purpose.LABELS)
    cases = read_cases(project)
    return [outcomes_of(matrix, project, cases) for matrix in matrices]


def count_labels(project: Project) -> dict[str, int]:
    """How many tasks have a label, and how many lack one for which reason."""
    return label_counts(cached_outcomes(project))


def label_counts(outcomes: Iterable[Outcomes]) -> dict[str, int]:
    reasons = Counter(reason for part in outcomes for reason in part.left_out.tolist())
    return {"labelled": reasons[""]} | {reason: reasons[reason] for reason in LEFT_OUT}


def outcomes_of(matrix: RatingMatrix, project: Project, cases: Cases) -> Outcomes:
    is_decided, values = {}, {}
    for criterion in matrix.rubric.criteria.all():
        of_criterion = cases.levels.get(criterion.pk, {})
        is_decided[criterion.key] = mask = np.isin(matrix.tasks, list(of_criterion))
        agreed = agreed_values if criterion.is_rated else agreed_penalty
        levels = [of_criterion[task] for task in matrix.tasks[mask].tolist()]
        values[criterion.key] = put(agreed(matrix.values[criterion.key]), mask, levels)
    # an overall in dispute asks every rated criterion: with those decided it is settled too, and stays the mean
    is_decided[OVERALL] = np.logical_and.reduce([is_decided[criterion.key] for criterion in matrix.rated_criteria])
    return Outcomes(
        matrix=matrix,
        disputed=disputes(matrix, project),
        decided=is_decided,
        unusable=np.isin(matrix.tasks, list(cases.unusable)),
        reopened=np.isin(matrix.tasks, list(cases.reopened)),
        values=values,
        holistic=agreed_values(matrix.holistic),
    )


def put(values: ExactValues, mask: Array, levels: list[int | None]) -> ExactValues:
    """The values with these levels in place of those that the mask selects; None is no value."""
    numerators, denominators = values.numerators.copy(), values.denominators.copy()
    numerators[mask] = [level or 0 for level in levels]
    denominators[mask] = [level is not None for level in levels]
    return replace(values, numerators=numerators, denominators=denominators)
