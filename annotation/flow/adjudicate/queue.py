"""What waits for an adjudicator, and the next case."""

import hashlib
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.flow.judgements.ratings import RatedTask, rated_tasks
from annotation.flow.labels.rule import disputes
from annotation.models import Adjudication, Annotation, Decision, Membership, Project, Role, User
from rubrics.models import Criterion


def waiting_cases(project: Project, by: User) -> list[tuple[RatedTask, list[Criterion]]]:
    """What waits for the adjudicator, with the criteria to be asked: disputes, and a share of undisputed responses
    unmarked among them. Never what they judged themselves, was settled before, or is in another's hands.

    Reads all judgements of the project.
    """
    stale = timezone.now() - timedelta(minutes=project.lease_minutes)
    taken = Adjudication.objects.filter(task__project=project).exclude(decided_at=None, started_at__lt=stale)
    not_mine = set(taken.values_list("task", flat=True))
    not_mine |= set(Annotation.objects.filter(task__project=project, annotator=by).values_list("task", flat=True))
    found = []
    for task in rated_tasks(project):
        asked = asked_criteria(project, task) if task.id not in not_mine else []
        if asked:
            found.append((task, asked))
    return sorted(found, key=lambda item: draw(project, item[0], "order"))


def asked_criteria(project: Project, task: RatedTask) -> list[Criterion]:
    """The disputed criteria; for the seeded share of undisputed tasks, one or two that stand for them; else none."""
    disputed = disputes(project, task)
    if disputed or not task.complete or draw(project, task, "undisputed") >= project.undisputed_share:
        return disputed
    criteria = sorted(task.rubric.criteria.all(), key=lambda criterion: draw(project, task, criterion.key))
    chosen = criteria[: 1 if draw(project, task, "how many") < 0.5 else 2]
    return sorted(chosen, key=lambda criterion: criterion.place)


def draw(project: Project, task: RatedTask, purpose: str) -> float:
    """A number in [0, 1) that is the same at every reading: from the project's seed, the task and the purpose."""
    text = "\0".join([str(project.seed), purpose, *map(str, task.key)])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6]) / 2**48


def start(*, project: Project, by: User) -> Adjudication | None:
    """The adjudicator's undecided case, or else the next of the queue; None when nothing waits."""
    if not Membership.objects.in_project(project, Role.ADJUDICATOR).filter(user=by).exists():
        raise Refused(_("Only adjudicators of the project decide."))
    mine = Adjudication.objects.filter(task__project=project, adjudicator=by, decided_at=None).first()
    if mine:
        return mine
    for task, asked in waiting_cases(project, by):
        try:
            return take(project, task, asked, by)
        except IntegrityError:  # somebody else was faster
            continue
    return None


@transaction.atomic
def take(project: Project, task: RatedTask, asked: list[Criterion], by: User) -> Adjudication:
    now = timezone.now()
    abandoned = Adjudication.objects.select_for_update().filter(task=task.id, round=1, decided_at=None).first()
    if abandoned:
        if abandoned.started_at > now - timedelta(minutes=project.lease_minutes):
            raise IntegrityError
        abandoned.decisions.all().delete()
        Adjudication.objects.filter(pk=abandoned.pk).update(adjudicator=by, started_at=now, revealed_at=None)
        abandoned.refresh_from_db()
    case = abandoned or Adjudication.objects.create(task_id=task.id, round=1, adjudicator=by, started_at=now)
    disputed = {criterion.pk for criterion in disputes(project, task)}
    Decision.objects.bulk_create(
        Decision(adjudication=case, criterion=criterion, disputed=criterion.pk in disputed) for criterion in asked
    )
    return case
