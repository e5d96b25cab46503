"""Reads an adjudicator's answers: a level, "na" or a penalty per criterion, a cause and a reason."""

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
    """Per asked criterion (level or None, not applicable, penalty applies or None). Faults are added by criterion."""
    if not isinstance(answers, Mapping):
        faults["answers"] = _("expected a level per criterion")
        return {}
    allowed = submission.na_allowed(case.task)
    values: dict[str, Any] = {}
    for decision in asked:
        criterion = decision.criterion
        answer = answers.get(criterion.key)
        try:
            if answer is None:
                raise ValidationError({criterion.key: _("missing")})
            values[criterion.key] = read_answer(criterion, answer, na=criterion.key in allowed)
        except ValidationError as error:
            faults.update(error.fields)
    for key in sorted(set(answers) - {decision.criterion.key for decision in asked}):
        faults[str(key)] = _("is not asked here")
    return values


def read_answer(criterion: Criterion, answer: Any, *, na: bool) -> tuple[Any, bool, bool | None]:
    if criterion.is_rated:
        level = submission.read_level(criterion, answer, na=na)
        return level, level is None, None
    if not isinstance(answer, bool):
        raise ValidationError({criterion.key: _("expected true or false")})
    return None, False, answer
