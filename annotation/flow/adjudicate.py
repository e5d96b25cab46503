"""Settles disputes: the adjudicator scores unseen, sees what the annotators said, and decides."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.flow import judgement
from annotation.flow.errors import AlreadyDone, Invalid, Refused
from annotation.flow.label import disputes
from annotation.flow.ratings import RatedTask, rated_tasks
from annotation.models import Adjudication, Annotation, Decision, Event, Membership, Project, Role, User
from rubrics.models import Criterion

LONGEST_REASON = 5_000


def queue(project: Project, by: User) -> list[tuple[RatedTask, list[Criterion]]]:
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
    for task, asked in queue(project, by):
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


@transaction.atomic
def score_unseen(*, adjudication: int, by: User, answers: Any) -> Adjudication:
    """Keep the adjudicator's own scores of the asked criteria, and reveal the others'. Raises Invalid, AlreadyDone."""
    case = find(adjudication, by)
    if case.revealed_at:
        raise AlreadyDone(_("You have scored this response unseen already."))
    asked = list(case.decisions.all())
    faults: dict[str, str] = {}
    found = read_answers(case, asked, answers, faults)
    if faults:
        raise Invalid(faults)
    for decision in asked:
        value = found[decision.criterion.key]
        decision.blind_level, decision.blind_na, decision.blind_given = value
    Decision.objects.bulk_update(asked, ["blind_level", "blind_na", "blind_given"])
    Adjudication.objects.filter(pk=case.pk).update(revealed_at=timezone.now())
    case.refresh_from_db()
    return case


@transaction.atomic
def decide(*, adjudication: int, by: User, decisions: Any) -> Adjudication:
    """Settle each asked criterion: {criterion: {"score": …, "cause": …, "reason": …}}. Raises Invalid, AlreadyDone."""
    case = find(adjudication, by)
    if case.decided_at:
        raise AlreadyDone(_("This response is decided already."))
    if not case.revealed_at:
        raise Refused(_("Score the criteria unseen first."))
    asked = list(case.decisions.all())
    faults: dict[str, str] = {}
    given = decisions if isinstance(decisions, Mapping) else {}
    answers = {key: item.get("score") for key, item in given.items() if isinstance(item, Mapping) and "score" in item}
    found = read_answers(case, asked, answers, faults)
    for decision in asked:
        key = decision.criterion.key
        item = given.get(key) if isinstance(given.get(key), Mapping) else {}
        decision.cause, decision.reason = read_cause(key, item, faults)
        if key in found:
            decision.level, decision.na, decision.given = found[key]
    if faults:
        raise Invalid(dict(sorted(faults.items())))
    Decision.objects.bulk_update(asked, ["level", "na", "given", "cause", "reason"])
    Adjudication.objects.filter(pk=case.pk).update(decided_at=timezone.now())
    Event.objects.create(
        project=case.task.project,
        verb=Event.Verb.ADJUDICATED,
        by=by,
        task=case.task,
        data={decision.criterion.key: decision.cause for decision in asked},
    )
    case.refresh_from_db()
    return case


def read_cause(key: str, item: Any, faults: dict[str, str]) -> tuple[str, str]:
    cause, reason = item.get("cause"), item.get("reason")
    if cause not in Decision.Cause.values:
        faults[f"{key}.cause"] = _("expected one of %(known)s") % {"known": ", ".join(Decision.Cause.values)}
    if not isinstance(reason, str) or not reason.strip() or len(reason) > LONGEST_REASON or "\0" in reason:
        faults[f"{key}.reason"] = _("expected a text of at most %(longest)s characters") % {"longest": f"{LONGEST_REASON:,}"}
    return str(cause), str(reason).strip()


def read_answers(case: Adjudication, asked: list[Decision], answers: Any, faults: dict[str, str]) -> dict[str, Any]:
    """Per asked criterion (level or None, not applicable, penalty given or None); faults are noted by criterion."""
    if not isinstance(answers, Mapping):
        faults["answers"] = _("expected a level per criterion")
        return {}
    allowed = judgement.na_allowed(case.task)
    found: dict[str, Any] = {}
    for decision in asked:
        criterion = decision.criterion
        value = answers.get(criterion.key)
        try:
            if value is None:
                raise Invalid({criterion.key: _("missing")})
            found[criterion.key] = read_answer(criterion, value, na=criterion.key in allowed)
        except Invalid as error:
            faults.update(error.fields)
    for key in sorted(set(answers) - {decision.criterion.key for decision in asked}):
        faults[str(key)] = _("is not asked here")
    return found


def read_answer(criterion: Criterion, value: Any, *, na: bool) -> tuple[Any, bool, bool | None]:
    if criterion.is_rated:
        level = judgement.read_level(criterion, value, na=na)
        return level, level is None, None
    if not isinstance(value, bool):
        raise Invalid({criterion.key: _("expected true or false")})
    return None, False, value


def find(adjudication: int, by: User) -> Adjudication:
    return (
        Adjudication.objects.for_adjudicator(by)
        .select_for_update(of=("self",))
        .select_related("task__project", "task__response__query", "task__rubric")
        .prefetch_related("task__rubric__criteria__levels", "decisions__criterion__levels")
        .get(pk=adjudication)
    )
