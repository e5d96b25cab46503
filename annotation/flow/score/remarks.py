"""Parses the remarks of a submission: notes, error marks and confidence; and its looks at reference answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from annotation.fields import is_whole, text_fault
from annotation.limits import LONGEST_REMARK
from annotation.models import Asked, Confidence, ErrorMark, ErrorType, Look, Note, Part, Revision, Task, Workspace
from rubrics.models import Criterion, Level

KEYS = {"notes", "block_notes", "errors", "confidence", "looks"}
MAX_ITEMS = 500  # of each kind in one submission
YEARS = range(2000, 2200)

Block = tuple[str, int]  # the part, and the block's number from 1


@dataclass(frozen=True)
class ReferenceLook:
    """The range of levels whose reference answers were open; `criterion` where the answers were chosen by their level of it."""

    low: int
    high: int
    criterion: Criterion | None
    at: datetime


@dataclass(frozen=True)
class Remarks:
    notes: dict[Criterion, str] = field(default_factory=dict)
    block_notes: dict[Block, str] = field(default_factory=dict)
    errors: list[tuple[ErrorType, int | None]] = field(default_factory=list)
    confidence: dict[Criterion, int] = field(default_factory=dict)
    looks: list[ReferenceLook] = field(default_factory=list)

    def as_draft(self) -> dict[str, Any]:
        """The part of a submission's body that holds them, without what is empty."""
        body = {
            "notes": {criterion.key: text for criterion, text in self.notes.items()},
            "block_notes": [{"part": part, "block": block, "text": text} for (part, block), text in self.block_notes.items()],
            "errors": [{"type": error_type.key, "block": block} for error_type, block in self.errors],
            "confidence": {criterion.key: value for criterion, value in self.confidence.items()},
            "looks": [
                {
                    "levels": [look.low, look.high],
                    "criterion": look.criterion.key if look.criterion else None,
                    "at": look.at.isoformat(),
                }
                for look in self.looks
            ],
        }
        return {key: value for key, value in body.items() if value}

    def rows(self, revision: Revision) -> Iterator[Note | ErrorMark | Look]:
        for criterion, text in self.notes.items():
            yield Note(revision=revision, criterion=criterion, text=text)
        for (part, block), text in self.block_notes.items():
            yield Note(revision=revision, part=part, block=block, text=text)
        for error_type, number in self.errors:
            yield ErrorMark(revision=revision, error_type=error_type, block=number)
        for look in self.looks:
            yield Look(revision=revision, low=look.low, high=look.high, criterion=look.criterion, at=look.at)


def read(
    task: Task, body: Mapping[str, Any], levels: Mapping[Criterion, Level | None], faults: dict[str, str], *, complete: bool
) -> Remarks:
    """Parse the remarks in `body` against the task's rubric, blocks and workspace, and add what is wrong to `faults`."""
    workspace = task.project.workspace
    criteria = {criterion.key: criterion for criterion in task.rubric.criteria.all() if criterion.is_rated}
    remarks = Remarks(
        notes=read_notes(criteria, body.get("notes", {}), faults),
        block_notes=read_block_notes(task, body.get("block_notes", []), faults),
        errors=read_errors(task, body.get("errors", []), faults, complete=complete),
        confidence=read_confidence(workspace, criteria, body.get("confidence", {}), faults, complete=complete),
        looks=read_looks(task, criteria, body.get("looks", []), faults),
    )
    if complete:
        missing_remarks(task, workspace, remarks, levels, faults)
    return remarks


def missing_remarks(
    task: Task, workspace: Workspace, remarks: Remarks, levels: Mapping[Criterion, Level | None], faults: dict[str, str]
) -> None:
    if workspace.confidence == Asked.REQUIRED:
        for criterion, level in levels.items():
            if level and criterion not in remarks.confidence:
                faults.setdefault(f"confidence.{criterion.key}", _("missing"))
    below = workspace.errors_below
    low = below is not None and any(level and level.value < below for level in levels.values())
    if low and not remarks.errors and ErrorType.objects.offered(task.project_id).exists():
        faults.setdefault("errors", _("expected at least one: a score is below %(level)s") % {"level": below})


def read_notes(criteria: Mapping[str, Criterion], value: Any, faults: dict[str, str]) -> dict[Criterion, str]:
    if not isinstance(value, Mapping):
        faults["notes"] = _("expected a text per criterion")
        return {}
    notes = {}
    for key, text in value.items():
        if key not in criteria:
            faults[f"notes.{key}"] = _("unknown; expected %(known)s") % {"known": ", ".join(criteria)}
        elif fault := text_fault(text, LONGEST_REMARK):
            faults[f"notes.{key}"] = fault
        elif text.strip():
            notes[criteria[key]] = text
    return notes


def read_list(value: Any, name: str, expected: str, faults: dict[str, str]) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or len(value) > MAX_ITEMS or not all(isinstance(item, Mapping) for item in value):
        faults[name] = expected
        return []
    return value


def read_block_notes(task: Task, value: Any, faults: dict[str, str]) -> dict[Block, str]:
    blocks = {Part.QUERY: task.response.query.blocks, Part.RESPONSE: task.response.blocks}
    notes: dict[Block, str] = {}
    for index, item in enumerate(read_list(value, "block_notes", _("expected a list of part, block and text"), faults)):
        part, block, text = item.get("part"), item.get("block"), item.get("text")  # type: Any, Any, Any
        if part not in Part.values:
            faults[f"block_notes.{index}.part"] = _("expected %(known)s") % {"known": ", ".join(Part.values)}
        elif not is_whole(block) or not 1 <= block <= len(blocks[Part(part)]):
            faults[f"block_notes.{index}.block"] = _("expected 1 to %(high)s") % {"high": len(blocks[Part(part)])}
        elif fault := text_fault(text, LONGEST_REMARK):
            faults[f"block_notes.{index}.text"] = fault
        elif text.strip():
            notes[str(part), block] = text
    return notes


def read_errors(task: Task, value: Any, faults: dict[str, str], *, complete: bool) -> list[tuple[ErrorType, int | None]]:
    """The error marks. A draft loses marks of error types that the project stopped offering while its page was open."""
    items = read_list(value, "errors", _("expected a list of type and block"), faults)
    if not items:
        return []
    types = {error_type.key: error_type for error_type in ErrorType.objects.filter(project=task.project_id)}
    offered = {key: error_type for key, error_type in types.items() if error_type.retired_at is None}
    expected = {"known": ", ".join(offered) or _("none")}
    marks: dict[tuple[str, int | None], ErrorType] = {}
    for index, item in enumerate(items):
        key, block = item.get("type"), item.get("block")
        if not isinstance(key, str) or key not in types:
            faults[f"errors.{index}.type"] = _("unknown; expected %(known)s") % expected
        elif key not in offered:
            if complete:
                faults[f"errors.{index}.type"] = _("is no longer offered; expected %(known)s") % expected
        elif block is not None and (not is_whole(block) or not 1 <= block <= len(task.response.blocks)):
            faults[f"errors.{index}.block"] = _("expected 1 to %(high)s") % {"high": len(task.response.blocks)}
        else:
            marks[key, block] = offered[key]
    return [(error_type, block) for (_key, block), error_type in marks.items()]


def read_confidence(
    workspace: Workspace, criteria: Mapping[str, Criterion], value: Any, faults: dict[str, str], *, complete: bool
) -> dict[Criterion, int]:
    if not isinstance(value, Mapping):
        faults["confidence"] = _("expected 1, 2 or 3 per criterion")
        return {}
    if value and workspace.confidence == Asked.OFF:
        if complete:
            faults["confidence"] = _("is not asked for in this project")
        return {}
    confidence = {}
    for key, step in value.items():
        if key not in criteria:
            faults[f"confidence.{key}"] = _("unknown; expected %(known)s") % {"known": ", ".join(criteria)}
        elif not is_whole(step) or step not in Confidence.values:
            faults[f"confidence.{key}"] = _("expected 1, 2 or 3")
        else:
            confidence[criteria[key]] = step
    return confidence


def read_looks(task: Task, criteria: Mapping[str, Criterion], value: Any, faults: dict[str, str]) -> list[ReferenceLook]:
    scale = range(task.rubric.overall_min, max(task.rubric.overall_max, task.rubric.scale_max) + 1)
    looks = []
    for index, item in enumerate(read_list(value, "looks", _("expected a list of levels, criterion and at"), faults)):
        levels: Any = item.get("levels")
        key, at = item.get("criterion"), read_time(item.get("at"))
        if not is_pair(levels) or levels[0] not in scale or levels[1] not in scale:
            faults[f"looks.{index}.levels"] = _("expected the lowest and the highest level")
        elif key is not None and (not isinstance(key, str) or key not in criteria):
            faults[f"looks.{index}.criterion"] = _("unknown; expected %(known)s") % {"known": ", ".join(criteria)}
        elif at is None:
            faults[f"looks.{index}.at"] = _("expected a time with its zone, as in 2026-11-23T12:00:00Z")
        else:
            looks.append(ReferenceLook(levels[0], levels[1], criteria[key] if key else None, at))
    return looks


def is_pair(levels: Any) -> bool:
    return isinstance(levels, list) and len(levels) == 2 and all(map(is_whole, levels)) and levels[0] <= levels[1]


def read_time(value: Any) -> datetime | None:
    """A time with a zone, in UTC, so that its zone does not put it outside of what a database can hold; else None."""
    try:
        time = parse_datetime(value) if isinstance(value, str) else None
        time = time.astimezone(UTC) if time and is_aware(time) else None
    except (ValueError, OverflowError):
        return None
    return time if time and time.year in YEARS else None
