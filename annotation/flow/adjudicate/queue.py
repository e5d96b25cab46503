"""The responses that wait for an adjudicator, and the next case."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.flow.judgements import RatingMatrix, TaskColumn, rating_matrices
from annotation.flow.labels.rule import disputes
from annotation.models import Adjudication, Annotation, Decision, Membership, Project, Role, User
from rubrics.models import Criterion


class WaitingCase(NamedTuple):
    """A task with the criteria to ask: those in dispute, or of an undisputed task one or two that stand for all."""

    task: TaskColumn
    criteria: list[Criterion]
    disputed: bool


def waiting_cases(project: Project, by: User) -> list[WaitingCase]:
    """What waits for the adjudicator, in a seeded order: disputes, and a share of undisputed responses unmarked among them.
    Never a response that they judged themselves, that is settled, or that is in another's hands."""
    stale = timezone.now() - timedelta(minutes=project.lease_minutes)
    taken = Adjudication.objects.filter(task__project=project).exclude(decided_at=None, started_at__lt=stale)
    own = Annotation.objects.filter(task__project=project, annotator=by)
    unavailable = [*taken.values_list("task", flat=True), *own.values_list("task", flat=True)]
    cases = [case for matrix in rating_matrices(project) for case in cases_of(matrix, project, unavailable)]
    return sorted(cases, key=lambda case: draw(project, case.task, "order"))


def cases_of(matrix: RatingMatrix, project: Project, unavailable: list[int]) -> Iterator[WaitingCase]:
    disputed = disputes(matrix, project)
    columns = matrix.columns
    for place in np.flatnonzero(matrix.complete & ~np.isin(matrix.tasks, unavailable)).tolist():
        criteria = [criterion for criterion in matrix.rubric.criteria.all() if disputed[criterion.key][place]]
        if criteria:
            yield WaitingCase(columns[place], criteria, disputed=True)
        elif draw(project, columns[place], "undisputed") < project.undisputed_share:
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


def start(*, project: Project, by: User) -> Adjudication | None:
    """The adjudicator's undecided case, or else the next of the queue; None when nothing waits."""
    if not Membership.objects.in_project(project, Role.ADJUDICATOR).filter(user=by).exists():
        raise Refused(_("Only adjudicators of the project decide."))
    undecided = Adjudication.objects.filter(task__project=project, adjudicator=by, decided_at=None).first()
    if undecided:
        return undecided
    for waiting in waiting_cases(project, by):
        try:
            return take(project, waiting, by)
        except IntegrityError:  # somebody else was faster
            continue
    return None


@transaction.atomic
def take(project: Project, waiting: WaitingCase, by: User) -> Adjudication:
    """Raises IntegrityError where another adjudicator has the case."""
    now = timezone.now()
    abandoned = Adjudication.objects.select_for_update().filter(task=waiting.task.id, round=1, decided_at=None).first()
    if abandoned:
        if abandoned.started_at > now - timedelta(minutes=project.lease_minutes):
            raise IntegrityError
        abandoned.decisions.all().delete()
        Adjudication.objects.filter(pk=abandoned.pk).update(adjudicator=by, started_at=now, revealed_at=None)
        abandoned.refresh_from_db()
    case = abandoned or Adjudication.objects.create(task_id=waiting.task.id, round=1, adjudicator=by, started_at=now)
    Decision.objects.bulk_create(
        Decision(adjudication=case, criterion=criterion, disputed=waiting.disputed) for criterion in waiting.criteria
    )
    return case
