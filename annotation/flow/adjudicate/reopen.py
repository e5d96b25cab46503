"""After the decision: reopened for another round, or confirmed although scores changed since."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import AlreadyDone, Refused
from annotation.flow.adjudicate.claims import ask, lock_rounds, record, was_disputed
from annotation.flow.adjudicate.disputes import disputes_of_task
from annotation.flow.adjudicate.ways_out import is_manager, read_text
from annotation.limits import LONGEST_DECISION_REASON
from annotation.models import Adjudication, CaseReview, Event, Reopening, User
from rubrics.models import Criterion


@transaction.atomic
def reopen(*, case: int, by: User, reason: Any) -> Adjudication:
    """Begin a new round of a decided case, which keeps its history; the new round. A manager does, or who decided it, for whom
    it is then reserved.

    Raises ValidationError, AlreadyDone, Refused, Adjudication.DoesNotExist.
    """
    lock_rounds(Adjudication.objects.values_list("task", flat=True).get(pk=case))
    adjudication = locked_case(case)
    project = adjudication.task.project
    manages = is_manager(project, by)
    own = CaseReview.objects.for_decider(by).filter(adjudication=case).exists() and adjudication.decided_by_id == by.pk
    if not manages and not own:
        raise Adjudication.DoesNotExist
    check_standing(adjudication)
    reason = read_text("reason", reason, LONGEST_DECISION_REASON, _("Say why you reopen it."))
    Reopening.objects.create(adjudication=adjudication, by=by, at=timezone.now(), reason=reason)
    record(adjudication, Event.Verb.REOPENED, project, by, reason=reason, outcome=adjudication.outcome)
    return next_round(adjudication, by if own and not manages else None)


def next_round(case: Adjudication, reserved_for: User | None) -> Adjudication:
    """The open case of the response from now on: a second decision that is under way becomes the decision."""
    cases = Adjudication.objects.filter(task=case.task_id)
    new = cases.open().select_for_update(of=("self",)).first()
    if new is None:
        last = cases.aggregate(last=Max("round"))["last"]
        new = Adjudication.objects.create(task_id=case.task_id, round=last + 1, started_at=timezone.now())
    Adjudication.objects.filter(pk=new.pk).update(second=False, reserved_for=reserved_for)
    disputed = disputes_of_task(case.task.project, case.task_id)
    keys = {key for row in disputed.criteria for key in row if disputed.disputed.any()}
    asked_before = list(case.decisions.values_list("criterion", flat=True))
    criteria = Criterion.objects.filter(rubric=case.task.rubric_id)
    asked = [item for item in criteria if item.pk in asked_before or item.key in keys]
    ask(new, asked, disputed=bool(keys) or was_disputed(case.task_id))
    new.refresh_from_db()
    return new


@transaction.atomic
def confirm(*, case: int, by: User) -> Adjudication:
    """Let the decision stand although scores changed since: a manager does.

    Raises AlreadyDone, Refused, Adjudication.DoesNotExist.
    """
    adjudication = locked_case(case)
    project = adjudication.task.project
    if not is_manager(project, by):
        raise Adjudication.DoesNotExist
    check_standing(adjudication)
    if not Adjudication.objects.overtaken().filter(pk=case).exists():
        raise AlreadyDone(_("No scores have changed since this decision."))
    earlier = adjudication.confirmed_at
    Adjudication.objects.filter(pk=case).update(confirmed_at=timezone.now())
    record(adjudication, Event.Verb.CONFIRMED, project, by, before=earlier.isoformat() if earlier else None)
    adjudication.refresh_from_db()
    return adjudication


def locked_case(case: int) -> Adjudication:
    cases = Adjudication.objects.select_for_update(of=("self",)).select_related("task__project__rules", "task__rubric")
    return cases.get(pk=case)


def check_standing(case: Adjudication) -> None:
    if case.decided_at is None:
        raise Refused(_("This response is not decided yet."))
    if Reopening.objects.filter(adjudication=case).exists():
        raise AlreadyDone(_("This decision was reopened already."))
    if case.second:
        raise Refused(_("This decision is for comparison only: labels do not take it."))
