"""Everything that happened to responses, each thing once, in its order."""

from collections.abc import Sequence
from itertools import chain

from annotation.flow.history import annotators, cases, content, events
from annotation.flow.history.happening import Happening
from annotation.models import Project, Task


def history_of(task: Task) -> list[Happening]:
    """The history of one response, oldest first; the number of queries does not grow with it."""
    return histories(task.project, [task], content.number_of)[task.pk]


def histories(project: Project, tasks: Sequence[Task], number: content.Number) -> dict[int, list[Happening]]:
    """Per task, which was read with its response. `number`: see content.loaded."""
    pks = [task.pk for task in tasks]
    happened = chain(
        content.loaded(project, tasks, number),
        content.revised_references(tasks),
        content.duplicates(project, tasks),
        annotators.claimed(pks),
        annotators.submitted(pks),
        annotators.sent_back(pks),
        annotators.settled_flags(pks),
        events.logged(pks),
        cases.scored_blind(pks),
        cases.ended(pks),
        cases.commented(pks),
        content.released(pks),
    )
    of_task: dict[int, list[Happening]] = {pk: [] for pk in pks}
    for happening in sorted(happened, key=lambda happening: happening.place):
        assert happening.task
        of_task[happening.task].append(happening)
    return of_task
