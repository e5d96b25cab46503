"""Reads what an adjudicator sends: blind scores, or a decision with a reason per criterion and, where the annotators differed, a
cause. Drafts may lack any of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from annotation.errors import ValidationError
from annotation.fields import is_empty, is_whole, text_fault
from annotation.flow.adjudicate.letters import given_the_same
from annotation.flow.score import submission
from annotation.limits import LONGEST_DECISION_REASON, LONGEST_FEEDBACK, LONGEST_TIME
from annotation.models import Adjudication, Decision
from rubrics.models import Criterion, Level

Answer = tuple[Level | None, bool, bool | None]  # level, not applicable, penalty applies
BLIND, DECISION = "blind", "decision"


@dataclass(frozen=True)
class BlindWork:
    answers: dict[str, Answer]
    active_seconds: int = 0

    def as_draft(self) -> dict[str, Any]:
        scores = {key: as_value(answer) for key, answer in self.answers.items()}
        return {"phase": BLIND, "scores": scores} | ({"active_seconds": self.active_seconds} if self.active_seconds else {})


@dataclass(frozen=True)
class DecisionWork:
    answers: dict[str, Answer]
    causes: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    feedback: str = ""
    adopt: str | None = None  # in a draft own words may stand beside it, in case that it is not adopted in the end
    shared_reason: str | None = None  # of a draft: which of the reasons was written for all criteria

    def as_draft(self) -> dict[str, Any]:
        decisions: dict[str, dict[str, Any]] = {}
        scores = {key: as_value(answer) for key, answer in self.answers.items()}
        for name, values in (("score", scores), ("cause", self.causes), ("reason", self.reasons)):
            for key, value in values.items():
                decisions.setdefault(key, {})[name] = value
        return {
            "phase": DECISION,
            "decisions": {key: decisions[key] for key in sorted(decisions)},
            "feedback": self.feedback,
            "adopt": self.adopt,
        } | ({} if self.shared_reason is None else {"shared_reason": self.shared_reason})


def as_value(answer: Answer) -> Any:
    level, na, given = answer
    return "na" if na else level.value if level else given


def read_draft(case: Adjudication, body: Any) -> BlindWork | DecisionWork:
    """Raises ValidationError, which names every fault."""
    if not isinstance(body, Mapping) or body.get("phase") not in (BLIND, DECISION):
        raise ValidationError({"phase": _("expected %(known)s") % {"known": f"{BLIND}, {DECISION}"}})
    keys = {
        BLIND: {"phase", "scores", "active_seconds"},
        DECISION: {"phase", "decisions", "shared_reason", "feedback", "adopt"},
    }[body["phase"]]
    faults = {str(key): _("unknown; expected %(known)s") % {"known": ", ".join(sorted(keys))} for key in set(body) - keys}
    work: BlindWork | DecisionWork
    if body["phase"] == BLIND:
        seconds = body.get("active_seconds", 0)
        if not is_whole(seconds) or not 0 <= seconds <= LONGEST_TIME:
            faults["active_seconds"] = _("expected a whole number of seconds")
        work = BlindWork(read_answers(case, body.get("scores", {}), faults, complete=False), seconds)
    else:
        work = read_decisions(case, body.get("decisions", {}), body.get("feedback"), body.get("adopt"), faults, complete=False)
        work = replace(work, shared_reason=read_shared_reason(body.get("shared_reason"), faults))
    if faults:
        raise ValidationError(dict(sorted(faults.items())))
    return work


def read_blind(case: Adjudication, answers: Any) -> BlindWork:
    """An answer per asked criterion. Raises ValidationError."""
    faults: dict[str, str] = {}
    work = BlindWork(read_answers(case, answers, faults, complete=True))
    if faults:
        raise ValidationError(faults)
    return work


def read_decision(case: Adjudication, decisions: Any, feedback: Any, adopt: Any) -> DecisionWork:
    """A score and a reason per asked criterion, and a cause where the annotators differed. Raises ValidationError."""
    faults: dict[str, str] = {}
    work = read_decisions(case, decisions, feedback, adopt, faults, complete=True)
    if faults:
        raise ValidationError(dict(sorted(faults.items())))
    return work


def read_decisions(
    case: Adjudication, decisions: Any, feedback: Any, adopt: Any, faults: dict[str, str], *, complete: bool
) -> DecisionWork:
    if not isinstance(decisions, Mapping):
        faults["decisions"] = _("expected score, cause and reason per criterion")
        decisions = {}
    items = {str(key): item if isinstance(item, Mapping) else {} for key, item in decisions.items()}
    scores = {key: item.get("score") for key, item in items.items()}
    work = DecisionWork(
        read_answers(case, scores, faults, complete=complete),
        feedback=read_feedback(feedback, faults),
        adopt=read_adopted(feedback if complete else None, adopt, faults),
    )
    without_cause = given_the_same(case) if complete else frozenset()
    for decision in case.decisions.all():
        key = decision.criterion.key
        item = items.get(key, {})
        read_cause(key, item.get("cause"), work, faults, needed=complete and key not in without_cause)
        read_reason(key, item.get("reason"), work, faults, complete=complete)
    return work


def read_cause(key: str, cause: Any, work: DecisionWork, faults: dict[str, str], *, needed: bool) -> None:
    if needed and is_empty(cause):
        faults[f"{key}.cause"] = _("Choose why they differed.")
    elif not is_empty(cause) and cause not in Decision.Cause.values:
        faults[f"{key}.cause"] = _("expected one of %(known)s") % {"known": ", ".join(Decision.Cause.values)}
    elif not is_empty(cause):
        work.causes[key] = str(cause)


def read_reason(key: str, reason: Any, work: DecisionWork, faults: dict[str, str], *, complete: bool) -> None:
    if complete and is_empty(reason):
        faults[f"{key}.reason"] = _("Give a reason.")
    elif reason is not None and (fault := text_fault(reason, LONGEST_DECISION_REASON)):
        faults[f"{key}.reason"] = fault
    elif not is_empty(reason):
        work.reasons[key] = str(reason).strip() if complete else str(reason)


def read_shared_reason(reason: Any, faults: dict[str, str]) -> str | None:
    if reason is not None and (fault := text_fault(reason, LONGEST_DECISION_REASON)):
        faults["shared_reason"] = fault
        return None
    return reason if reason is None else str(reason)


def read_feedback(feedback: Any, faults: dict[str, str]) -> str:
    if feedback is not None and (fault := text_fault(feedback, LONGEST_FEEDBACK)):
        faults["feedback"] = fault
        return ""
    return str(feedback or "")


def read_adopted(feedback: Any, adopt: Any, faults: dict[str, str]) -> str | None:
    if is_empty(adopt):
        return None
    if not isinstance(adopt, str) or len(adopt) > 3:
        faults["adopt"] = _("expected the letter of an annotator")
        return None
    if not is_empty(feedback):
        faults["adopt"] = _("Write feedback or adopt an annotator's, not both.")
    return adopt


def read_answers(case: Adjudication, answers: Any, faults: dict[str, str], *, complete: bool) -> dict[str, Answer]:
    """Per asked criterion its answer. Faults are added by criterion."""
    if not isinstance(answers, Mapping):
        faults["answers"] = _("expected a level per criterion")
        return {}
    asked, allowed = [decision.criterion for decision in case.decisions.all()], submission.na_allowed(case.task)
    values: dict[str, Answer] = {}
    for criterion in asked:
        answer = answers.get(criterion.key)
        if answer is None:
            if complete:
                faults[criterion.key] = _("missing")
            continue
        try:
            values[criterion.key] = read_answer(criterion, answer, na=criterion.key in allowed)
        except ValidationError as error:
            faults.update(error.fields)
    for key in sorted(map(str, set(answers) - {criterion.key for criterion in asked})):
        faults[key] = _("is not asked here")
    return values


def read_answer(criterion: Criterion, answer: Any, *, na: bool) -> Answer:
    if criterion.is_rated:
        level = submission.read_level(criterion, answer, na=na)
        return level, level is None, None
    if not isinstance(answer, bool):
        raise ValidationError({criterion.key: _("expected true or false")})
    return None, False, answer
