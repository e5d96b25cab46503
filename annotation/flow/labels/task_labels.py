"""The label of a task: agreed by the project's rule, or adjudicated. Computed when read; only a release keeps it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from annotation.flow.judgements import TaskColumn
from annotation.flow.labels.rule import Outcomes, read_outcomes
from annotation.models import How, Project
from rubrics.models import Criterion
from rubrics.scoring import rounded


@dataclass(frozen=True)
class CriterionValue:
    """`value` of a rated criterion (None: not applicable), `applies` of a penalty; the other is None."""

    value: Fraction | None
    applies: bool | None
    how: How


@dataclass(frozen=True)
class TaskLabel:
    """A task's label; `left_out` says why there is none yet. `changed`: scores were submitted since the decision that stands.
    `revised`: the label rests on a revision."""

    task: TaskColumn
    criteria: dict[str, CriterionValue]
    overall: Fraction | None
    left_out: str
    changed: bool
    revised: bool

    @cached_property
    def how(self) -> How:
        hows = {value.how for value in self.criteria.values()}
        return How.ADJUDICATED if How.ADJUDICATED in hows else How.AGREED

    @cached_property
    def score(self) -> int:
        """The whole number that a scorer learns."""
        assert self.overall is not None
        return rounded(self.task.rubric, self.overall)

    @property
    def percent(self) -> Fraction:
        assert self.overall is not None
        return 100 * self.overall / self.task.rubric.overall_max


def labels(project: Project, tasks: Iterable[int] | None = None) -> list[TaskLabel]:
    """A label, or the reason why there is none, for each study task (or those named), sorted by key."""
    return labels_of(read_outcomes(project, tasks))


def labels_of(outcomes: Iterable[Outcomes]) -> list[TaskLabel]:
    return sorted((label for part in outcomes for label in labels_of_rubric(part)), key=lambda label: label.task.key)


def labels_of_rubric(outcomes: Outcomes) -> Iterator[TaskLabel]:
    criteria = criterion_values(outcomes)
    columns = (outcomes.matrix.columns, outcomes.overall, outcomes.left_out, outcomes.changed, outcomes.revised)
    plain = (column if isinstance(column, list) else column.tolist() for column in columns)
    for place, (task, overall, left_out, changed, revised) in enumerate(zip(*plain, strict=True)):
        # of a response that no criterion applies to, that is its label
        of_task = {key: values[place] for key, values in criteria.items()} if left_out in ("", "not_applicable") else {}
        yield TaskLabel(task, of_task, None if left_out else overall, left_out, changed, revised)


def criterion_values(outcomes: Outcomes) -> dict[str, list[CriterionValue]]:
    """Per criterion, the value of each response; equal ones are one object, since there are few."""
    values = {}
    for criterion in outcomes.matrix.rubric.criteria.all():
        exact, decided = outcomes.values[criterion.key], outcomes.decided[criterion.key]
        first, places = exact.distinct()
        pairs = list(zip(exact.numerators[first].tolist(), exact.denominators[first].tolist(), strict=True))
        agreed, adjudicated = (
            [criterion_value(criterion, *pair, how) for pair in pairs] for how in (How.AGREED, How.ADJUDICATED)
        )
        values[criterion.key] = [
            adjudicated[place] if is_decided else agreed[place]
            for place, is_decided in zip(places.tolist(), decided.tolist(), strict=True)
        ]
    return values


def criterion_value(criterion: Criterion, numerator: int, denominator: int, how: How) -> CriterionValue:
    value = Fraction(numerator, denominator) if denominator else None
    return CriterionValue(
        value=value if criterion.is_rated else None,
        applies=None if criterion.is_rated else value == 1,
        how=how,
    )
