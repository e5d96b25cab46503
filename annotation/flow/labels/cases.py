"""What adjudicators decided, as labels take it: never a second adjudicator's decision, nor one that was reopened."""

from dataclasses import dataclass, field

from annotation.models import Adjudication, Project


@dataclass
class Cases:
    """By primary key. `levels` has, per criterion and task, the level of the newest decision, None for not applicable; of a
    penalty 1 or 0.

    `unusable` and `reopened` (which wait for another decision) are the tasks whose newest case that ended says so.
    """

    levels: dict[int, dict[int, int | None]] = field(default_factory=dict)
    unusable: set[int] = field(default_factory=set)
    reopened: set[int] = field(default_factory=set)

    def take(self, task: int, outcome: str, reopening: int | None) -> None:
        for tasks in (self.unusable, self.reopened):
            tasks.discard(task)
        if reopening is not None:
            self.reopened.add(task)
        elif outcome == Adjudication.Outcome.UNUSABLE:
            self.unusable.add(task)


def read_cases(project: Project, tasks: list[int] | None = None) -> Cases:
    """In one query."""
    rows = Adjudication.objects.ended().filter(task__project=project, second=False)
    if tasks is not None:
        rows = rows.filter(task__in=tasks)
    columns = ("task", "outcome", "reopening", "decisions__criterion", "decisions__level__value", "decisions__given")
    cases = Cases()
    for task, outcome, reopening, criterion, level, given in rows.order_by("round").values_list(*columns).iterator():
        cases.take(task, outcome, reopening)
        if reopening is None and outcome == Adjudication.Outcome.DECIDED:
            cases.levels.setdefault(criterion, {})[task] = level if given is None else int(given)
    return cases
