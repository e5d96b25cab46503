"""Parses the body of a submission against its task: a level or "na" per rated criterion, the penalties, feedback and remarks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from annotation.errors import ValidationError
from annotation.fields import is_whole, text_fault
from annotation.flow.score import remarks
from annotation.flow.score.remarks import Remarks
from annotation.limits import LONGEST_FEEDBACK, LONGEST_TIME
from annotation.models import Asked, Task
from rubrics.models import Criterion, Level, Rubric

IMPORTED_KEYS = {"scores", "penalties", "feedback", "active_seconds", "overall"}
KEYS = IMPORTED_KEYS | remarks.KEYS


@dataclass(frozen=True)
class Submission:
    """`levels` has a Level per rated criterion, or None where it is not applicable; `penalties` are those that apply;
    `holistic` is the overall where the annotators give it."""

    levels: dict[Criterion, Level | None]
    penalties: list[Criterion]
    feedback: str
    active_seconds: int
    holistic: int | None
    remarks: Remarks = field(default_factory=Remarks)

    def answers(self) -> list[tuple[Criterion, Level | None, bool]]:
        """Per score the criterion, its level, and whether it is not applicable; a penalty has no level, and is applicable."""
        return [
            *((criterion, level, level is None) for criterion, level in self.levels.items()),
            *((criterion, None, False) for criterion in self.penalties),
        ]

    def as_draft(self) -> dict[str, Any]:
        return (
            {
                "scores": {criterion.key: level.value if level else "na" for criterion, level in self.levels.items()},
                "penalties": [criterion.key for criterion in self.penalties],
                "feedback": self.feedback,
                "active_seconds": self.active_seconds,
            }
            | ({"overall": self.holistic} if self.holistic is not None else {})
            | self.remarks.as_draft()
        )


def has_image(blocks: list[dict[str, Any]]) -> bool:
    return any(block["image"] for block in blocks)


def na_allowed(task: Task) -> set[str]:
    """The keys of the criteria that may be "not applicable" for this task."""
    query_has_image, response_has_image = has_image(task.response.query.blocks), has_image(task.response.blocks)
    return {
        criterion.key
        for criterion in task.rubric.criteria.all()
        if criterion.allows_na(query_has_image=query_has_image, response_has_image=response_has_image)
    }


def read(task: Task, body: Any, *, complete: bool, imported: bool = False) -> Submission:
    """Parse `body`. A draft need not be `complete`; what the project no longer asks for is left out of it.

    An `imported` judgement has no remarks, and need not have what the project's workspace asks for. Raises ValidationError,
    which names every fault.
    """
    if not isinstance(body, Mapping):
        raise ValidationError({"body": _("expected keys with values")})
    keys = IMPORTED_KEYS if imported else KEYS
    faults = dict.fromkeys(map(str, body.keys() - keys), _("unknown; expected %(known)s") % {"known": ", ".join(sorted(keys))})
    criteria = list(task.rubric.criteria.all())
    levels = read_scores(task, criteria, body.get("scores", {}), faults, complete=complete)
    penalties = read_penalties(criteria, body.get("penalties", []), faults)
    feedback = read_feedback(body.get("feedback") or "", faults)
    seconds = body.get("active_seconds", 0)
    if not is_whole(seconds) or not 0 <= seconds <= LONGEST_TIME:
        faults["active_seconds"] = _("expected a whole number of seconds")
    holistic = read_holistic(task.rubric, body.get("overall"), faults, complete=complete)
    task_remarks = Remarks()
    if not imported:
        check_feedback(task, feedback, faults, complete=complete)
        task_remarks = remarks.read(task, body, levels, faults, complete=complete)
    if faults:
        raise ValidationError(dict(sorted(faults.items())))
    return Submission(levels, penalties, feedback, seconds, holistic, task_remarks)


def read_feedback(feedback: Any, faults: dict[str, str]) -> str:
    if fault := text_fault(feedback, LONGEST_FEEDBACK):
        faults["feedback"] = fault
        return ""
    return str(feedback)


def check_feedback(task: Task, feedback: str, faults: dict[str, str], *, complete: bool) -> None:
    """Feedback that the project no longer asks for stays in a draft, so that its writer sees it and can delete it."""
    asked = task.project.workspace.feedback
    if asked == Asked.OFF and feedback.strip() and complete:
        faults.setdefault("feedback", _("is not asked for in this project"))
    if asked == Asked.REQUIRED and complete and not feedback.strip():
        faults.setdefault("feedback", _("missing"))


def read_scores(
    task: Task, criteria: list[Criterion], scores: Any, faults: dict[str, str], *, complete: bool
) -> dict[Criterion, Level | None]:
    if not isinstance(scores, Mapping):
        faults["scores"] = _("expected a level per criterion")
        return {}
    rated = {criterion.key: criterion for criterion in criteria if criterion.is_rated}
    unknown = _("unknown; expected %(known)s") % {"known": ", ".join(rated)}
    faults |= {f"scores.{key}": unknown for key in scores.keys() - rated.keys()}
    allowed = na_allowed(task)
    levels: dict[Criterion, Level | None] = {}
    for key, criterion in rated.items():
        if key not in scores:
            if complete:
                faults[f"scores.{key}"] = _("missing")
            continue
        try:
            levels[criterion] = read_level(criterion, scores[key], na=key in allowed)
        except ValidationError as error:
            faults[f"scores.{key}"] = str(error.fields[key])
    return levels


def read_level(criterion: Criterion, value: Any, *, na: bool) -> Level | None:
    """The level with the value, or None for "na" where that is allowed. Raises ValidationError."""
    levels = {level.value: level for level in criterion.levels.all()}
    if value == "na" and na:
        return None
    if value == "na":
        raise ValidationError({criterion.key: _("is applicable here: expected a level")})
    if not is_whole(value) or value not in levels:
        raise ValidationError({criterion.key: _("expected %(low)s to %(high)s") % {"low": min(levels), "high": max(levels)}})
    return levels[value]


def read_penalties(criteria: list[Criterion], keys: Any, faults: dict[str, str]) -> list[Criterion]:
    penalties = {criterion.key: criterion for criterion in criteria if not criterion.is_rated}
    if not isinstance(keys, list) or any(not isinstance(key, str) or key not in penalties for key in keys):
        faults["penalties"] = _("expected a list of %(known)s") % {"known": ", ".join(penalties) or _("none")}
        return []
    return [criterion for key, criterion in penalties.items() if key in keys]


def read_holistic(rubric: Rubric, value: Any, faults: dict[str, str], *, complete: bool) -> int | None:
    if rubric.overall_method != Rubric.Overall.HOLISTIC:
        if value is not None:
            faults["overall"] = _("is computed by this rubric")
        return None
    if value is None and not complete:
        return None
    if not is_whole(value) or not rubric.overall_min <= value <= rubric.overall_max:
        faults["overall"] = _("expected %(low)s to %(high)s") % {"low": rubric.overall_min, "high": rubric.overall_max}
        return None
    return int(value)
