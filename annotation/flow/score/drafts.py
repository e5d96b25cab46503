"""Stores unsent work: one draft per task and person. No page overwrites a draft that it has not seen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import DraftConflict, ValidationError
from annotation.fields import whole_number
from annotation.flow.score.overall import Overall, of_submission
from annotation.flow.score.submission import Submission
from annotation.models import Assignment, Draft, User


@dataclass(frozen=True)
class DraftWriter:
    """The page or script that writes a draft.

    `base` is the version of the draft that it has seen (0: there was none); None, as of a script that names no version,
    overwrites any draft. `name` is its own name. `revision` is the number of the revision that it began with.
    `turn` grows with each of its calls, so that a delayed call does not overwrite a later one.
    """

    base: int | None = None
    name: str = ""
    revision: int | None = None
    turn: int = 0

    @property
    def signature(self) -> str:
        return f"{self.name}/{self.turn}" if self.turn else self.name

    def follows(self, signature: str) -> bool:
        """Whether an earlier call of this page has signed so."""
        name, _slash, turn = signature.partition("/")
        return bool(self.name) and name == self.name and (not self.turn or self.turn > int(turn or 0))


ANY_WRITER = DraftWriter()


@dataclass(frozen=True)
class SavedDraft:
    """`overall` is None where the project does not show it before submission, or a criterion is open."""

    version: int
    saved_at: datetime
    overall: Overall | None
    overall_shown: bool

    def as_content(self) -> dict[str, Any]:
        """As the API and the page's script get it."""
        content: dict[str, Any] = {"saved_at": self.saved_at, "version": self.version}
        if self.overall_shown:
            content["overall"] = self.overall.as_content() if self.overall else None
        return content


def read_writer(*, seen: str, name: str, revision: str = "") -> DraftWriter:
    """From the texts of a request: the versions are whole numbers, quoted or not, or empty; the name may end in "/" and a turn.

    Raises ValidationError.
    """
    name, _slash, turn = name[:90].replace("\0", "").partition("/")
    turn_number = max(0, whole_number(turn, digits=15) or 0)
    return DraftWriter(read_version(seen, "If-Match"), name, read_version(revision, "revision"), turn_number)


def read_version(value: str, field: str) -> int | None:
    value = value.strip().removeprefix("W/").strip('"')  # weak: a proxy has compressed the answer that had it
    if value in ("", "*"):
        return None
    number = whole_number(value)
    if number is None or number < 0:
        raise ValidationError({field: _("expected a whole number")})
    return number


def check_not_overwritten(draft: Draft | None, content: dict[str, Any], writer: DraftWriter) -> None:
    """Raises DraftConflict when another page has written a different draft since this writer read it."""
    if draft is None or writer.base is None or writer.base == draft.version:
        return
    if writer.follows(draft.writer):  # its own draft: the answer with the version never arrived
        return
    if draft.content != content:
        raise DraftConflict(
            _("This response was changed on another page. Nothing was overwritten."), version=draft.version, draft=draft.content
        )


def save_submission(slot: Assignment, by: User, submission: Submission, writer: DraftWriter = ANY_WRITER) -> SavedDraft:
    """As write_draft, with the overall of an annotator's work where the project shows it."""
    version, saved_at = write_draft(slot.task_id, by, submission.as_draft(), writer)
    shown = slot.project.workspace.overall_shown
    return SavedDraft(version, saved_at, of_submission(slot.task.rubric, submission) if shown else None, shown)


def write_draft(task: int, by: User, content: dict[str, Any], writer: DraftWriter = ANY_WRITER) -> tuple[int, datetime]:
    """The version of the draft and when it was saved. To be called in a transaction that holds the slot or the case.

    Raises DraftConflict.
    """
    own_draft = Draft.objects.filter(task=task, annotator=by)
    draft = own_draft.select_for_update().first()
    check_not_overwritten(draft, content, writer)
    now = timezone.now()
    fields = {"content": content, "saved_at": now, "writer": writer.signature}
    if draft is None:
        draft, _created = Draft.objects.update_or_create(task_id=task, annotator=by, defaults=fields)
        return draft.version, now
    own_draft.update(**fields, version=F("version") + 1)
    return draft.version + 1, now  # the row is locked


def delete_draft(task: int, by: User, content: dict[str, Any], writer: DraftWriter = ANY_WRITER) -> None:
    """Delete the draft, whose work is submitted. Raises DraftConflict."""
    own_draft = Draft.objects.filter(task=task, annotator=by)
    if writer.base is not None:
        check_not_overwritten(own_draft.select_for_update().first(), content, writer)
    own_draft.delete()
