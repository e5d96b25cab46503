"""Reads what an adjudicator answers: a level, "na" or a penalty per criterion, a cause and a reason."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from annotation.errors import ValidationError
from annotation.fields import text_fault
from annotation.flow.score import submission
from annotation.limits import LONGEST_DECISION_REASON
from annotation.models import Adjudication, Decision
from rubrics.models import Criterion


def read_cause(key: str, item: Any, faults: dict[str, str]) -> tuple[str, str]:
    cause, reason = item.get("cause"), item.get("reason")
    if cause not in Decision.Cause.values:
        faults[f"{key}.cause"] = _("expected one of %(known)s") % {"known": ", ".join(Decision.Cause.values)}
    if fault := text_fault(reason, LONGEST_DECISION_REASON, required=True):
        faults[f"{key}.reason"] = fault
    return str(cause), str(reason).strip()


def read_answers(case: Adjudication, asked: list[Decision], answers: Any, faults: dict[str, str]) -> dict[str, Any]:
    """Per asked criterion (level or None, not applicable, penalty given or None); faults are noted by criterion."""
    if not isinstance(answers, Mapping):
        faults["answers"] = _("expected a level per criterion")
        return {}
    allowed = submission.na_allowed(case.task)
    found: dict[str, Any] = {}
    for decision in asked:
        criterion = decision.criterion
        value = answers.get(criterion.key)
        try:
            if value is None:
                raise ValidationError({criterion.key: _("missing")})
            found[criterion.key] = read_answer(criterion, value, na=criterion.key in allowed)
        except ValidationError as error:
            faults.update(error.fields)
    for key in sorted(set(answers) - {decision.criterion.key for decision in asked}):
        faults[str(key)] = _("is not asked here")
    return found


def read_answer(criterion: Criterion, value: Any, *, na: bool) -> tuple[Any, bool, bool | None]:
    if criterion.is_rated:
        level = submission.read_level(criterion, value, na=na)
        return level, level is None, None
    if not isinstance(value, bool):
        raise ValidationError({criterion.key: _("expected true or false")})
    return None, False, value
