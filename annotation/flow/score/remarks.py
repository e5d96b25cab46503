"""Reads what a judgement says besides its scores: notes, errors, confidence, and looks at reference answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from annotation.limits import LONGEST_REMARK
from annotation.models import Asked, Confidence, ErrorMark, ErrorType, Look, Note, Part, Revision, Task, Workspace
from rubrics.models import Criterion, Level

KEYS = {"notes", "block_notes", "errors", "confidence", "looks"}
MAX_ITEMS = 500  # of anything in one judgement
YEARS = range(2000, 2200)

Block = tuple[str, int]  # the part, and the block's number from 1


@dataclass(frozen=True)
class ReferenceLook:
    """The levels whose reference answers stood open; `criterion` where they were chosen by its profile."""

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
        """As it came in, without what is empty."""
        said = {
            "notes": {criterion.key: text for criterion, text in self.notes.items()},
            "block_notes": [{"part": part, "block": block, "text": text} for (part, block), text in self.block_notes.items()],
            "errors": [{"type": found.key, "block": block} for found, block in self.errors],
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
        return {key: value for key, value in said.items() if value}

    def rows(self, revision: Revision) -> Iterator[Note | ErrorMark | Look]:
        for criterion, text in self.notes.items():
            yield Note(revision=revision, criterion=criterion, text=text)
        for (part, block), text in self.block_notes.items():
            yield Note(revision=revision, part=part, block=block, text=text)
        for error_type, where in self.errors:
            yield ErrorMark(revision=revision, error_type=error_type, block=where)
        for look in self.looks:
            yield Look(revision=revision, low=look.low, high=look.high, criterion=look.criterion, at=look.at)


def read(
    task: Task, body: Mapping[str, Any], levels: Mapping[Criterion, Level | None], faults: dict[str, str], *, complete: bool
) -> Remarks:
    """The marks in `body`, held against the task's rubric, blocks and workspace; `faults` gets what is wrong with them."""
    workspace = task.project.workspace
    criteria = {criterion.key: criterion for criterion in task.rubric.criteria.all() if criterion.is_rated}
    marks = Remarks(
        notes=read_notes(criteria, body.get("notes", {}), faults),
        block_notes=read_block_notes(task, body.get("block_notes", []), faults),
        errors=read_errors(task, body.get("errors", []), faults, complete=complete),
        confidence=read_confidence(workspace, criteria, body.get("confidence", {}), faults, complete=complete),
        looks=read_looks(task, criteria, body.get("looks", []), faults),
    )
    if complete:
        missing_remarks(task, workspace, marks, levels, faults)
    return marks


def missing_remarks(
    task: Task, workspace: Workspace, marks: Remarks, levels: Mapping[Criterion, Level | None], faults: dict[str, str]
) -> None:
    if workspace.confidence == Asked.REQUIRED:
        for criterion, level in levels.items():
            if level and criterion not in marks.confidence:
                faults.setdefault(f"confidence.{criterion.key}", _("missing"))
    below = workspace.errors_below
    low = below is not None and any(level and level.value < below for level in levels.values())
    if low and not marks.errors and ErrorType.objects.offered(task.project_id).exists():
        faults.setdefault("errors", _("expected at least one: a score is below %(level)s") % {"level": below})


def is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_REMARK and "\0" not in value


def not_a_text() -> str:
    return _("expected a text of at most %(longest)s characters") % {"longest": f"{LONGEST_REMARK:,}"}


def read_notes(criteria: Mapping[str, Criterion], said: Any, faults: dict[str, str]) -> dict[Criterion, str]:
    if not isinstance(said, Mapping):
        faults["notes"] = _("expected a text per criterion")
        return {}
    found = {}
    for key, text in said.items():
        if key not in criteria:
            faults[f"notes.{key}"] = _("unknown; expected %(known)s") % {"known": ", ".join(criteria)}
        elif not is_text(text):
            faults[f"notes.{key}"] = not_a_text()
        elif text.strip():
            found[criteria[key]] = text
    return found


def read_list(said: Any, name: str, expected: str, faults: dict[str, str]) -> list[Mapping[str, Any]]:
    if not isinstance(said, list) or len(said) > MAX_ITEMS or not all(isinstance(one, Mapping) for one in said):
        faults[name] = expected
        return []
    return said


def read_block_notes(task: Task, said: Any, faults: dict[str, str]) -> dict[Block, str]:
    blocks = {Part.QUERY: task.response.query.blocks, Part.RESPONSE: task.response.blocks}
    found: dict[Block, str] = {}
    for index, one in enumerate(read_list(said, "block_notes", _("expected a list of part, block and text"), faults)):
        part, block, text = one.get("part"), one.get("block"), one.get("text")  # type: Any, Any, Any
        if part not in Part.values:
            faults[f"block_notes.{index}.part"] = _("expected %(known)s") % {"known": ", ".join(Part.values)}
        elif not is_whole(block) or not 1 <= block <= len(blocks[Part(part)]):
            faults[f"block_notes.{index}.block"] = _("expected 1 to %(high)s") % {"high": len(blocks[Part(part)])}
        elif not is_text(text):
            faults[f"block_notes.{index}.text"] = not_a_text()
        elif text.strip():
            found[str(part), block] = text
    return found


def read_errors(task: Task, said: Any, faults: dict[str, str], *, complete: bool) -> list[tuple[ErrorType, int | None]]:
    """A draft may name what was taken off the list while its page was open: it falls out."""
    named = read_list(said, "errors", _("expected a list of type and block"), faults)
    if not named:
        return []
    types = {found.key: found for found in ErrorType.objects.filter(project=task.project_id)}
    offered = {key: found for key, found in types.items() if found.retired_at is None}
    known = {"known": ", ".join(offered) or _("none")}
    found: dict[tuple[str, int | None], ErrorType] = {}
    for index, one in enumerate(named):
        key, block = one.get("type"), one.get("block")
        if not isinstance(key, str) or key not in types:
            faults[f"errors.{index}.type"] = _("unknown; expected %(known)s") % known
        elif key not in offered:
            if complete:
                faults[f"errors.{index}.type"] = _("is no longer offered; expected %(known)s") % known
        elif block is not None and (not is_whole(block) or not 1 <= block <= len(task.response.blocks)):
            faults[f"errors.{index}.block"] = _("expected 1 to %(high)s") % {"high": len(task.response.blocks)}
        else:
            found[key, block] = offered[key]
    return [(error_type, block) for (_key, block), error_type in found.items()]


def read_confidence(
    workspace: Workspace, criteria: Mapping[str, Criterion], said: Any, faults: dict[str, str], *, complete: bool
) -> dict[Criterion, int]:
    if not isinstance(said, Mapping):
        faults["confidence"] = _("expected 1, 2 or 3 per criterion")
        return {}
    if said and workspace.confidence == Asked.OFF:
        if complete:
            faults["confidence"] = _("is not asked for in this project")
        return {}
    found = {}
    for key, value in said.items():
        if key not in criteria:
            faults[f"confidence.{key}"] = _("unknown; expected %(known)s") % {"known": ", ".join(criteria)}
        elif not is_whole(value) or value not in Confidence.values:
            faults[f"confidence.{key}"] = _("expected 1, 2 or 3")
        else:
            found[criteria[key]] = value
    return found


def read_looks(task: Task, criteria: Mapping[str, Criterion], said: Any, faults: dict[str, str]) -> list[ReferenceLook]:
    scale = range(task.rubric.overall_min, max(task.rubric.overall_max, task.rubric.scale_max) + 1)
    found = []
    for index, one in enumerate(read_list(said, "looks", _("expected a list of levels, criterion and at"), faults)):
        levels: Any = one.get("levels")
        key, at = one.get("criterion"), read_time(one.get("at"))
        if not is_pair(levels) or levels[0] not in scale or levels[1] not in scale:
            faults[f"looks.{index}.levels"] = _("expected the lowest and the highest level")
        elif key is not None and (not isinstance(key, str) or key not in criteria):
            faults[f"looks.{index}.criterion"] = _("unknown; expected %(known)s") % {"known": ", ".join(criteria)}
        elif at is None:
            faults[f"looks.{index}.at"] = _("expected a time with its zone, as in 2026-11-23T12:00:00Z")
        else:
            found.append(ReferenceLook(levels[0], levels[1], criteria[key] if key else None, at))
    return found


def is_pair(levels: Any) -> bool:
    return isinstance(levels, list) and len(levels) == 2 and all(map(is_whole, levels)) and levels[0] <= levels[1]


def read_time(value: Any) -> datetime | None:
    """In UTC, so that no zone carries it out of what a database can hold."""
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
        found = found.astimezone(UTC) if found and is_aware(found) else None
    except (ValueError, OverflowError):
        return None
    return found if found and found.year in YEARS else None


def is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
