"""The responses that wait for an adjudicator."""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from django.utils import timezone

from annotation.flow.judgements import Purpose, RatingMatrix, TaskColumn, rating_matrices
from annotation.flow.labels.disputes import disputes
from annotation.models import Adjudication, Annotation, CaseReview, Project, User
from rubrics.models import Criterion


class WaitingCase(NamedTuple):
    """A task with the criteria to ask: those in dispute, or of an undisputed task one or two that stand for all."""

    task: TaskColumn
    criteria: list[Criterion]
    disputed: bool


def waiting_cases(project: Project, by: User) -> list[WaitingCase]:
    """What waits for the adjudicator, in a seeded order: disputes, and a share of undisputed responses unmarked among them.
    Never a response that they judged themselves, that is settled, or that is in another's hands."""
    live = CaseReview.objects.held().filter(project=project, lease_expires_at__gte=timezone.now()).exclude(adjudicator=by)
    settled = Adjudication.objects.standing().filter(task__project=project)
    own = Annotation.objects.filter(task__project=project, annotator=by)
    unavailable = [
        *live.values_list("adjudication__task", flat=True),
        *settled.values_list("task", flat=True),
        *own.values_list("task", flat=True),
    ]
    cases = [
        case for matrix in rating_matrices(project, purpose=Purpose.LABELS) for case in cases_of(matrix, project, unavailable)
    ]
    return sorted(cases, key=lambda case: draw(project, case.task, "order"))


def cases_of(matrix: RatingMatrix, project: Project, unavailable: list[int]) -> Iterator[WaitingCase]:
    disputed = disputes(matrix, project)
    columns = matrix.columns
    for place in np.flatnonzero(matrix.complete & ~np.isin(matrix.tasks, unavailable)).tolist():
        criteria = [criterion for criterion in matrix.rubric.criteria.all() if disputed[criterion.key][place]]
        if criteria:
            yield WaitingCase(columns[place], criteria, disputed=True)
        elif draw(project, columns[place], "undisputed") < project.rules.undisputed_share:
            yield WaitingCase(columns[place], sample_of_criteria(project, columns[place]), disputed=False)


def sample_of_criteria(project: Project, task: TaskColumn) -> list[Criterion]:
    """One or two that stand for all, in their places."""
    criteria = sorted(task.rubric.criteria.all(), key=lambda criterion: draw(project, task, criterion.key))
    chosen = criteria[: 1 if draw(project, task, "how many") < 0.5 else 2]
    return sorted(chosen, key=lambda criterion: criterion.place)


def draw(project: Project, task: TaskColumn, purpose: str) -> float:
    """A number in [0, 1) that is the same at every reading: from the project's seed, the task and the purpose."""
    text = "\0".join([str(project.seed), purpose, *map(str, task.key)])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6]) / 2**48
