"""The label of a task: agreed by the project's rule, or adjudicated. Computed when read; only a release keeps it."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from annotation.agreement.labels import agreed_value, disputed, disputed_penalty
from annotation.flow.judgements.ratings import RatedTask, rated_tasks
from annotation.models import Adjudication, Decision, How, Project
from rubrics.models import Criterion
from rubrics.scoring import overall, rounded

LEFT_OUT = {
    "not_judged": _("incomplete"),
    "disputed": _("awaiting adjudication"),
    "not_applicable": _("no criterion is applicable"),
}


@dataclass(frozen=True)
class CriterionValue:
    """`value` of a rated criterion (None: not applicable), `given` of a penalty; the other is None."""

    value: Fraction | None
    given: bool | None
    how: How


@dataclass(frozen=True)
class TaskLabel:
    """A task's label; `left_out` says why there is none yet."""

    task: RatedTask
    criteria: dict[str, CriterionValue]
    overall: Fraction | None
    left_out: str

    @property
    def how(self) -> How:
        hows = {value.how for value in self.criteria.values()}
        return How.ADJUDICATED if How.ADJUDICATED in hows else How.AGREED

    @property
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
    tasks = None if tasks is None else list(tasks)
    decided = decisions(project, tasks)
    return [label_of(project, task, decided.get(task.id, {})) for task in rated_tasks(project, tasks)]


def decisions(project: Project, tasks: list[int] | None) -> dict[int, dict[str, Decision]]:
    """Per task, the decision on each criterion that the newest decided adjudication took; of all tasks, or those named."""
    decided = Adjudication.objects.decided().filter(task__project=project)
    if tasks is not None:
        decided = decided.filter(task__in=tasks)
    rows = (
        Decision.objects.filter(adjudication__in=decided)
        .select_related("criterion", "level", "adjudication")
        .order_by("adjudication__round")
    )
    found: dict[int, dict[str, Decision]] = {}
    for decision in rows:
        found.setdefault(decision.adjudication.task_id, {})[decision.criterion.key] = decision
    return found


def disputes(project: Project, task: RatedTask) -> list[Criterion]:
    """The criteria on which the annotators differ too much, by the project's rule; never of a task still being judged."""
    return [criterion for criterion in task.rubric.criteria.all() if task.complete and is_disputed(project, task, criterion)]


def is_disputed(project: Project, task: RatedTask, criterion: Criterion) -> bool:
    if criterion.is_rated:
        return disputed(task.of(criterion), pair_gap=project.pair_gap, group_range=project.group_range)
    return disputed_penalty(task.given(criterion))


def label_of(project: Project, task: RatedTask, decided: dict[str, Decision]) -> TaskLabel:
    if not task.complete:
        return TaskLabel(task, {}, None, "not_judged")
    if any(criterion.key not in decided for criterion in disputes(project, task)):
        return TaskLabel(task, {}, None, "disputed")
    criteria = {
        criterion.key: criterion_value(task, criterion, decided.get(criterion.key)) for criterion in task.rubric.criteria.all()
    }
    total = overall(
        task.rubric,
        scores={key: value.value for key, value in criteria.items() if value.given is None},
        penalties={key for key, value in criteria.items() if value.given},
        holistic=agreed_value([said.holistic for said in task.said]),
    )
    return TaskLabel(task, criteria, total, "not_applicable" if total is None else "")


def criterion_value(task: RatedTask, criterion: Criterion, decision: Decision | None) -> CriterionValue:
    if decision:
        level = Fraction(decision.level.value) if decision.level else None
        return CriterionValue(level, decision.given, How.ADJUDICATED)
    if criterion.is_rated:
        return CriterionValue(agreed_value(task.of(criterion)), None, How.AGREED)
    return CriterionValue(None, all(task.given(criterion)), How.AGREED)


def label_counts(found: list[TaskLabel]) -> dict[str, int]:
    """How many tasks have a label, and how many lack one for which reason."""
    counts = dict.fromkeys(["labelled", *LEFT_OUT], 0)
    for label in found:
        counts[label.left_out or "labelled"] += 1
    return counts
