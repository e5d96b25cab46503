"""An adjudicator's case: scored blind, then revealed, then decided."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import AlreadyDone, Refused, ValidationError
from annotation.flow.adjudicate.answers import read_answers, read_cause
from annotation.models import Adjudication, Decision, Event, User


@transaction.atomic
def score_blind(*, adjudication: int, by: User, answers: Any) -> Adjudication:
    """Keep the adjudicator's own scores of the asked criteria, and reveal the others'. Raises ValidationError, AlreadyDone."""
    case = locked_case(adjudication, by)
    if case.revealed_at:
        raise AlreadyDone(_("You have scored this response unseen already."))
    decisions = list(case.decisions.all())
    faults: dict[str, str] = {}
    values = read_answers(case, decisions, answers, faults)
    if faults:
        raise ValidationError(faults)
    for decision in decisions:
        decision.blind_level, decision.blind_na, decision.blind_given = values[decision.criterion.key]
    Decision.objects.bulk_update(decisions, ["blind_level", "blind_na", "blind_given"])
    Adjudication.objects.filter(pk=case.pk).update(revealed_at=timezone.now())
    case.refresh_from_db()
    return case


@transaction.atomic
def decide(*, adjudication: int, by: User, decisions: Any) -> Adjudication:
    """Settle each asked criterion: {criterion: {"score": …, "cause": …, "reason": …}}. Raises ValidationError, AlreadyDone and,
    before the blind scores, Refused."""
    case = locked_case(adjudication, by)
    if case.decided_at:
        raise AlreadyDone(_("This response is decided already."))
    if not case.revealed_at:
        raise Refused(_("Score the criteria unseen first."))
    asked = list(case.decisions.all())
    faults: dict[str, str] = {}
    items = {key: item if isinstance(item, Mapping) else {} for key, item in as_mapping(decisions).items()}
    answers = {key: item.get("score") for key, item in items.items() if "score" in item}
    values = read_answers(case, asked, answers, faults)
    for decision in asked:
        key = decision.criterion.key
        decision.cause, decision.reason = read_cause(key, items.get(key, {}), faults)
        if key in values:
            decision.level, decision.na, decision.given = values[key]
    if faults:
        raise ValidationError(dict(sorted(faults.items())))
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


def as_mapping(decisions: Any) -> Mapping[str, Any]:
    """Empty for anything else: then each criterion is missing."""
    return decisions if isinstance(decisions, Mapping) else {}


def locked_case(adjudication: int, by: User) -> Adjudication:
    """Raises Adjudication.DoesNotExist where it is not the adjudicator's."""
    return (
        Adjudication.objects.for_adjudicator(by)
        .select_for_update(of=("self",))
        .select_related("task__project", "task__response__query", "task__rubric")
        .prefetch_related("task__rubric__criteria__levels", "decisions__criterion__levels")
        .get(pk=adjudication)
    )
